import type { Address } from '../../../../../shared/identity/identity.ts'
import type { PoolKey } from '../PoolKey.ts'

/** One swap to be carried out. Tokens are addresses, the coin being the zero address. */
export interface TradeLeg {
  readonly key: PoolKey
  readonly poolId: string
  readonly tokenIn: Address
  readonly tokenOut: Address
  readonly amountIn: bigint
  readonly amountOut: bigint
}

/**
 * A trade for an exact input: legs in the order in which they run, every token's legs in before its legs out. Conversions of
 * the coin are legs of the venue `weth`.
 */
export interface ExactInTrade {
  readonly mode: 'exactIn'
  readonly tokenIn: Address
  readonly tokenOut: Address
  readonly amountIn: bigint
  readonly amountOut: bigint
  readonly legs: readonly TradeLeg[]
}

/** A trade for an exact output: ways that do not share a pool, each within one venue, each making its own part of the output. */
export interface ExactOutTrade {
  readonly mode: 'exactOut'
  readonly tokenIn: Address
  readonly tokenOut: Address
  readonly amountIn: bigint
  readonly amountOut: bigint
  readonly paths: readonly (readonly TradeLeg[])[]
}

export type Trade = ExactInTrade | ExactOutTrade
