import { afterSwapFee, beforeSwapFee, scalingFactor } from './balancer/balancerScaling.ts'
import { complement, divDown, divideUp, divUp, mulDown, mulUp, ONE } from './balancer/fixedPoint.ts'
import { powFixed } from './balancer/logExpMath.ts'
import { createPowerCurve } from './createPowerCurve.ts'
import { limitCurve } from './limitCurve.ts'
import { type Pool, type PoolGas, type PoolQuote, REFUSED, type TokenId } from './Pool.ts'
import type { SwapCurve } from './SwapCurve.ts'

/** State of a Balancer V2 weighted pool. */
export interface BalancerWeightedState {
  readonly id: string
  readonly venue: string
  readonly tokens: readonly TokenId[]
  /** As the vault holds them, in base units. */
  readonly balances: readonly bigint[]
  readonly decimals: readonly number[]
  /** Adding up to 10^18. */
  readonly weightsE18: readonly bigint[]
  readonly feeE18: bigint
  /** Pools since September 2022 multiply instead of exponentiating where the exponent is 1, 2 or 4. */
  readonly multipliesWholePowers?: boolean
  readonly gas?: PoolGas
}

const GAS: PoolGas = { swap: 130_000, perTick: 0 }
/** Neither side of a trade may exceed 30% of its balance. */
const TRADE_LIMIT_E18 = 3n * 10n ** 17n
const POW_ERROR_E18 = 10_000n

/** A weighted pool: WeightedMath with the roundings of FixedPoint and the errors of LogExpMath. */
export function createBalancerWeightedPool(state: BalancerWeightedState): Pool {
  return new BalancerWeightedPool(state)
}

class BalancerWeightedPool implements Pool {
  readonly id: string
  readonly venue: string
  readonly tokens: readonly TokenId[]
  readonly proof = 'vectors'
  readonly parity = false
  readonly gas: PoolGas
  readonly #state: BalancerWeightedState
  readonly #scaling: readonly bigint[]

  constructor(state: BalancerWeightedState) {
    this.id = state.id
    this.venue = state.venue
    this.tokens = state.tokens
    this.gas = state.gas ?? GAS
    this.#state = state
    this.#scaling = state.decimals.map(scalingFactor)
  }

  quoteExactIn(tokenIn: number, tokenOut: number, amountIn: bigint): PoolQuote {
    const { feeE18, weightsE18 } = this.#state
    const balanceIn = this.#scaledBalance(tokenIn)
    const balanceOut = this.#scaledBalance(tokenOut)
    const scaledIn = afterSwapFee(amountIn, feeE18) * (this.#scaling[tokenIn] as bigint)
    if (amountIn <= 0n || balanceOut === 0n || scaledIn > mulDown(balanceIn, TRADE_LIMIT_E18)) return REFUSED
    const base = divUp(balanceIn, balanceIn + scaledIn)
    const power = this.#powUp(base, divDown(weightsE18[tokenIn] as bigint, weightsE18[tokenOut] as bigint))
    if (power === undefined) return REFUSED
    const amountOut = mulDown(balanceOut, complement(power)) / (this.#scaling[tokenOut] as bigint)
    return { amountIn, amountOut, complete: true, ticksCrossed: 0 }
  }

  quoteExactOut(tokenIn: number, tokenOut: number, amountOut: bigint): PoolQuote {
    const { feeE18, weightsE18 } = this.#state
    const balanceIn = this.#scaledBalance(tokenIn)
    const balanceOut = this.#scaledBalance(tokenOut)
    const scaledOut = amountOut * (this.#scaling[tokenOut] as bigint)
    if (amountOut <= 0n || balanceIn === 0n || scaledOut > mulDown(balanceOut, TRADE_LIMIT_E18))
      return REFUSED
    const base = divUp(balanceOut, balanceOut - scaledOut)
    const power = this.#powUp(base, divUp(weightsE18[tokenOut] as bigint, weightsE18[tokenIn] as bigint))
    if (power === undefined || power < ONE) return REFUSED
    const scaledIn = mulUp(balanceIn, power - ONE)
    const amountIn = beforeSwapFee(divideUp(scaledIn, this.#scaling[tokenIn] as bigint), feeE18)
    return { amountIn, amountOut, complete: true, ticksCrossed: 0 }
  }

  afterSwap(tokenIn: number, tokenOut: number, amountIn: bigint): Pool {
    const quote = this.quoteExactIn(tokenIn, tokenOut, amountIn)
    const balances = [...this.#state.balances]
    balances[tokenIn] = (balances[tokenIn] as bigint) + quote.amountIn
    balances[tokenOut] = (balances[tokenOut] as bigint) - quote.amountOut
    return new BalancerWeightedPool({ ...this.#state, balances })
  }

  curve(tokenIn: number, tokenOut: number): SwapCurve | undefined {
    const { balances, weightsE18, feeE18 } = this.#state
    const weightIn = Number(weightsE18[tokenIn] as bigint)
    const weightOut = Number(weightsE18[tokenOut] as bigint)
    const balanceIn = Number(balances[tokenIn] as bigint)
    const keep = 1 - Number(feeE18) / 1e18
    const curve = createPowerCurve(
      balanceIn,
      Number(balances[tokenOut] as bigint),
      keep,
      weightOut / (weightIn + weightOut),
    )
    return curve && limitCurve(curve, (0.3 * balanceIn * (1 - 1e-12)) / keep)
  }

  #scaledBalance(token: number): bigint {
    return (this.#state.balances[token] as bigint) * (this.#scaling[token] as bigint)
  }

  #powUp(base: bigint, exponent: bigint): bigint | undefined {
    if (this.#state.multipliesWholePowers) {
      if (exponent === ONE) return base
      if (exponent === 2n * ONE) return mulUp(base, base)
      if (exponent === 4n * ONE) {
        const square = mulUp(base, base)
        return mulUp(square, square)
      }
    }
    const raw = powFixed(base, exponent)
    return raw === undefined ? undefined : raw + mulUp(raw, POW_ERROR_E18) + 1n
  }
}
