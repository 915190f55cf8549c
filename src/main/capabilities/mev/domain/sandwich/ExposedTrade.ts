import type { Pool, TokenId } from '../../../router/index.ts'

/** One swap of a trade in a pool at its state before anybody trades. */
export interface ExposedLeg {
  readonly pool: Pool
  readonly tokenIn: TokenId
  readonly tokenOut: TokenId
  readonly amountIn: bigint
  readonly amountOut: bigint
}

/**
 * Sells exactly `amountIn`: legs in the order in which they run, the last one out of a token taking all that is there of it.
 * Only the sum of what arrives is enforced. A route plan for an exact input is one.
 */
export interface ExposedSale {
  readonly mode: 'exactIn'
  readonly tokenIn: TokenId
  readonly tokenOut: TokenId
  readonly amountIn: bigint
  readonly amountOut: bigint
  readonly legs: readonly ExposedLeg[]
}

/** Buys exactly `amountOut` by ways that share no pool; each may take its share of the maximum and no more. */
export interface ExposedPurchase {
  readonly mode: 'exactOut'
  readonly tokenIn: TokenId
  readonly tokenOut: TokenId
  readonly amountIn: bigint
  readonly amountOut: bigint
  readonly paths: readonly (readonly ExposedLeg[])[]
}

/** What everybody can read out of a public transaction: the very swaps that are going to be made, as quoted. */
export type ExposedTrade = ExposedSale | ExposedPurchase

export function legsOf(trade: ExposedTrade): readonly ExposedLeg[] {
  return trade.mode === 'exactIn' ? trade.legs : trade.paths.flat()
}
