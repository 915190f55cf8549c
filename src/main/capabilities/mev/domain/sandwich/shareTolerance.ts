import type { AttackModel, Attempt, FrontRun } from './AttackModel.ts'
import { better } from './better.ts'
import { largestFrontRun } from './largestFrontRun.ts'

const PRECISION_E6 = 1_000_000n
const SECTIONS = 7
// The sharing is found on a coarse scale, so its ends need no more either.
const PRECISION_BITS = 20n
const GOLDEN = (Math.sqrt(5) - 1) / 2

/**
 * Shares what an attack's strikes on other pools leave of the tolerance between two legs, by golden sections over what the first
 * one takes; the second takes what is left, up to what is best for it alone.
 */
export function shareTolerance(
  model: AttackModel,
  limit: bigint,
  attack: Attempt | undefined,
  [first, second]: readonly [Attempt, Attempt],
): Attempt | undefined {
  const [firstAlone, secondAlone] = [first, second].map(({ strikes }) => strikes[0])
  if (firstAlone === undefined || secondAlone === undefined) return undefined
  const others = (attack?.strikes ?? []).filter(
    ({ leg }) => leg !== firstAlone.leg && leg !== secondAlone.leg,
  )
  let guess = secondAlone.amountIn
  const most = fit(model, limit, firstAlone, others, firstAlone.amountIn)
  const attemptAt = (share: number): Attempt | undefined => {
    const amountIn = (most * BigInt(Math.round(share * 1e6))) / PRECISION_E6
    const fixed = amountIn === 0n ? others : [...others, { leg: firstAlone.leg, amountIn }]
    const rest = fit(model, limit, secondAlone, fixed, guess)
    if (rest > 0n) guess = rest
    const fronts = rest === 0n ? fixed : [...fixed, { leg: secondAlone.leg, amountIn: rest }]
    return fronts.length === 0 ? undefined : model.attempt(fronts)
  }
  let result = better(attemptAt(1), attemptAt(0))
  let low = 0
  let high = 1
  let left = { share: 1 - GOLDEN, attempt: attemptAt(1 - GOLDEN) }
  let right = { share: GOLDEN, attempt: attemptAt(GOLDEN) }
  for (let section = 0; section < SECTIONS; section += 1) {
    result = better(better(result, left.attempt), right.attempt)
    if (profitOf(left.attempt) >= profitOf(right.attempt)) {
      high = right.share
      right = left
      const share = low + high - right.share
      left = { share, attempt: attemptAt(share) }
    } else {
      low = left.share
      left = right
      const share = low + high - left.share
      right = { share, attempt: attemptAt(share) }
    }
  }
  return better(better(result, left.attempt), right.attempt)
}

/** As much of what is best for a leg alone as the limit still lets pass. */
function fit(
  model: AttackModel,
  limit: bigint,
  alone: FrontRun,
  others: readonly FrontRun[],
  guess: bigint,
): bigint {
  const whole = model.slack([...others, { leg: alone.leg, amountIn: alone.amountIn }], limit)
  if (whole !== undefined && whole >= 0n) return alone.amountIn
  return largestFrontRun(model, limit, alone.leg, others, { guess, precisionBits: PRECISION_BITS }) ?? 0n
}

function profitOf(attempt: Attempt | undefined): bigint {
  return attempt?.profit ?? -(1n << 255n)
}
