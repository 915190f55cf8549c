/** Relative precision of a boundary: 2^-32, far below what any profit notices. */
const PRECISION_BITS = 32n
const GREATEST_AMOUNT = 1n << 120n
const ROUNDS = 120

/**
 * Finds the largest amount at which a falling function is not yet negative, to one unit or 2^-32 of it. It is asked near
 * straight lines, so regula falsi (with the Illinois correction) needs few evaluations of what is costly to evaluate.
 *
 * @param valueAt undefined counts as negative by an unknown amount.
 * @returns the boundary, or undefined where the function stays positive as far as amounts go.
 */
export function findLargest(
  valueAt: (amount: bigint) => bigint | undefined,
  valueAtZero: bigint,
  guess: bigint,
  precisionBits = PRECISION_BITS,
): bigint | undefined {
  if (valueAtZero < 0n) return 0n
  let low = 0n
  let lowValue = valueAtZero
  let high = guess > 0n ? guess : 1n
  let highValue: bigint | undefined
  for (;;) {
    highValue = valueAt(high)
    if (highValue === undefined || highValue < 0n) break
    if (high >= GREATEST_AMOUNT) return undefined
    const next = extrapolate(low, lowValue, high, highValue)
    low = high
    lowValue = highValue
    high = next
  }
  let weightLow = toWeight(lowValue)
  let weightHigh = highValue === undefined ? undefined : toWeight(highValue)
  let side = 0
  for (let round = 0; round < ROUNDS && high - low > 1n + (high >> precisionBits); round += 1) {
    const middle = between(low, weightLow, high, round % 6 === 5 ? undefined : weightHigh)
    const value = valueAt(middle)
    if (value !== undefined && value >= 0n) {
      low = middle
      weightLow = toWeight(value)
      if (side === 1 && weightHigh !== undefined) weightHigh /= 2
      side = 1
    } else {
      high = middle
      weightHigh = value === undefined ? undefined : toWeight(value)
      if (side === -1) weightLow /= 2
      side = -1
    }
  }
  return low
}

/** Whole units are rounded down; the middle of what they stand for is never zero, so that the search cannot get stuck on a step. */
function toWeight(value: bigint): number {
  return Number(value) + 0.5
}

/** Where the line through two points meets zero, and a little beyond; at most 64 times as far. */
function extrapolate(low: bigint, lowValue: bigint, high: bigint, highValue: bigint): bigint {
  const fall = Number(lowValue - highValue)
  if (fall <= 0) return high * 64n
  const step = (Number(highValue) / fall) * Number(high - low) * 1.02
  const next = high + toUnits(step) + 1n
  return next > high * 64n ? high * 64n : next
}

function between(low: bigint, lowValue: number, high: bigint, highValue: number | undefined): bigint {
  const width = high - low
  if (highValue === undefined) return low + width / 2n
  const share = lowValue / (lowValue - highValue)
  const step = toUnits(share * Number(width))
  if (step < 1n) return low + 1n
  return step >= width ? high - 1n : low + step
}

function toUnits(amount: number): bigint {
  return Number.isFinite(amount) && amount > 0 ? BigInt(Math.floor(amount)) : 0n
}
