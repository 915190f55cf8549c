import type { Address, ChainId } from '../../../../shared/identity/identity.ts'

export type Hex = `0x${string}`

/** What a call does, before nonce and fees. */
export interface CallFields {
  readonly to: Address
  readonly value: bigint
  readonly data: Hex
}

/** Every field of an EIP-1559 transaction without an access list. */
export interface TransactionFields extends CallFields {
  readonly chainId: ChainId
  readonly nonce: number
  readonly gas: bigint
  readonly maxFeePerGas: bigint
  readonly maxPriorityFeePerGas: bigint
}
