import type { AccessList } from '../../../shared/contract/signing.ts'
import type { Address, ChainId } from '../../../shared/identity/identity.ts'

/** What every kind of transaction says, whatever its envelope. */
export interface DecodedTransaction {
  readonly chainId: ChainId
  readonly nonce: number
  readonly maxPriorityFeePerGas: bigint
  readonly maxFeePerGas: bigint
  readonly gasLimit: bigint
  readonly to: Address
  readonly value: bigint
  readonly data: Uint8Array
  readonly accessList: AccessList
}

/** r, s and the parity of the curve point's y: what EIP-2718 transactions carry. */
export interface Signature {
  readonly r: Uint8Array
  readonly s: Uint8Array
  readonly yParity: 0 | 1
}

/** One kind of transaction (EIP-2718). A new kind is a new file, listed in `decodeTransaction.ts`. */
export interface TransactionType {
  /** EIP-2718's; without one the bytes are an RLP list. */
  readonly typeByte: number | undefined
  /** @throws AppError `signing.undecodable` for everything but the one canonical encoding. */
  decode(unsigned: Uint8Array): DecodedTransaction
  /** The unsigned bytes that `decode` would read as this; only ever of what it has read before. */
  encode(decoded: DecodedTransaction): Uint8Array<ArrayBuffer>
  /** The signed bytes for unsigned ones that `decode` accepted. */
  attachSignature(unsigned: Uint8Array, signature: Signature): Uint8Array<ArrayBuffer>
}
