import type { Activity } from '../../../../shared/contract/activity.ts'
import type { Address, Hash } from '../../../../shared/identity/identity.ts'

export type Hex = `0x${string}`

/** What is kept of an activity beyond what is shown. */
export interface ActivityRecord {
  readonly activity: Activity
  readonly signedTransaction: Hex
  /** Calldata and coin of the transaction, to ask a node why it failed. */
  readonly call: { readonly to: Address; readonly value: bigint; readonly data: Hex; readonly gas: bigint }
  /** Newest block when it was signed, where one was known: what it was signed for builds on it. */
  readonly anchor?: { readonly blockNumber: bigint; readonly blockHash: Hash }
  /** Block that settled a replaced transaction's nonce. */
  readonly settledAtBlock?: bigint
  /** So deep in the chain, or so surely out of it, that it is no longer looked at. */
  readonly isFinal: boolean
}

export interface Receipt {
  readonly succeeded: boolean
  readonly blockNumber: bigint
  readonly blockTimestampMs: number
  readonly gasUsed: bigint
  readonly effectiveGasPrice: bigint
  /** All that was paid, with a rollup's data fee where the node reports one. */
  readonly fee: bigint
}
