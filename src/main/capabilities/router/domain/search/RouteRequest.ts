import type { TokenId } from '../pools/Pool.ts'

/** What one unit of gas costs, as a ratio, in base units of the token that is not fixed: the output for exact-in, the input for exact-out. */
export interface CostPerGas {
  readonly numerator: bigint
  readonly denominator: bigint
}

/** A trade to find the best execution for. */
export interface RouteRequest {
  /** Whether the amount is what is paid or what must arrive. */
  readonly mode: 'exactIn' | 'exactOut'
  readonly tokenIn: TokenId
  readonly tokenOut: TokenId
  readonly amount: bigint
  /** Without it, gas is taken to be free. */
  readonly costPerGas?: CostPerGas
  /** Gas of the transaction before any swap. */
  readonly baseGas?: number
  /** Pools that one unit of money may pass through, 1 to 6. Without it, routes within 6 hops may join into longer ones. */
  readonly maxHops?: number
  /** Swaps in the whole plan. */
  readonly maxLegs?: number
  readonly excludeVenues?: readonly string[]
  /** How long to refine, in evaluations of a pool; the same effort gives the same answer on every machine. */
  readonly effort?: number
  /** Asked between the steps of the search, which ends where it says no. */
  readonly isWanted?: () => boolean
}

/** Thrown by a search whose answer is not wanted any more. */
export class SearchStopped extends Error {
  override readonly name = 'SearchStopped'
}

export const DEFAULT_BASE_GAS = 100_000
export const DEFAULT_EFFORT = 400_000
export const GREATEST_HOPS = 6
/** Single paths longer than this are only worth looking for where no shorter one exists. */
export const USUAL_HOPS = 4
