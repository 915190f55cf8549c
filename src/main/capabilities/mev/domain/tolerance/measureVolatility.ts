/** The price of a pair at the end of a block, in any unit. */
export interface PriceObservation {
  readonly timestampMs: number
  readonly price: number
}

export interface Volatility {
  /** Standard deviation of the price's logarithm over one second; over t seconds it is this times the square root of t. */
  readonly perRootSecond: number
  /** How many returns it rests on. */
  readonly returns: number
}

/** Fewer returns say nothing about the tails that matter. */
export const LEAST_RETURNS = 16
// A return beyond four times the usual one is counted as four times: one manipulated block must not widen the tolerance.
const CLIP = 4
// The median of the absolute value of a normal variable, inverted.
const NORMAL_MEDIAN = 1.4826

/**
 * Measures how much a price moves by its clipped realised variance: squared returns over elapsed time, each return held to four
 * times the usual size of those that are not zero, and a standard error on top for what few observations may hide.
 *
 * @returns undefined for fewer than 16 returns: unknown, not still.
 * @throws RangeError for prices that are not positive or times that do not rise.
 */
export function measureVolatility(observations: readonly PriceObservation[]): Volatility | undefined {
  const returns = observations.slice(1).map((observation, at) => {
    const before = observations[at] as PriceObservation
    const seconds = (observation.timestampMs - before.timestampMs) / 1000
    const move = Math.log(observation.price / before.price)
    if (!(seconds > 0) || !Number.isFinite(move)) {
      throw new RangeError('Prices must be positive and times must rise')
    }
    return { seconds, move, pace: Math.abs(move) / Math.sqrt(seconds) }
  })
  if (returns.length < LEAST_RETURNS) return undefined
  const usual = medianOf(returns.map(({ pace }) => pace).filter((pace) => pace > 0)) * NORMAL_MEDIAN
  const squares = returns.reduce(
    (sum, { seconds, pace }) => sum + Math.min(pace, CLIP * usual) ** 2 * seconds,
    0,
  )
  const elapsed = returns.reduce((sum, { seconds }) => sum + seconds, 0)
  const deviation = Math.sqrt(squares / elapsed)
  return {
    perRootSecond: deviation * (1 + 1 / Math.sqrt(2 * returns.length)),
    returns: returns.length,
  }
}

function medianOf(values: readonly number[]): number {
  if (values.length === 0) return 0
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? 0)) / 2
}
