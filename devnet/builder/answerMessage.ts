import { z } from 'zod'
import { RpcError, rpcErrorCode } from './RpcError.ts'
import type { RpcHandler } from './RpcMethods.ts'

const requestSchema = z.object({
  jsonrpc: z.literal('2.0'),
  id: z.union([z.string(), z.number(), z.null()]).optional(),
  method: z.string().min(1).max(100),
  params: z.array(z.unknown()).optional(),
})

const largestBatch = 1000

interface RpcAnswer {
  readonly jsonrpc: '2.0'
  readonly id: string | number | null
  readonly result?: unknown
  readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown }
}

/** Answers a JSON-RPC 2.0 message, single or batch; undefined when it held notifications only. Never rejects. */
export async function answerMessage(text: string, handler: RpcHandler): Promise<string | undefined> {
  let message: unknown
  try {
    message = JSON.parse(text)
  } catch {
    return JSON.stringify(answerWithError(null, new RpcError(rpcErrorCode.parse, 'parse error')))
  }
  if (!Array.isArray(message)) {
    const answer = await answerRequest(message, handler)
    return answer === undefined ? undefined : JSON.stringify(answer)
  }
  if (message.length === 0 || message.length > largestBatch) {
    const error = new RpcError(rpcErrorCode.invalidRequest, `a batch holds 1 to ${largestBatch} requests`)
    return JSON.stringify(answerWithError(null, error))
  }
  const answers = await Promise.all(message.map((request) => answerRequest(request, handler)))
  const expected = answers.filter((answer) => answer !== undefined)
  return expected.length === 0 ? undefined : JSON.stringify(expected)
}

async function answerRequest(request: unknown, handler: RpcHandler): Promise<RpcAnswer | undefined> {
  const parsed = requestSchema.safeParse(request)
  if (!parsed.success) {
    return answerWithError(null, new RpcError(rpcErrorCode.invalidRequest, 'invalid request'))
  }
  const { id, method, params } = parsed.data
  try {
    const result = await handler(method, params ?? [])
    return id === undefined ? undefined : { jsonrpc: '2.0', id, result: result ?? null }
  } catch (error) {
    return id === undefined ? undefined : answerWithError(id, error)
  }
}

function answerWithError(id: RpcAnswer['id'], cause: unknown): RpcAnswer {
  const error = cause instanceof RpcError ? cause : undefined
  if (error === undefined) console.error('block builder: a request failed unexpectedly', cause)
  const data = error?.data
  return {
    jsonrpc: '2.0',
    id,
    error: {
      code: error?.code ?? rpcErrorCode.internal,
      message: error?.message ?? 'internal error',
      ...(data === undefined ? {} : { data }),
    },
  }
}
