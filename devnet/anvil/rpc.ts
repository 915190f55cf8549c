import { postJson } from './postJson.ts'

/** Sends one JSON-RPC request and returns its result. */
export type Rpc = <Result = unknown>(method: string, ...params: unknown[]) => Promise<Result>

const TIMEOUT_MS = 30_000

/** An error that the node answered, with its code and revert data where it gave them. */
export class RpcError extends Error {
  override name = 'RpcError'
  readonly code: number
  readonly data: unknown

  constructor(method: string, error: { code: number; message: string; data?: unknown }) {
    super(`${method}: ${error.message}`)
    this.code = error.code
    this.data = error.data
  }
}

/** A JSON-RPC sender over HTTP for the node's own methods, without a client's retries, batching or polling. */
export function createRpc(url: string): Rpc {
  let id = 0
  return async <Result>(method: string, ...params: unknown[]) => {
    id += 1
    const question = JSON.stringify({ jsonrpc: '2.0', id, method, params })
    const answer = JSON.parse(await postJson(url, question, TIMEOUT_MS)) as {
      result?: Result
      error?: { code: number; message: string; data?: unknown }
    }
    if (answer.error !== undefined) throw new RpcError(method, answer.error)
    return answer.result as Result
  }
}
