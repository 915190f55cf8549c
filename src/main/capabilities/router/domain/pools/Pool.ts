import type { SwapCurve } from './SwapCurve.ts'

/** A token as the search knows it: a lower-case contract address, or the zero address for the chain's own coin. */
export type TokenId = string

/** What a pool does with an amount, to the unit, as its contract would at the state it was read in. */
export interface PoolQuote {
  /** What the pool takes, fee included. */
  readonly amountIn: bigint
  readonly amountOut: bigint
  /** False when the pool cannot serve the whole request: the amounts tell how far it goes, both zero where the contract would revert. */
  readonly complete: boolean
  /** Initialised price boundaries crossed, each of which costs gas. */
  readonly ticksCrossed: number
}

/** The quote of a pool that would revert. */
export const REFUSED: PoolQuote = { amountIn: 0n, amountOut: 0n, complete: false, ticksCrossed: 0 }

/** Gas of one swap in a pool, as measured through the router contract. */
export interface PoolGas {
  readonly swap: number
  readonly perTick: number
}

/**
 * A place where one token becomes another. Immutable: applying a swap gives the next state.
 *
 * Tokens are named by their index in `tokens`. The exact methods agree with the contract bit for bit; the curve is the
 * same pool in floating point for the search, good to about 1e-12.
 */
export interface Pool {
  /** Unique on its chain: the contract's address or the pool id. */
  readonly id: string
  /** Name of the protocol, for display and for leaving venues out. */
  readonly venue: string
  readonly tokens: readonly TokenId[]
  /** Whether the mathematics was compared with the deployed contract, or only with vectors from its paper. */
  readonly proof: 'onChain' | 'vectors'
  /** True for a conversion at exactly one to one without limit, such as wrapping: the search takes its tokens for one. */
  readonly parity: boolean
  readonly gas: PoolGas
  quoteExactIn(tokenIn: number, tokenOut: number, amountIn: bigint): PoolQuote
  /** The least input for at least this output, as the contract computes it. */
  quoteExactOut(tokenIn: number, tokenOut: number, amountOut: bigint): PoolQuote
  /** The pool after an exact-in swap of what `quoteExactIn` says it takes. */
  afterSwap(tokenIn: number, tokenOut: number, amountIn: bigint): Pool
  /** The pool as the search sees it, or undefined where it can trade nothing in this direction. */
  curve(tokenIn: number, tokenOut: number): SwapCurve | undefined
}
