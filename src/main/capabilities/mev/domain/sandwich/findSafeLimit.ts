import type { AttackModel, Attempt } from './AttackModel.ts'
import type { ExposedTrade } from './ExposedTrade.ts'
import { findBestAttack, findSingleAttacks } from './findBestAttack.ts'
import { findLargest } from './findLargest.ts'
import { findMost } from './findMost.ts'
import { shareLimit } from './runTrade.ts'
import { LARGEST_TOLERANCE_E6, limitAtTolerance } from './toleranceLimit.ts'

const JOINT_ROUNDS = 12
const DUST_SHIFT = 20n
const SETTLE_WHOLE = 256n

/**
 * Finds the loosest limit at which no sandwich pays: the least to receive, or the most to spend. Computed from the smallest
 * profitable front-run of every pool: a limit that this front-run breaks is safe, and any looser one is not.
 *
 * @returns undefined where even half of the trade as tolerance leaves nothing to an attacker. The quote itself, or tighter, where it
 * is not safe either: {@link isExposedAtQuote} tells.
 */
export function findSafeLimit(model: AttackModel): bigint | undefined {
  const { trade } = model.compiled
  const loosest = limitAtTolerance(trade, LARGEST_TOLERANCE_E6)
  let safe: bigint | undefined
  let earners = 0
  for (const leg of model.attackableLegs) {
    const { breakEven, earnsItsSwaps } = findBreakEven(model, leg, loosest)
    if (earnsItsSwaps) earners += 1
    if (breakEven === undefined) continue
    const needed = limitThatRefuses(model, leg, breakEven)
    safe = safe === undefined ? needed : tighter(trade, safe, needed)
  }
  if (safe !== undefined) safe = settle(model, safe)
  // Where there is no gas to share, several pools pay only if one of them does.
  return earners < 2 || model.sharedGasCost === 0n ? safe : tightenForJoint(model, safe, loosest)
}

/**
 * Whether a sandwich pays although the limit is the quote itself. What arrives is counted in whole units: of a token with few
 * decimals less than one may be worth more than his gas, and no limit can be any tighter.
 */
export function isExposedAtQuote(model: AttackModel): boolean {
  return isProfit(findBestAttack(model, limitAtTolerance(model.compiled.trade, 0))?.profit)
}

interface BreakEven {
  /** The largest front-run below which none pays; undefined where none pays at all. */
  readonly breakEven: bigint | undefined
  /** Whether some front-run at least pays for its own swaps' gas, so that several could share the rest. */
  readonly earnsItsSwaps: boolean
}

function findBreakEven(model: AttackModel, leg: number, loosest: bigint): BreakEven {
  const profitAt = (amountIn: bigint) => model.attempt([{ leg, amountIn }])?.profit
  const traded = model.compiled.legs[leg]?.amountIn ?? 0n
  const untouched = model.run([])
  const dust = traded >> DUST_SHIFT
  if (dust > 0n && isProfit(profitAt(dust))) return { breakEven: 0n, earnsItsSwaps: true }
  let below = dust
  let amount = traded / 64n + 1n
  for (;;) {
    const attempt = model.attempt([{ leg, amountIn: amount }])
    if (isProfit(attempt?.profit)) {
      return { breakEven: rootOf(profitAt, below, amount), earnsItsSwaps: true }
    }
    if (attempt === undefined || model.slackOf(attempt.run, loosest) < 0n) break
    const { sold, bought } = attempt.run
    // Where a front-run larger than the trade costs the victim nothing, no larger one will.
    if (amount > traded * 4n && sold === untouched?.sold && bought === untouched.bought) {
      return { breakEven: undefined, earnsItsSwaps: false }
    }
    below = amount
    amount *= 4n
  }
  // No sample pays, but the top may stand between two of them.
  const top = findMost(profitAt, amount, profitAt(1n) ?? 0n)
  return {
    breakEven: top !== undefined && top.value > 0n ? rootOf(profitAt, 0n, top.amount) : undefined,
    earnsItsSwaps: top !== undefined && top.value + model.sharedGasCost > 0n,
  }
}

/** The last amount before profit begins. */
function rootOf(profitAt: (amount: bigint) => bigint | undefined, below: bigint, above: bigint): bigint {
  const lossAt = (amount: bigint) => {
    const profit = profitAt(amount + below)
    return profit === undefined ? 0n : -profit
  }
  // Nothing ventured costs nothing, but the first unit costs the gas.
  return below + (findLargest(lossAt, lossAt(1n), above - below) ?? 0n)
}

/**
 * Profit is smooth only down to the units of the tokens on the way and to the last digits of fixed-point logarithms. Tightens a
 * limit, little by little and then faster, until no attack on one pool pays, to the unit.
 */
function settle(model: AttackModel, limit: bigint): bigint {
  const quoted = limitAtTolerance(model.compiled.trade, 0)
  let safe = limit
  for (let step = 1n; step < SETTLE_WHOLE; step *= 2n) {
    if (!findSingleAttacks(model, safe).some(({ profit }) => isProfit(profit))) return safe
    safe = quoted + ((safe - quoted) * (SETTLE_WHOLE - step)) / SETTLE_WHOLE
  }
  return quoted
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
  const pays = (limit: bigint) =>
    canPayJointly(model, limit) && isProfit(findBestAttack(model, limit)?.profit)
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

/**
 * Together they cannot earn more than each alone with the whole tolerance, and all but the transactions' own gas is due for each:
 * what the pools earn beyond their swaps' gas must exceed the gas that they share.
 */
function canPayJointly(model: AttackModel, limit: bigint): boolean {
  const shared = model.sharedGasCost
  const surplus = findSingleAttacks(model, limit)
    .map(({ profit }) => profit + shared)
    .filter((own) => own > 0n)
  return surplus.length > 1 && surplus.reduce((sum, own) => sum + own, 0n) > shared
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
