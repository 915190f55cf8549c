import { z } from 'zod'
import { NodeRefusedError } from './NodeRefusedError.ts'
import { NodeUnreachableError } from './NodeUnreachableError.ts'

const responseSchema = z.object({
  id: z.union([z.number(), z.string(), z.null()]).optional(),
  result: z.unknown().optional(),
  error: z
    .object({
      code: z.number().catch(-32000),
      message: z.string().catch('unknown error'),
      data: z.unknown().optional(),
    })
    .nullish(),
})

/** Reads a JSON-RPC 2.0 response to the request with this id. @throws NodeRefusedError, NodeUnreachableError `garbage` */
export function parseRpcResponse(body: unknown, id: number, chainId: number, method: string): unknown {
  const parsed = responseSchema.safeParse(body)
  if (!parsed.success) throw new NodeUnreachableError('garbage')
  const { error, result } = parsed.data
  if (error) throw new NodeRefusedError(chainId, method, error.code, error.message, error.data)
  // Errors may come without an id (the node could not read the request); results may not belong to another request.
  if (parsed.data.id !== id || result === undefined) throw new NodeUnreachableError('garbage')
  return result
}
