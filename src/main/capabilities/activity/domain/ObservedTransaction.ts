import type { Address, Hash } from '../../../../shared/identity/identity.ts'
import type { Hex } from './ActivityRecord.ts'

export interface ObservedLog {
  readonly address: Address
  /** Lower case. */
  readonly topics: readonly Hex[]
  readonly data: Hex
}

/** A transaction in a block, as a node tells of it. */
export interface ObservedTransaction {
  readonly hash: Hash
  readonly from: Address
  /** Absent where it made a contract. */
  readonly to: Address | undefined
  readonly value: bigint
  readonly data: Hex
  readonly nonce: number
  readonly succeeded: boolean
  readonly blockNumber: bigint
  readonly blockTimestampMs: number
  readonly gasUsed: bigint
  readonly effectiveGasPrice: bigint
  /** All that was paid, with a rollup's data fee where the node reports one. */
  readonly fee: bigint
  readonly logs: readonly ObservedLog[]
}

/** Coin that a contract paid out inside a transaction, where a node traced it. */
export interface InnerPayment {
  readonly from: Address
  readonly to: Address
  readonly value: bigint
}
