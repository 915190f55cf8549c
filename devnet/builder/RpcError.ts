/** Codes of JSON-RPC 2.0 (section 5.1) and EIP-1474 that this endpoint answers with. */
export const rpcErrorCode = {
  parse: -32700,
  invalidRequest: -32600,
  methodNotFound: -32601,
  invalidParams: -32602,
  internal: -32603,
  rejected: -32000,
  resourceUnavailable: -32002,
  limitExceeded: -32005,
} as const

/** A failure that a JSON-RPC client is meant to read: its code, message and data are sent as they are. */
export class RpcError extends Error {
  readonly code: number
  readonly data: unknown

  constructor(code: number, message: string, data?: unknown) {
    super(message)
    this.name = 'RpcError'
    this.code = code
    this.data = data
  }
}
