import type { SwapVenue } from '../../../../shared/contract/swaps.ts'
import type { Address } from '../../../../shared/identity/identity.ts'
import { createPool, type Pool, type PoolSource, type TokenId } from '../../router/index.ts'

/** What is needed to call a pool, beyond what is needed to price it. */
export interface PoolKey {
  readonly venue: SwapVenue
  /** The contract that holds the pool's tokens. */
  readonly address: Address
  /** In millionths of what goes in. */
  readonly feePips: number
  readonly tickSpacing: number
  /** The fork that the pool belongs to; absent for the protocol that the venue is named after. */
  readonly fork?: string
  /** Curve: the pool's tokens, lower-case, by the numbers that its calls take. */
  readonly coinIndices?: readonly string[]
  /** Curve: what its router already holds of each of the pool's tokens, which it hands over with what it gets. */
  readonly heldByRouter?: readonly bigint[]
}

/** A pool as read at one block. */
export interface KeyedPool {
  readonly pool: Pool
  readonly key: PoolKey
  /** What the pool was made from; absent for what is made without any state. */
  readonly source?: PoolSource
}

/** The coin as the router and V4 name it. */
export const nativeTokenId: TokenId = '0x0000000000000000000000000000000000000000'

/** A pool with its key, from the state that was read. */
export function keyPool(key: PoolKey, source: PoolSource): KeyedPool {
  return { key, source, pool: createPool(source) }
}
