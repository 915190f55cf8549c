import { PIECE, ROUNDING_SLACK, type SwapCurve } from '../SwapCurve.ts'
import type { ConcentratedState } from './ConcentratedState.ts'
import { logOfSqrtPrice, logOfTick } from './tickMath.ts'

/** The swap curve of a concentrated-liquidity pool: between two initialised ticks it is a constant product. */
export function createConcentratedCurve(
  state: ConcentratedState,
  zeroForOne: boolean,
): SwapCurve | undefined {
  const { table } = state
  const keep = 1 - Number(state.feePips) / 1_000_000
  const startLog = logOfSqrtPrice(state.sqrtPriceX96)
  const floorIndex = table.floorIndex(state.tick)
  const ahead = zeroForOne ? floorIndex + 1 : table.length - floorIndex - 1
  const numbers = new Float64Array(ahead * PIECE + 3)
  let liquidity = state.liquidity
  let depth = 0
  let input = 0
  let output = 0
  let pieces = 0
  let gap = 0
  for (let step = 0; step < ahead; step += 1) {
    const index = zeroForOne ? floorIndex - step : floorIndex + 1 + step
    const tickLog = logOfTick(table.tickAt(index))
    const endDepth = Math.max(depth, 2 * (zeroForOne ? startLog - tickLog : tickLog - startLog))
    const amount = Number(liquidity)
    if (amount === 0 && pieces === 0) {
      // Nothing trades before the first liquidity, so the curve starts there.
      gap = endDepth
    } else if (endDepth > depth) {
      // The virtual reserves at the start of the piece, in its direction.
      const startSqrt = Math.exp(zeroForOne ? startLog - depth / 2 : startLog + depth / 2)
      const reserveIn = zeroForOne ? amount / startSqrt : amount * startSqrt
      const reserveOut = zeroForOne ? amount * startSqrt : amount / startSqrt
      numbers.set([depth - gap, input, output, reserveIn, reserveOut], pieces * PIECE)
      pieces += 1
      input += (reserveIn / keep) * Math.expm1((endDepth - depth) / 2)
      output -= reserveOut * Math.expm1((depth - endDepth) / 2)
    }
    depth = endDepth
    liquidity += zeroForOne ? -table.netAt(index) : table.netAt(index)
  }
  if (pieces === 0 || output === 0) return undefined
  numbers.set([depth - gap, input, output], pieces * PIECE)
  return {
    logRate: (zeroForOne ? 2 * startLog : -2 * startLog) + Math.log(keep) - gap,
    keep,
    inputShare: 0.5,
    pieces,
    slack: ROUNDING_SLACK,
    table: numbers.subarray(0, pieces * PIECE + 3),
  }
}
