import type { SwapVenue } from '../../../../shared/contract/swaps.ts'
import type { Address } from '../../../../shared/identity/identity.ts'
import type { Pool, TokenId } from '../../router/index.ts'

/** What is needed to call a pool, beyond what is needed to price it. */
export interface PoolKey {
  readonly venue: SwapVenue
  /** The contract that holds the pool's tokens. */
  readonly address: Address
  /** In millionths of what goes in. */
  readonly feePips: number
  readonly tickSpacing: number
}

/** A pool as read at one block. */
export interface KeyedPool {
  readonly pool: Pool
  readonly key: PoolKey
}

/** The coin as the router and V4 name it. */
export const nativeTokenId: TokenId = '0x0000000000000000000000000000000000000000'
