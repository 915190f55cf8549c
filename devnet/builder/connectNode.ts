import { postJson } from '../anvil/postJson.ts'
import { RpcError, rpcErrorCode } from './RpcError.ts'

/** One JSON-RPC node. A request rejects with `RpcError`: the node's own, or -32002 where it gives no answer. */
export interface NodeConnection {
  request<Result = unknown>(method: string, params?: readonly unknown[]): Promise<Result>
}

interface NodeAnswer {
  readonly result?: unknown
  readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown }
}

/** Connects to the node at `url` over HTTP; a request without an answer after `timeoutMs` is an error, never a hang. */
export function connectNode(url: string, timeoutMs = 30_000): NodeConnection {
  let lastId = 0

  async function post(method: string, params: readonly unknown[]): Promise<NodeAnswer> {
    lastId += 1
    try {
      const question = JSON.stringify({ jsonrpc: '2.0', id: lastId, method, params })
      return JSON.parse(await postJson(url, question, timeoutMs)) as NodeAnswer
    } catch (cause) {
      const timedOut = cause instanceof Error && cause.name === 'TimeoutError'
      throw new RpcError(
        rpcErrorCode.resourceUnavailable,
        timedOut
          ? `the node did not answer ${method} within ${timeoutMs} ms`
          : 'the node cannot be reached or gave no valid answer',
      )
    }
  }

  return {
    async request<Result>(method: string, params: readonly unknown[] = []) {
      const { error, result } = await post(method, params)
      if (error !== undefined) throw new RpcError(error.code, error.message, error.data)
      return result as Result
    },
  }
}
