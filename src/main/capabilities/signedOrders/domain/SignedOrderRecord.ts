import type { SignedOrderId, SignedOrderState } from '../../../../shared/contract/signedOrders.ts'
import type { AccountId, Hash } from '../../../../shared/identity/identity.ts'
import type { SignedOrder } from '../../orderbook/index.ts'

/** A signed order as it is kept: what was signed, and what has been seen of it since. */
export interface SignedOrderRecord {
  readonly id: SignedOrderId
  readonly hash: Hash
  readonly signed: SignedOrder
  /** Of the user's own. */
  readonly accountId: AccountId | undefined
  readonly alternativesId: string | undefined
  readonly addedAtMs: number
  /** Of what is given, as far as the chain told; a cancellation is no fill. */
  readonly filled: bigint
  /** Set for good when nothing can happen to it any more. */
  readonly ended: Extract<SignedOrderState['kind'], 'expired' | 'filled' | 'cancelled' | 'usedUp'> | undefined
  /** The transaction that cancels it. */
  readonly cancelActivityId: string | undefined
}
