import { type Pool, type PoolGas, type PoolQuote, REFUSED, type TokenId } from './Pool.ts'
import type { SwapCurve } from './SwapCurve.ts'
import { createStableCurve } from './stable/createStableCurve.ts'

/** State of a Curve StableSwap pool of plain tokens. */
export interface CurveStableSwapState {
  readonly id: string
  readonly venue: string
  readonly tokens: readonly TokenId[]
  /** In base units, without the admin's fees. */
  readonly balances: readonly bigint[]
  /** RATES: what brings each balance to 18 decimals when multiplied and divided by 10^18. */
  readonly ratesE18: readonly bigint[]
  /** The whitepaper's A times `amplificationPrecision`. */
  readonly amplification: bigint
  /** 1 for the first pools, 100 for those with A_PRECISION. */
  readonly amplificationPrecision: bigint
  /** Of the output, in 10^-10. */
  readonly feeE10: bigint
  /** The admin's share of the fee, in 10^-10, which leaves the pool. */
  readonly adminFeeE10?: bigint
  readonly gas?: PoolGas
}

const GAS: PoolGas = { swap: 150_000, perTick: 0 }
const PRECISION = 10n ** 18n
const FEE_DENOMINATOR = 10n ** 10n
const ROUNDS = 255

/**
 * A StableSwap pool after the whitepaper (Egorov 2019), in the integer steps of its `exchange`. No bytecode of it is
 * published, so it is checked against vectors computed from the paper and says so in `proof`.
 */
export function createCurveStableSwapPool(state: CurveStableSwapState): Pool {
  return new CurveStableSwapPool(state)
}

class CurveStableSwapPool implements Pool {
  readonly id: string
  readonly venue: string
  readonly tokens: readonly TokenId[]
  readonly proof = 'vectors'
  readonly parity = false
  readonly gas: PoolGas
  readonly #state: CurveStableSwapState
  readonly #scaled: readonly bigint[]
  #invariant: bigint | undefined

  constructor(state: CurveStableSwapState) {
    this.id = state.id
    this.venue = state.venue
    this.tokens = state.tokens
    this.gas = state.gas ?? GAS
    this.#state = state
    this.#scaled = state.balances.map((balance, index) => (balance * this.#rate(index)) / PRECISION)
  }

  quoteExactIn(tokenIn: number, tokenOut: number, amountIn: bigint): PoolQuote {
    if (amountIn <= 0n || this.#scaled.some((balance) => balance === 0n)) return REFUSED
    const { amountOut } = this.#exchange(tokenIn, tokenOut, amountIn)
    return amountOut > 0n ? { amountIn, amountOut, complete: true, ticksCrossed: 0 } : REFUSED
  }

  /** The contract has no exact-out: this is the least input whose exchange gives enough. */
  quoteExactOut(tokenIn: number, tokenOut: number, amountOut: bigint): PoolQuote {
    if (amountOut <= 0n || amountOut >= (this.#state.balances[tokenOut] as bigint)) return REFUSED
    const enough = (amountIn: bigint) => this.quoteExactIn(tokenIn, tokenOut, amountIn).amountOut >= amountOut
    const limit = (this.#state.balances[tokenIn] as bigint) << 20n
    let high = (amountOut * this.#rate(tokenOut)) / this.#rate(tokenIn) + 1n
    while (!enough(high)) {
      if (high > limit) return REFUSED
      high *= 2n
    }
    let low = 0n
    while (high - low > 1n) {
      const middle = (low + high) / 2n
      if (enough(middle)) high = middle
      else low = middle
    }
    const quote = this.quoteExactIn(tokenIn, tokenOut, high)
    return { ...quote, amountOut }
  }

  afterSwap(tokenIn: number, tokenOut: number, amountIn: bigint): Pool {
    const { amountOut, adminFee } = this.#exchange(tokenIn, tokenOut, amountIn)
    const balances = [...this.#state.balances]
    balances[tokenIn] = (balances[tokenIn] as bigint) + amountIn
    balances[tokenOut] = (balances[tokenOut] as bigint) - amountOut - adminFee
    return new CurveStableSwapPool({ ...this.#state, balances })
  }

  curve(tokenIn: number, tokenOut: number): SwapCurve | undefined {
    return createStableCurve({
      balances: this.#scaled.map(Number),
      amplification: Number(this.#state.amplification) / Number(this.#state.amplificationPrecision),
      tokenIn,
      tokenOut,
      keepIn: 1,
      keepOut: 1 - Number(this.#state.feeE10) / Number(FEE_DENOMINATOR),
      scaleIn: Number(this.#rate(tokenIn)) / Number(PRECISION),
      scaleOut: Number(this.#rate(tokenOut)) / Number(PRECISION),
    })
  }

  #rate(token: number): bigint {
    return this.#state.ratesE18[token] as bigint
  }

  #exchange(tokenIn: number, tokenOut: number, amountIn: bigint): { amountOut: bigint; adminFee: bigint } {
    const { feeE10, adminFeeE10 = 0n } = this.#state
    const balances = [...this.#scaled]
    this.#invariant ??= computeInvariant(this.#state, balances)
    balances[tokenIn] = (balances[tokenIn] as bigint) + (amountIn * this.#rate(tokenIn)) / PRECISION
    const left = computeBalance(this.#state, balances, tokenOut, this.#invariant)
    const gross = (balances[tokenOut] as bigint) - left - 1n
    if (gross <= 0n) return { amountOut: 0n, adminFee: 0n }
    const fee = (gross * feeE10) / FEE_DENOMINATOR
    const adminFee = (((fee * adminFeeE10) / FEE_DENOMINATOR) * PRECISION) / this.#rate(tokenOut)
    return { amountOut: ((gross - fee) * PRECISION) / this.#rate(tokenOut), adminFee }
  }
}

type Amplification = Pick<CurveStableSwapState, 'amplification' | 'amplificationPrecision'>

/** The paper's D by Newton's method in whole numbers. */
function computeInvariant(
  { amplification, amplificationPrecision }: Amplification,
  balances: readonly bigint[],
): bigint {
  const count = BigInt(balances.length)
  const sum = balances.reduce((total, balance) => total + balance, 0n)
  const amplified = amplification * count
  let invariant = sum
  for (let round = 0; round < ROUNDS; round += 1) {
    let product = invariant
    for (const balance of balances) product = (product * invariant) / (balance * count)
    const previous = invariant
    invariant =
      (((amplified * sum) / amplificationPrecision + product * count) * invariant) /
      (((amplified - amplificationPrecision) * invariant) / amplificationPrecision + (count + 1n) * product)
    if (isSettled(invariant, previous)) break
  }
  return invariant
}

/** The balance that keeps the invariant, given the others. */
function computeBalance(
  { amplification, amplificationPrecision }: Amplification,
  balances: readonly bigint[],
  token: number,
  invariant: bigint,
): bigint {
  const count = BigInt(balances.length)
  const amplified = amplification * count
  let sum = 0n
  let c = invariant
  for (const [index, balance] of balances.entries()) {
    if (index === token) continue
    sum += balance
    c = (c * invariant) / (balance * count)
  }
  c = (c * invariant * amplificationPrecision) / (amplified * count)
  const b = sum + (invariant * amplificationPrecision) / amplified
  let balance = invariant
  for (let round = 0; round < ROUNDS; round += 1) {
    const previous = balance
    balance = (balance * balance + c) / (2n * balance + b - invariant)
    if (isSettled(balance, previous)) break
  }
  return balance
}

function isSettled(a: bigint, b: bigint): boolean {
  const change = a - b
  return change <= 1n && change >= -1n
}
