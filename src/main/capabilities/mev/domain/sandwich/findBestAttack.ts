import type { AttackModel, Attempt, FrontRun } from './AttackModel.ts'
import { estimateFrontRun } from './estimateFrontRun.ts'
import { findLargest } from './findLargest.ts'
import { findMost } from './findMost.ts'

const PRECISION_E6 = 1_000_000n
// Another round over the pairs is worth it only for a thousandth of a percent.
const ROUND_GAIN_E6 = 10n
const ROUNDS = 4
const SECTIONS = 14
const GOLDEN = (Math.sqrt(5) - 1) / 2

/**
 * Finds the most profitable sandwich within a limit: first each pool in turn with the whole tolerance, then whether sharing the
 * tolerance among several pools takes more. Profit may be negative; undefined where nothing can be tried.
 *
 * Profit is nearly linear in the tolerance that it uses up and every further pool costs gas, so one pool is mostly best; but
 * where the best attack on one leaves tolerance over (a wide tolerance on a small part of a split), the rest goes elsewhere.
 */
export function findBestAttack(model: AttackModel, limit: bigint): Attempt | undefined {
  const untouched = model.slack([], limit)
  if (untouched === undefined || untouched < 0n) return undefined
  const singles = model.attackableLegs.flatMap((leg) => {
    const best = strikeBest(model, limit, leg, [])
    return best === undefined ? [] : [best]
  })
  let best = singles.reduce<Attempt | undefined>(better, undefined)
  if (singles.length < 2) return best
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = best
    for (const [at, first] of singles.entries()) {
      for (const second of singles.slice(at + 1)) {
        best = better(best, shareBetween(model, limit, best, legOf(first), legOf(second), [first, second]))
      }
    }
    if (!isGain(before, best)) break
  }
  return best
}

/** The best front-run of one leg, others being given. */
export function strikeBest(
  model: AttackModel,
  limit: bigint,
  leg: number,
  others: readonly FrontRun[],
): Attempt | undefined {
  const largest = largestFrontRun(model, limit, leg, others)
  if (largest === undefined) return undefined
  const attempt = (amountIn: bigint) => model.attempt([...others, { leg, amountIn }])
  const most = findMost((amountIn) => attempt(amountIn)?.profit, largest)
  return most && attempt(most.amount)
}

/** The largest front-run of one leg that lets the trade succeed; undefined where it moves nothing. */
export function largestFrontRun(
  model: AttackModel,
  limit: bigint,
  leg: number,
  others: readonly FrontRun[],
): bigint | undefined {
  const untouched = model.slack(others, limit)
  if (untouched === undefined) return undefined
  const traded = model.compiled.legs[leg]?.amountIn ?? 0n
  const guess = others.length === 0 ? estimateFrontRun(model.compiled.trade, limit) : undefined
  return findLargest(
    (amountIn) => model.slack([...others, { leg, amountIn }], limit),
    untouched,
    guess ?? traded / 1000n + 1n,
  )
}

/** Shares what the other strikes leave of the tolerance between two legs, by golden sections over what the first one takes. */
function shareBetween(
  model: AttackModel,
  limit: bigint,
  best: Attempt | undefined,
  first: number,
  second: number,
  singles: readonly [Attempt, Attempt],
): Attempt | undefined {
  const others = (best?.strikes ?? []).filter(({ leg }) => leg !== first && leg !== second)
  if (others.length === 0 && !canShare(model, limit, singles)) return undefined
  const alone = others.length === 0 ? singles[0] : strikeBest(model, limit, first, others)
  const most = alone?.strikes.find(({ leg }) => leg === first)?.amountIn
  if (alone === undefined || most === undefined) return undefined
  const attemptAt = (share: number) => {
    const amountIn = (most * BigInt(Math.round(share * 1e6))) / PRECISION_E6
    const fixed = amountIn === 0n ? others : [...others, { leg: first, amountIn }]
    return strikeBest(model, limit, second, fixed) ?? alone
  }
  let result = better(alone, attemptAt(1))
  let low = 0
  let high = 1
  let left = { share: 1 - GOLDEN, attempt: attemptAt(1 - GOLDEN) }
  let right = { share: GOLDEN, attempt: attemptAt(GOLDEN) }
  for (let section = 0; section < SECTIONS; section += 1) {
    result = better(better(result, left.attempt), right.attempt)
    if (left.attempt.profit >= right.attempt.profit) {
      high = right.share
      right = left
      const share = high - (right.share - low)
      left = { share, attempt: attemptAt(share) }
    } else {
      low = left.share
      left = right
      const share = low + (high - left.share)
      right = { share, attempt: attemptAt(share) }
    }
  }
  return better(better(result, left.attempt), right.attempt)
}

/**
 * Whether two pools together could take more than the better one alone. Profit is concave in the tolerance that it uses, so
 * the other pool's first bit of tolerance must earn more than the better pool's last bit.
 */
function canShare(model: AttackModel, limit: bigint, singles: readonly [Attempt, Attempt]): boolean {
  const [better, other] =
    singles[0].profit >= singles[1].profit ? singles : ([singles[1], singles[0]] as const)
  const spare = slackAfter(model, better, limit)
  const total = model.slack([], limit) ?? 0n
  // The better pool leaves tolerance over that the other can have for nothing.
  if (spare * 100n > total) return other.profit + other.gasCost > 0n
  const lastBit = earnedPerSlack(model, limit, better, 0.98, 1)
  const firstBit = earnedPerSlack(model, limit, other, 0.01, 0.03)
  return firstBit > lastBit
}

/** Profit by slack used up between two shares of a strike's front-run. */
function earnedPerSlack(
  model: AttackModel,
  limit: bigint,
  attempt: Attempt,
  from: number,
  to: number,
): number {
  const [low, high] = [from, to].map((share) => {
    const strikes = attempt.strikes.map(({ leg, amountIn }) => ({
      leg,
      amountIn: (amountIn * BigInt(Math.round(share * 1e6))) / PRECISION_E6,
    }))
    return model.attempt(strikes)
  })
  if (low === undefined || high === undefined) return 0
  const used = slackAfter(model, low, limit) - slackAfter(model, high, limit)
  const earned = high.profit + high.gasCost - low.profit - low.gasCost
  return used <= 0n ? 0 : Number(earned) / Number(used)
}

function slackAfter(model: AttackModel, attempt: Attempt, limit: bigint): bigint {
  return model.slack(attempt.strikes, limit) ?? 0n
}

function legOf(attempt: Attempt): number {
  return attempt.strikes[0]?.leg ?? 0
}

function better(a: Attempt | undefined, b: Attempt | undefined): Attempt | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return b.profit > a.profit ? b : a
}

function isGain(before: Attempt | undefined, after: Attempt | undefined): boolean {
  if (before === undefined || after === undefined) return after !== before
  const gain = after.profit - before.profit
  return gain > 0n && gain * PRECISION_E6 > before.profit * ROUND_GAIN_E6
}
