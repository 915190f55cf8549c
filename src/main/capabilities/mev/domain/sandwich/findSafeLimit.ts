import type { AttackModel, Attempt } from './AttackModel.ts'
import type { ExposedTrade } from './ExposedTrade.ts'
import { findBestAttack } from './findBestAttack.ts'
import { findLargest } from './findLargest.ts'
import { findMost } from './findMost.ts'
import { largestFrontRun } from './largestFrontRun.ts'
import { shareLimit } from './runTrade.ts'
import { LARGEST_TOLERANCE_E6, limitAtTolerance } from './toleranceLimit.ts'

const JOINT_ROUNDS = 24
const DUST_SHIFT = 20n
const WAVER_BITS = 20n

/**
 * Finds the loosest limit at which no sandwich pays: the least to receive, or the most to spend. Computed from the smallest
 * profitable front-run of every pool: a limit that this front-run breaks is safe, and any looser one is not.
 *
 * @returns undefined where even half of the trade as tolerance leaves nothing to an attacker.
 */
export function findSafeLimit(model: AttackModel): bigint | undefined {
  const { trade } = model.compiled
  const loosest = limitAtTolerance(trade, LARGEST_TOLERANCE_E6)
  let safe: bigint | undefined
  for (const leg of model.attackableLegs) {
    const breakEven = findBreakEven(model, leg, loosest)
    if (breakEven === undefined) continue
    const needed = limitThatRefuses(model, leg, breakEven)
    safe = safe === undefined ? needed : tighter(trade, safe, needed)
  }
  if (model.attackableLegs.length < 2) return safe
  return tightenForJoint(model, safe, loosest)
}

/** The largest front-run of a leg, up to a loosest limit, below which none pays; undefined where none pays at all. */
function findBreakEven(model: AttackModel, leg: number, loosest: bigint): bigint | undefined {
  const profitAt = (amountIn: bigint) => model.attempt([{ leg, amountIn }])?.profit
  const traded = model.compiled.legs[leg]?.amountIn ?? 0n
  const start = traded / 64n + 1n
  const dust = traded >> DUST_SHIFT
  if (dust > 0n && isProfit(profitAt(dust))) return 0n
  let below = dust
  let amount = start
  for (;;) {
    const profit = profitAt(amount)
    if (isProfit(profit)) return rootOf(profitAt, below, amount)
    const slack = model.slack([{ leg, amountIn: amount }], loosest)
    if (slack === undefined || slack < 0n) break
    // Where a front-run as large as the trade moves nothing, no larger one will.
    if (amount > traded * 4n && slack === model.slack([], loosest)) return undefined
    below = amount
    amount *= 2n
  }
  // No sample pays: the top may still stand between two of them.
  const largest = largestFrontRun(model, loosest, leg)
  if (largest === undefined) return undefined
  const top = findMost(profitAt, largest)
  return top !== undefined && top.value > 0n ? rootOf(profitAt, 0n, top.amount) : undefined
}

/** The last amount before profit begins. */
function rootOf(profitAt: (amount: bigint) => bigint | undefined, below: bigint, above: bigint): bigint {
  const lossAt = (amount: bigint) => {
    const profit = profitAt(amount + below)
    return profit === undefined ? 0n : -profit
  }
  // Nothing ventured costs nothing, but the first unit costs the gas.
  const root = below + (findLargest(lossAt, lossAt(1n), above - below) ?? 0n)
  // Logarithms in fixed point make some pools' quotes waver in their last digits: a millionth keeps clear of that.
  return root - (root >> WAVER_BITS)
}

/** The loosest limit under which a front-run of this amount makes the trade fail. */
function limitThatRefuses(model: AttackModel, leg: number, amountIn: bigint): bigint {
  const { compiled } = model
  const { trade } = compiled
  const run = model.run(amountIn > 0n ? [{ leg, amountIn }] : [])
  if (trade.mode === 'exactIn') return run === undefined ? 0n : run.bought + 1n
  const way = compiled.ways.findIndex((legs) => legs.includes(leg))
  const quoted = compiled.ways.map((legs) => compiled.legs[legs[0] ?? 0]?.amountIn ?? 0n)
  const target = run?.soldByWay[way] ?? trade.amountIn
  const own = quoted[way] ?? 1n
  // Shares are rounded, so the inverse is found from just above.
  let limit = (target * trade.amountIn) / own + BigInt(quoted.length)
  while (limit > trade.amountIn && (shareLimit(quoted, limit)[way] ?? 0n) >= target) limit -= 1n
  return limit
}

/** Attacks on several pools at once share the gas of two transactions, so they can pay where none alone does. */
function tightenForJoint(
  model: AttackModel,
  single: bigint | undefined,
  loosest: bigint,
): bigint | undefined {
  const { trade } = model.compiled
  const pays = (limit: bigint) => isProfit(findBestAttack(model, limit)?.profit)
  if (!pays(single ?? loosest)) return single
  let safe = limitAtTolerance(trade, 0)
  let unsafe = single ?? loosest
  for (let round = 0; round < JOINT_ROUNDS && distance(safe, unsafe) > 1n; round += 1) {
    const middle = (safe + unsafe) / 2n
    if (pays(middle)) unsafe = middle
    else safe = middle
  }
  return safe
}

function tighter(trade: ExposedTrade, a: bigint, b: bigint): bigint {
  return (trade.mode === 'exactIn') === a > b ? a : b
}

function distance(a: bigint, b: bigint): bigint {
  return a > b ? a - b : b - a
}

function isProfit(profit: Attempt['profit'] | undefined): boolean {
  return profit !== undefined && profit > 0n
}
