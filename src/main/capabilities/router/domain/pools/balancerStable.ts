import { afterSwapFee, beforeSwapFee, scalingFactor } from './balancer/balancerScaling.ts'
import { divideUp } from './balancer/fixedPoint.ts'
import { type Pool, type PoolGas, type PoolQuote, REFUSED, type TokenId } from './Pool.ts'
import type { SwapCurve } from './SwapCurve.ts'
import { createStableCurve } from './stable/createStableCurve.ts'

/** State of a Balancer V2 stable pool of the first kind (June 2021): plain tokens, no rate providers, no own token inside. */
export interface BalancerStableState {
  readonly id: string
  readonly venue: string
  readonly tokens: readonly TokenId[]
  /** As the vault holds them, in base units. */
  readonly balances: readonly bigint[]
  readonly decimals: readonly number[]
  /** The amplification times 1000, as the pool returns it. */
  readonly amplificationE3: bigint
  readonly feeE18: bigint
  readonly gas?: PoolGas
}

const GAS: PoolGas = { swap: 150_000, perTick: 0 }
const AMP_PRECISION = 1000n
const ROUNDS = 255

/** A stable pool: StableMath with its roundings against the trader at every step. */
export function createBalancerStablePool(state: BalancerStableState): Pool {
  return new BalancerStablePool(state)
}

class BalancerStablePool implements Pool {
  readonly id: string
  readonly venue: string
  readonly tokens: readonly TokenId[]
  readonly proof = 'onChain'
  readonly parity = false
  readonly gas: PoolGas
  readonly #state: BalancerStableState
  readonly #scaling: readonly bigint[]
  readonly #balances: readonly bigint[]
  #invariant: bigint | undefined

  constructor(state: BalancerStableState) {
    this.id = state.id
    this.venue = state.venue
    this.tokens = state.tokens
    this.gas = state.gas ?? GAS
    this.#state = state
    this.#scaling = state.decimals.map(scalingFactor)
    this.#balances = state.balances.map((balance, index) => balance * (this.#scaling[index] as bigint))
  }

  quoteExactIn(tokenIn: number, tokenOut: number, amountIn: bigint): PoolQuote {
    if (amountIn <= 0n || this.#isEmpty()) return REFUSED
    const { amplificationE3, feeE18 } = this.#state
    const balances = [...this.#balances]
    const scaledIn = afterSwapFee(amountIn, feeE18) * (this.#scaling[tokenIn] as bigint)
    const balanceOut = balances[tokenOut] as bigint
    balances[tokenIn] = (balances[tokenIn] as bigint) + scaledIn
    const left = balanceGivenInvariant(amplificationE3, balances, this.#invariantUp(), tokenOut)
    if (left === undefined || balanceOut < left + 1n) return REFUSED
    const amountOut = (balanceOut - left - 1n) / (this.#scaling[tokenOut] as bigint)
    return { amountIn, amountOut, complete: true, ticksCrossed: 0 }
  }

  quoteExactOut(tokenIn: number, tokenOut: number, amountOut: bigint): PoolQuote {
    const { amplificationE3, feeE18 } = this.#state
    const balances = [...this.#balances]
    const scaledOut = amountOut * (this.#scaling[tokenOut] as bigint)
    if (amountOut <= 0n || this.#isEmpty() || scaledOut >= (balances[tokenOut] as bigint)) return REFUSED
    balances[tokenOut] = (balances[tokenOut] as bigint) - scaledOut
    const needed = balanceGivenInvariant(amplificationE3, balances, this.#invariantUp(), tokenIn)
    if (needed === undefined) return REFUSED
    const scaledIn = needed - (balances[tokenIn] as bigint) + 1n
    if (scaledIn <= 0n) return REFUSED
    const amountIn = beforeSwapFee(divideUp(scaledIn, this.#scaling[tokenIn] as bigint), feeE18)
    return { amountIn, amountOut, complete: true, ticksCrossed: 0 }
  }

  afterSwap(tokenIn: number, tokenOut: number, amountIn: bigint): Pool {
    const quote = this.quoteExactIn(tokenIn, tokenOut, amountIn)
    const balances = [...this.#state.balances]
    balances[tokenIn] = (balances[tokenIn] as bigint) + quote.amountIn
    balances[tokenOut] = (balances[tokenOut] as bigint) - quote.amountOut
    return new BalancerStablePool({ ...this.#state, balances })
  }

  curve(tokenIn: number, tokenOut: number): SwapCurve | undefined {
    return createStableCurve({
      balances: this.#balances.map(Number),
      amplification: Number(this.#state.amplificationE3) / Number(AMP_PRECISION),
      tokenIn,
      tokenOut,
      keepIn: 1 - Number(this.#state.feeE18) / 1e18,
      keepOut: 1,
      scaleIn: Number(this.#scaling[tokenIn] as bigint),
      scaleOut: Number(this.#scaling[tokenOut] as bigint),
    })
  }

  #isEmpty(): boolean {
    return this.#balances.some((balance) => balance === 0n)
  }

  #invariantUp(): bigint {
    this.#invariant ??= invariantUp(this.#state.amplificationE3, this.#balances)
    return this.#invariant
  }
}

/** StableMath._calculateInvariant rounding up. */
function invariantUp(amplificationE3: bigint, balances: readonly bigint[]): bigint {
  const count = BigInt(balances.length)
  const sum = balances.reduce((total, balance) => total + balance, 0n)
  const amplified = amplificationE3 * count
  let invariant = sum
  for (let round = 0; round < ROUNDS; round += 1) {
    let product = (balances[0] as bigint) * count
    for (let index = 1; index < balances.length; index += 1) {
      product = divideUp(product * (balances[index] as bigint) * count, invariant)
    }
    const previous = invariant
    invariant = divideUp(
      count * invariant * invariant + divideUp(amplified * sum * product, AMP_PRECISION),
      (count + 1n) * invariant + ((amplified - AMP_PRECISION) * product) / AMP_PRECISION,
    )
    const change = invariant > previous ? invariant - previous : previous - invariant
    if (change <= 1n) break
  }
  return invariant
}

/** StableMath._getTokenBalanceGivenInvariantAndAllOtherBalances, which rounds up. */
function balanceGivenInvariant(
  amplificationE3: bigint,
  balances: readonly bigint[],
  invariant: bigint,
  token: number,
): bigint | undefined {
  const count = BigInt(balances.length)
  const amplified = amplificationE3 * count
  let sum = balances[0] as bigint
  let product = sum * count
  for (let index = 1; index < balances.length; index += 1) {
    const balance = balances[index] as bigint
    product = (product * balance * count) / invariant
    sum += balance
  }
  if (product === 0n) return undefined
  sum -= balances[token] as bigint
  const square = invariant * invariant
  const c = divideUp(square, amplified * product) * AMP_PRECISION * (balances[token] as bigint)
  const b = sum + (invariant / amplified) * AMP_PRECISION
  let balance = divideUp(square + c, invariant + b)
  for (let round = 0; round < ROUNDS; round += 1) {
    const previous = balance
    balance = divideUp(balance * balance + c, balance * 2n + b - invariant)
    const change = balance > previous ? balance - previous : previous - balance
    if (change <= 1n) break
  }
  return balance
}
