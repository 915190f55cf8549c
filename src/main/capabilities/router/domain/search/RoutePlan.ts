import type { Pool, TokenId } from '../pools/Pool.ts'

/** One swap of a plan: a pool, and exactly what goes in and comes out of it. */
export interface Leg {
  readonly pool: Pool
  readonly tokenIn: TokenId
  readonly tokenOut: TokenId
  readonly amountIn: bigint
  readonly amountOut: bigint
  readonly ticksCrossed: number
}

/** A way of the money through the plan, for people: which legs it takes and how much of the input it carries. */
export interface PlanPath {
  /** Indices of legs. */
  readonly legs: readonly number[]
  /** Of the plan's input; all paths together are the whole. */
  readonly amountIn: bigint
}

/**
 * Swaps to be carried out in this order, each taking exactly `amountIn`: every token's legs in come before its legs out, and
 * what comes in is what goes out, to the unit. A pool appears once, so its quote is its joint price.
 */
export interface RoutePlan {
  readonly kind: 'route'
  readonly mode: 'exactIn' | 'exactOut'
  readonly tokenIn: TokenId
  readonly tokenOut: TokenId
  /** For exact-out, the least that was found to pay at least the target. */
  readonly amountIn: bigint
  /** What the swaps pay by exact mathematics; for exact-out never below the target. */
  readonly amountOut: bigint
  readonly gas: number
  /** Of the token that is not fixed, rounded up. */
  readonly gasCost: bigint
  readonly legs: readonly Leg[]
  readonly paths: readonly PlanPath[]
  /** What no plan can beat, net of gas: most output for exact-in, least input for exact-out; undefined until it is known. */
  readonly bound: bigint | undefined
}

/** Why there is no route. */
export type NoRouteReason =
  /** The amount is zero or negative, or both tokens are the same. */
  | 'nothingToTrade'
  /** No pool holds the token that is sold, or that is bought. */
  | 'noPoolForTokenIn'
  | 'noPoolForTokenOut'
  /** Pools hold both, but none lead from one to the other within the hops and venues allowed. */
  | 'notConnected'
  /** A way exists, but its pools cannot carry this much. */
  | 'notEnoughLiquidity'
  /** The amount is so small that every way rounds it to nothing. */
  | 'amountTooSmall'

export interface NoRoute {
  readonly kind: 'noRoute'
  readonly reason: NoRouteReason
}
