import { createPowerCurve } from './createPowerCurve.ts'
import { type Pool, type PoolGas, type PoolQuote, REFUSED, type TokenId } from './Pool.ts'
import type { SwapCurve } from './SwapCurve.ts'

/** State of a Uniswap V2 pair or a fork of it. */
export interface UniswapV2State {
  readonly id: string
  readonly venue: string
  readonly tokens: readonly [TokenId, TokenId]
  readonly reserves: readonly [bigint, bigint]
  /** What the pair keeps of the input, as the fork writes it: 997 of 1000 for Uniswap, 9975 of 10000 for PancakeSwap. */
  readonly keepNumerator?: bigint
  readonly keepDenominator?: bigint
  readonly gas?: PoolGas
}

const RESERVE_LIMIT = 1n << 112n
const GAS: PoolGas = { swap: 90_000, perTick: 0 }

/** A constant-product pair, rounding as UniswapV2Library's getAmountOut and getAmountIn and the pair's own invariant. */
export function createUniswapV2Pool(state: UniswapV2State): Pool {
  return new UniswapV2Pool(state)
}

class UniswapV2Pool implements Pool {
  readonly id: string
  readonly venue: string
  readonly tokens: readonly [TokenId, TokenId]
  readonly proof = 'onChain'
  readonly parity = false
  readonly gas: PoolGas
  readonly #state: UniswapV2State
  readonly #keep: bigint
  readonly #whole: bigint

  constructor(state: UniswapV2State) {
    this.id = state.id
    this.venue = state.venue
    this.tokens = state.tokens
    this.gas = state.gas ?? GAS
    this.#state = state
    this.#keep = state.keepNumerator ?? 997n
    this.#whole = state.keepDenominator ?? 1000n
  }

  quoteExactIn(tokenIn: number, _tokenOut: number, amountIn: bigint): PoolQuote {
    const reserveIn = this.#state.reserves[tokenIn === 0 ? 0 : 1]
    const reserveOut = this.#state.reserves[tokenIn === 0 ? 1 : 0]
    // The pair stores reserves in 112 bits and reverts with OVERFLOW beyond.
    if (amountIn <= 0n || reserveIn <= 0n || reserveOut <= 0n || reserveIn + amountIn >= RESERVE_LIMIT)
      return REFUSED
    const kept = amountIn * this.#keep
    const amountOut = (kept * reserveOut) / (reserveIn * this.#whole + kept)
    if (amountOut === 0n) return REFUSED
    return { amountIn, amountOut, complete: true, ticksCrossed: 0 }
  }

  quoteExactOut(tokenIn: number, _tokenOut: number, amountOut: bigint): PoolQuote {
    const reserveIn = this.#state.reserves[tokenIn === 0 ? 0 : 1]
    const reserveOut = this.#state.reserves[tokenIn === 0 ? 1 : 0]
    if (amountOut <= 0n || reserveIn <= 0n || amountOut >= reserveOut) return REFUSED
    const amountIn = (reserveIn * amountOut * this.#whole) / ((reserveOut - amountOut) * this.#keep) + 1n
    if (reserveIn + amountIn >= RESERVE_LIMIT) return REFUSED
    return { amountIn, amountOut, complete: true, ticksCrossed: 0 }
  }

  afterSwap(tokenIn: number, tokenOut: number, amountIn: bigint): Pool {
    const quote = this.quoteExactIn(tokenIn, tokenOut, amountIn)
    const [reserve0, reserve1] = this.#state.reserves
    const reserves: [bigint, bigint] =
      tokenIn === 0
        ? [reserve0 + quote.amountIn, reserve1 - quote.amountOut]
        : [reserve0 - quote.amountOut, reserve1 + quote.amountIn]
    return new UniswapV2Pool({ ...this.#state, reserves })
  }

  curve(tokenIn: number): SwapCurve | undefined {
    const [reserve0, reserve1] = this.#state.reserves
    const keep = Number(this.#keep) / Number(this.#whole)
    return tokenIn === 0
      ? createPowerCurve(Number(reserve0), Number(reserve1), keep)
      : createPowerCurve(Number(reserve1), Number(reserve0), keep)
  }
}
