import type { ConcentratedState } from './ConcentratedState.ts'
import {
  amount0Down,
  amount0Up,
  amount1Down,
  amount1Up,
  priceAfterAmount0In,
  priceAfterAmount0Out,
  priceAfterAmount1In,
  priceAfterAmount1Out,
} from './sqrtPriceMath.ts'
import {
  MAX_SQRT_PRICE,
  MAX_TICK,
  MIN_SQRT_PRICE,
  MIN_TICK,
  sqrtPriceAtBoundary,
  tickAtSqrtPrice,
} from './tickMath.ts'

/** What a swap takes and gives, and the state that it leaves. */
export interface ConcentratedSwap {
  readonly amountIn: bigint
  readonly amountOut: bigint
  readonly complete: boolean
  readonly ticksCrossed: number
  readonly sqrtPriceX96: bigint
  readonly liquidity: bigint
  /** The tick where the last boundary left it, or undefined where it follows from the price. */
  readonly boundaryTick: number | undefined
}

const PIPS = 1_000_000n

/**
 * The swap loop of Uniswap v3 and v4, step by step: a step ends at the next initialised tick or at the end of its bitmap
 * word, whichever comes first. The steps at word ends change nothing but the rounding, and that is what must agree.
 *
 * @returns undefined where the contract would revert on overflow.
 */
export function swapConcentrated(
  state: ConcentratedState,
  zeroForOne: boolean,
  exactIn: boolean,
  amount: bigint,
): ConcentratedSwap | undefined {
  const { table, feePips, tickSpacing } = state
  const keep = PIPS - feePips
  const limit = zeroForOne ? MIN_SQRT_PRICE + 1n : MAX_SQRT_PRICE - 1n
  let price = state.sqrtPriceX96
  let liquidity = state.liquidity
  let tick = state.tick
  let floorIndex = table.floorIndex(tick)
  let remaining = amount
  let amountIn = 0n
  let amountOut = 0n
  let ticksCrossed = 0
  let boundaryTick: number | undefined = tick

  while (remaining > 0n && price !== limit) {
    const compressed = Math.floor(tick / tickSpacing)
    let next: number
    let initialised: boolean
    let nextPrice: bigint
    if (zeroForOne) {
      const wordEnd = (compressed >> 8) * 256 * tickSpacing
      const tickBelow = floorIndex >= 0 ? table.tickAt(floorIndex) : Number.NEGATIVE_INFINITY
      initialised = tickBelow >= wordEnd
      next = initialised ? tickBelow : Math.max(wordEnd, MIN_TICK)
      nextPrice = initialised ? table.sqrtPriceAt(floorIndex) : sqrtPriceAtBoundary(next)
    } else {
      const wordEnd = (((compressed + 1) >> 8) * 256 + 255) * tickSpacing
      const tickAbove =
        floorIndex + 1 < table.length ? table.tickAt(floorIndex + 1) : Number.POSITIVE_INFINITY
      initialised = tickAbove <= wordEnd
      next = initialised ? tickAbove : Math.min(wordEnd, MAX_TICK)
      nextPrice = initialised ? table.sqrtPriceAt(floorIndex + 1) : sqrtPriceAtBoundary(next)
    }
    const target = zeroForOne
      ? nextPrice < limit
        ? limit
        : nextPrice
      : nextPrice > limit
        ? limit
        : nextPrice
    let reached: bigint
    if (exactIn) {
      const net = (remaining * keep) / PIPS
      const toTarget = zeroForOne ? amount0Up(target, price, liquidity) : amount1Up(price, target, liquidity)
      if (net >= toTarget) {
        reached = target
        const taken = toTarget + feeUp(toTarget, feePips, keep)
        remaining -= taken
        amountIn += taken
      } else {
        reached = zeroForOne
          ? priceAfterAmount0In(price, liquidity, net)
          : priceAfterAmount1In(price, liquidity, net)
        amountIn += remaining
        remaining = 0n
      }
      amountOut += zeroForOne
        ? amount1Down(reached, price, liquidity)
        : amount0Down(price, reached, liquidity)
    } else {
      let given = zeroForOne ? amount1Down(target, price, liquidity) : amount0Down(price, target, liquidity)
      if (remaining >= given) {
        reached = target
      } else {
        const after = zeroForOne
          ? priceAfterAmount1Out(price, liquidity, remaining)
          : priceAfterAmount0Out(price, liquidity, remaining)
        if (after === undefined) return undefined
        reached = after
        given = zeroForOne ? amount1Down(reached, price, liquidity) : amount0Down(price, reached, liquidity)
        // Rounding of the price may give one unit more than was asked for; the contract keeps it.
        if (given > remaining) given = remaining
      }
      const taken = zeroForOne ? amount0Up(reached, price, liquidity) : amount1Up(price, reached, liquidity)
      amountIn += taken + feeUp(taken, feePips, keep)
      amountOut += given
      remaining -= given
    }
    if (reached === nextPrice) {
      if (initialised) {
        ticksCrossed += 1
        const crossing = zeroForOne ? floorIndex : floorIndex + 1
        liquidity += zeroForOne ? -table.netAt(crossing) : table.netAt(crossing)
        floorIndex += zeroForOne ? -1 : 1
      }
      tick = zeroForOne ? next - 1 : next
      boundaryTick = tick
    } else if (reached !== price) {
      boundaryTick = undefined
    }
    price = reached
  }
  return {
    amountIn,
    amountOut,
    complete: remaining === 0n,
    ticksCrossed,
    sqrtPriceX96: price,
    liquidity,
    boundaryTick,
  }
}

/** The state that a swap leaves. */
export function afterConcentratedSwap(state: ConcentratedState, swap: ConcentratedSwap): ConcentratedState {
  return {
    ...state,
    sqrtPriceX96: swap.sqrtPriceX96,
    liquidity: swap.liquidity,
    tick: swap.boundaryTick ?? tickAtSqrtPrice(swap.sqrtPriceX96),
  }
}

function feeUp(amount: bigint, feePips: bigint, keep: bigint): bigint {
  return (amount * feePips + keep - 1n) / keep
}
