import { PIECE, type SwapCurve } from '../SwapCurve.ts'

/** A StableSwap pool in floating point, balances scaled to a common unit. */
export interface StableCurveInput {
  readonly balances: readonly number[]
  /** The whitepaper's A: the invariant's amplification is A times n. */
  readonly amplification: number
  readonly tokenIn: number
  readonly tokenOut: number
  /** What remains after a fee on the input, and after one on the output. */
  readonly keepIn: number
  readonly keepOut: number
  /** Common units per base unit. */
  readonly scaleIn: number
  readonly scaleOut: number
}

interface Sample {
  /** Common units that came in, after the fee, and that go out, before it. */
  readonly input: number
  readonly output: number
  readonly depth: number
}

const TOLERANCE = 1e-9
const MOST_HALVINGS = 10
/** The curve ends where this part of the output's balance remains: nobody trades there. */
const LEAST_REMAINDER = 1e-9

/**
 * Fits the StableSwap curve by constant-product pieces, halving each until it agrees to 1e-9: the search needs its
 * shape, the exact mathematics decides what is claimed.
 */
export function createStableCurve(pool: StableCurveInput): SwapCurve | undefined {
  if (pool.balances.some((balance) => !(balance > 0))) return undefined
  const sampler = createSampler(pool)
  const samples = [sampler.at(0)]
  const balanceIn = pool.balances[pool.tokenIn] as number
  // Short at first: within a piece small trades see its slope, which is off by more than the amount in its middle.
  let input = balanceIn / 4096
  for (let stretch = 0; stretch < 60; stretch += 1) {
    const last = samples.at(-1) as Sample
    subdivide(sampler.at, last, sampler.at(input), MOST_HALVINGS, samples)
    if ((samples.at(-1) as Sample).output >= sampler.balanceOut * (1 - LEAST_REMAINDER)) break
    input *= 1.6
  }
  return toCurve(pool, sampler.logSpot, samples)
}

function createSampler(pool: StableCurveInput) {
  const { balances, amplification, tokenIn, tokenOut } = pool
  const count = balances.length
  const amplified = amplification * count
  const invariant = invariantOf(balances, amplified)
  const balanceIn = balances[tokenIn] as number
  const balanceOut = balances[tokenOut] as number
  let otherSum = 0
  // D^(n+1) / (n^n * product), built up factor by factor so that it never leaves the range of floats.
  let otherRatio = invariant / count
  for (let index = 0; index < count; index += 1) {
    if (index === tokenIn || index === tokenOut) continue
    otherSum += balances[index] as number
    otherRatio *= invariant / (count * (balances[index] as number))
  }
  const outputBalance = (reserveIn: number) => {
    const c = (((otherRatio * invariant) / (count * reserveIn)) * invariant) / amplified
    const half = (otherSum + reserveIn + invariant / amplified - invariant) / 2
    return half > 0 ? c / (half + Math.sqrt(half * half + c)) : Math.sqrt(half * half + c) - half
  }
  const logMarginal = (reserveIn: number, reserveOut: number) => {
    const q = (((otherRatio * invariant) / (count * reserveIn)) * invariant) / reserveOut
    return Math.log((amplified + q / reserveIn) / (amplified + q / reserveOut))
  }
  const startOut = outputBalance(balanceIn)
  const startLog = logMarginal(balanceIn, startOut)
  return {
    balanceOut,
    logSpot: startLog,
    at: (input: number): Sample => {
      const reserveOut = outputBalance(balanceIn + input)
      return {
        input,
        output: startOut - reserveOut,
        depth: startLog - logMarginal(balanceIn + input, reserveOut),
      }
    },
  }
}

function subdivide(
  sampleAt: (input: number) => Sample,
  from: Sample,
  to: Sample,
  halvings: number,
  into: Sample[],
): void {
  // Measured off the middle, where the errors of the fit's two halves cancel.
  const quarter = sampleAt(from.input + (to.input - from.input) / 4)
  const fitted = from.output + outputWithin(from, to, quarter.input)
  if (halvings === 0 || Math.abs(fitted - quarter.output) <= TOLERANCE * quarter.output) {
    into.push(to)
    return
  }
  const middle = sampleAt((from.input + to.input) / 2)
  subdivide(sampleAt, from, middle, halvings - 1, into)
  subdivide(sampleAt, middle, to, halvings - 1, into)
}

function outputWithin(from: Sample, to: Sample, input: number): number {
  const half = (to.depth - from.depth) / 2
  const growth = ((input - from.input) / (to.input - from.input)) * Math.expm1(half)
  return ((to.output - from.output) / -Math.expm1(-half)) * (growth / (1 + growth))
}

function toCurve(pool: StableCurveInput, logSpot: number, samples: readonly Sample[]): SwapCurve | undefined {
  const numbers: number[] = []
  let pieces = 0
  const column = ({ depth, input, output }: Sample) => [
    depth,
    input / pool.keepIn / pool.scaleIn,
    (output * pool.keepOut) / pool.scaleOut,
  ]
  for (let index = 1; index < samples.length; index += 1) {
    const from = samples[index - 1] as Sample
    const to = samples[index] as Sample
    const half = (to.depth - from.depth) / 2
    if (!(half > 0) || !(to.output > from.output)) break
    numbers.push(
      ...column(from),
      (to.input - from.input) / Math.expm1(half) / pool.scaleIn,
      ((to.output - from.output) * pool.keepOut) / -Math.expm1(-half) / pool.scaleOut,
    )
    pieces += 1
  }
  if (pieces === 0) return undefined
  // What is left of the balance follows a constant product of the same slope: trades that deep only need to be seen as bad.
  const end = samples[pieces] as Sample
  const [, , outputEnd] = column(end) as [number, number, number]
  const limit = ((pool.balances[pool.tokenOut] as number) * pool.keepOut) / pool.scaleOut
  const remainder = Math.max(limit - outputEnd, limit * 1e-9)
  const rate = Math.exp(logSpot - end.depth) * ((pool.keepOut * pool.scaleIn) / pool.scaleOut)
  numbers.push(...column(end), remainder / rate, remainder, Infinity, Infinity, outputEnd + remainder)
  pieces += 1
  return {
    logRate: logSpot + Math.log((pool.keepIn * pool.keepOut * pool.scaleIn) / pool.scaleOut),
    keep: pool.keepIn,
    inputShare: 0.5,
    pieces,
    slack: 10 * TOLERANCE,
    table: Float64Array.from(numbers.slice(0, pieces * PIECE + 3)),
  }
}

function invariantOf(balances: readonly number[], amplified: number): number {
  const count = balances.length
  const sum = balances.reduce((total, balance) => total + balance, 0)
  let invariant = sum
  for (let round = 0; round < 255; round += 1) {
    let product = invariant
    for (const balance of balances) product *= invariant / (balance * count)
    const next =
      ((amplified * sum + product * count) * invariant) /
      ((amplified - 1) * invariant + (count + 1) * product)
    const settled = Math.abs(next - invariant) <= 1e-15 * invariant
    invariant = next
    if (settled) break
  }
  return invariant
}
