import { delaysOf, type InclusionTime } from './InclusionTime.ts'
import type { Volatility } from './measureVolatility.ts'
import { studentTail } from './studentTail.ts'

/** Probability that a price has moved against the trader by more than this, as a logarithm, when the transaction gets into a block. */
export function moveProbability(logMove: number, volatility: Volatility, inclusion: InclusionTime): number {
  return delaysOf(inclusion).reduce((sum, { seconds, probability }) => {
    const deviation = volatility.perRootSecond * Math.sqrt(seconds)
    // What does not move at all exceeds nothing.
    return sum + (deviation === 0 ? 0 : probability * studentTail(logMove / deviation))
  }, 0)
}

/** The move, as a logarithm, that is exceeded with at most this probability; to a millionth, rounded up. */
export function moveAtProbability(target: number, volatility: Volatility, inclusion: InclusionTime): number {
  if (!(target > 0 && target < 0.5))
    throw new RangeError(`A probability of a tail is between 0 and 0.5: ${target}`)
  if (volatility.perRootSecond === 0) return 0
  let low = 0
  let high = 1e-6
  while (moveProbability(high, volatility, inclusion) > target) high *= 2
  while (high - low > 1e-6) {
    const middle = (low + high) / 2
    if (moveProbability(middle, volatility, inclusion) > target) low = middle
    else high = middle
  }
  return high
}

/** How far the price may move against a trade before a tolerance, in millionths, no longer covers it; as a logarithm. */
export function logMoveOfTolerance(mode: 'exactIn' | 'exactOut', toleranceE6: number): number {
  const share = toleranceE6 / 1e6
  return mode === 'exactIn' ? -Math.log1p(-share) : Math.log1p(share)
}

/** The inverse, in millionths, not rounded. */
export function toleranceOfLogMove(mode: 'exactIn' | 'exactOut', logMove: number): number {
  return 1e6 * (mode === 'exactIn' ? -Math.expm1(-logMove) : Math.expm1(logMove))
}

/** Probability that the trade fails because the price has left its tolerance, in millionths, when its turn comes. */
export function failureProbability(
  mode: 'exactIn' | 'exactOut',
  toleranceE6: number,
  volatility: Volatility,
  inclusion: InclusionTime,
): number {
  return moveProbability(logMoveOfTolerance(mode, toleranceE6), volatility, inclusion)
}
