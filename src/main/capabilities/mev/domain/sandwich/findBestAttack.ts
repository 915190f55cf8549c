import type { AttackModel, Attempt } from './AttackModel.ts'
import { better } from './better.ts'
import { canShare } from './canShare.ts'
import { findMost } from './findMost.ts'
import { largestFrontRun } from './largestFrontRun.ts'
import { shareTolerance } from './shareTolerance.ts'

// Another round over the pairs is worth it only for more than this part of the profit.
const ROUND_GAIN = 20_000n
const ROUNDS = 2

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
  const singles = findSingleAttacks(model, limit)
  let best = singles.reduce<Attempt | undefined>(better, undefined)
  const pairs = singles.flatMap((first, at) =>
    singles.slice(at + 1).map((second) => [first, second] as const),
  )
  const candidates = pairs.filter((pair) => canShare(model, limit, pair))
  for (let round = 0; round < ROUNDS && candidates.length > 0; round += 1) {
    const before = best
    for (const pair of candidates) best = better(best, shareTolerance(model, limit, best, pair))
    if (pairs.length < 2 || !isGain(before, best)) break
  }
  return best
}

/** The best attack on every pool alone, with the whole tolerance. */
export function findSingleAttacks(model: AttackModel, limit: bigint): Attempt[] {
  return model.attackableLegs.flatMap((leg) => strikeBest(model, limit, leg) ?? [])
}

/** The best front-run of one leg alone. */
function strikeBest(model: AttackModel, limit: bigint, leg: number): Attempt | undefined {
  const largest = largestFrontRun(model, limit, leg)
  if (largest === undefined) return undefined
  const attempt = (amountIn: bigint) => model.attempt([{ leg, amountIn }])
  // The smallest front-run of all still costs the gas.
  const gasAlone = -(attempt(largest)?.gasCost ?? 0n)
  const most = findMost((amountIn) => attempt(amountIn)?.profit, largest, gasAlone)
  if (most === undefined) return undefined
  const trimmed = model.trim({ leg, amountIn: most.amount })
  return better(attempt(most.amount), attempt(trimmed))
}

function isGain(before: Attempt | undefined, after: Attempt | undefined): boolean {
  if (before === undefined || after === undefined) return after !== before
  return (after.profit - before.profit) * ROUND_GAIN > after.profit
}
