import { type Pool, type PoolGas, type PoolQuote, REFUSED, type TokenId } from '../Pool.ts'
import type { SwapCurve } from '../SwapCurve.ts'
import type { ConcentratedState } from './ConcentratedState.ts'
import { createConcentratedCurve } from './createConcentratedCurve.ts'
import { afterConcentratedSwap, type ConcentratedSwap, swapConcentrated } from './swapConcentrated.ts'

/** Amounts are signed 256-bit numbers in both contracts. */
const AMOUNT_LIMIT = 1n << 255n

/** What Uniswap v3 and v4 pools have in common: everything but their names and their gas. */
export class ConcentratedPool implements Pool {
  readonly id: string
  readonly venue: string
  readonly tokens: readonly [TokenId, TokenId]
  readonly proof = 'onChain'
  readonly parity = false
  readonly gas: PoolGas
  readonly state: ConcentratedState

  constructor(identity: Pick<ConcentratedPool, 'id' | 'venue' | 'tokens' | 'gas'>, state: ConcentratedState) {
    this.id = identity.id
    this.venue = identity.venue
    this.tokens = identity.tokens
    this.gas = identity.gas
    this.state = state
  }

  quoteExactIn(tokenIn: number, _tokenOut: number, amountIn: bigint): PoolQuote {
    return this.#swap(tokenIn, true, amountIn) ?? REFUSED
  }

  quoteExactOut(tokenIn: number, _tokenOut: number, amountOut: bigint): PoolQuote {
    return this.#swap(tokenIn, false, amountOut) ?? REFUSED
  }

  afterSwap(tokenIn: number, _tokenOut: number, amountIn: bigint): Pool {
    const swap = this.#swap(tokenIn, true, amountIn)
    return swap === undefined ? this : new ConcentratedPool(this, afterConcentratedSwap(this.state, swap))
  }

  curve(tokenIn: number): SwapCurve | undefined {
    return createConcentratedCurve(this.state, tokenIn === 0)
  }

  #swap(tokenIn: number, exactIn: boolean, amount: bigint): ConcentratedSwap | undefined {
    if (amount <= 0n || amount >= AMOUNT_LIMIT || this.state.sqrtPriceX96 === 0n) return undefined
    return swapConcentrated(this.state, tokenIn === 0, exactIn, amount)
  }
}
