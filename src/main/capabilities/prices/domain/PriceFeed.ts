import type { ReferenceCurrency } from '../../../../shared/contract/settings.ts'
import type { Address, ChainId } from '../../../../shared/identity/identity.ts'

/** A Chainlink-style aggregator whose answer is in US dollars. */
export interface PriceFeed {
  readonly chainId: ChainId
  readonly address: Address
  /** What its `description()` must answer: one of these, or it is not the feed that it was taken for. */
  readonly descriptions: readonly string[]
  readonly heartbeatSeconds: number
  readonly subject:
    | { readonly kind: 'native' }
    | {
        readonly kind: 'token'
        readonly address: Address
        /** `underlying`: of what the token stands for, not of the token. */
        readonly measures: 'token' | 'underlying'
      }
    | { readonly kind: 'currency'; readonly currency: ReferenceCurrency }
}

/** A feed's answer as read at one block; fields are missing where the contract did not answer. */
export interface FeedReading {
  readonly feed: PriceFeed
  readonly description?: string
  readonly decimals?: number
  readonly answer?: bigint
  readonly updatedAtMs?: number
}
