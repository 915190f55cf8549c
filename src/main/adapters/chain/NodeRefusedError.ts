import { AppError } from '../../../shared/errors/AppError.ts'
import { toSafeText } from '../../../shared/text/toSafeText.ts'

/** A node answered with a JSON-RPC error. Its message is a stranger's text: cleaned and cut before anything else sees it. */
export class NodeRefusedError extends AppError {
  readonly rpcCode: number
  readonly reason: string
  /** Revert data, where the error carries some. */
  readonly data: `0x${string}` | undefined

  constructor(chainId: number, method: string, rpcCode: number, message: string, data: unknown) {
    const reason = toSafeText(message, 300)
    super('chain.rpcFailed', { chainId, method, reason })
    this.rpcCode = rpcCode
    this.reason = reason
    this.data = readRevertData(data)
  }

  /** The node does not offer the method at all (JSON-RPC 2.0; EIP-1474). */
  get isMethodMissing(): boolean {
    return (
      this.rpcCode === -32601 ||
      this.rpcCode === -32004 ||
      /method.*(not found|not supported|does not exist|not available|unsupported)/i.test(this.reason)
    )
  }

  /** The node serves others first, or not this caller: another node may answer. */
  get isRateLimit(): boolean {
    return (
      this.rpcCode === -32005 || this.rpcCode === 429 || /rate limit|too many requests/i.test(this.reason)
    )
  }

  /** Execution itself failed: the contract's doing, which every node would report. */
  get isRevert(): boolean {
    return (
      this.rpcCode === 3 || this.data !== undefined || /revert|invalid opcode|out of gas/i.test(this.reason)
    )
  }
}

function readRevertData(data: unknown): `0x${string}` | undefined {
  if (typeof data === 'string' && /^0x(?:[0-9a-f]{2}){0,32768}$/i.test(data)) return data as `0x${string}`
  if (typeof data === 'object' && data !== null && 'data' in data) return readRevertData(data.data)
  return undefined
}
