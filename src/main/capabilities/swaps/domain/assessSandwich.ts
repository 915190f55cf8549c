import type { Pool } from '../../router/index.ts'
import type { Market } from './findTrade.ts'
import { spotRate } from './priceTrade.ts'
import { legsOf, type Trade, type TradeLeg } from './router/TradePlan.ts'

/** The most that somebody can gain by trading before and after a trade in one of its pools. */
export interface SandwichRisk {
  /** After gas, in the token sold; zero where it does not pay. */
  readonly attackerProfit: bigint
  /** In the token bought, or for an exact purchase what is paid more, in the token sold. */
  readonly userLoss: bigint
  /** Absent when an attack pays at every tolerance that was tried. */
  readonly safeToleranceBps: number | undefined
}

const bisections = 32
const thirdings = 24
/** Gas of an attacker's two swaps, at the least. */
export const attackGas = 200_000n
export const largestTriedToleranceBps = 5_000

/**
 * The worst case by exact mathematics: each pool in turn takes the whole tolerance, which is enforced on the end of the trade
 * only. The attacker buys as much before as the limit allows, or less where that gains him more, and sells it after.
 *
 * `gasCost` is what his gas costs him in the token sold.
 */
export function assessSandwich(
  market: Market,
  trade: Trade,
  toleranceBps: number,
  gasCost: bigint,
): SandwichRisk {
  const worst = findWorst(market, trade, toleranceBps, gasCost)
  return { ...worst, safeToleranceBps: findSafeTolerance(market, trade, gasCost) }
}

/** The largest tolerance in hundredths of a percent at which no attack pays; undefined where even the smallest can be attacked. */
function findSafeTolerance(market: Market, trade: Trade, gasCost: bigint): number | undefined {
  let safe = largestTriedToleranceBps
  for (const leg of legsOf(trade)) {
    if (leg.key.venue === 'weth') continue
    const attack = openAttack(market, trade, leg)
    if (!attack) continue
    const most = findLargest((front) => attack.succeeds(front, largestTriedToleranceBps), leg.amountIn)
    const net = (front: bigint) => toTokenSold(market, trade, leg, attack.profitOf(front)) - gasCost
    const best = findBest(net, most)
    if (net(best) <= 0n) continue
    // Up to its best size an attack gains with its size, and so with the loss that it needs the user to accept.
    const smallest = findLargest((front) => front < best && net(front) <= 0n, best) + 1n
    const needed = attack.lossOf(smallest)
    const whole = trade.mode === 'exactIn' ? trade.amountOut : trade.amountIn
    safe = Math.min(safe, Number((needed * 10_000n - 1n) / atLeastOne(whole)))
  }
  return safe < 0 ? undefined : safe
}

function findWorst(
  market: Market,
  trade: Trade,
  toleranceBps: number,
  gasCost: bigint,
): { attackerProfit: bigint; userLoss: bigint } {
  let worst = { attackerProfit: 0n, userLoss: 0n }
  for (const leg of legsOf(trade)) {
    if (leg.key.venue === 'weth') continue
    const attack = attackLeg(market, trade, leg, toleranceBps)
    if (!attack) continue
    const profit = toTokenSold(market, trade, leg, attack.profit) - gasCost
    if (profit > worst.attackerProfit) worst = { attackerProfit: profit, userLoss: attack.userLoss }
  }
  return worst
}

interface Attack {
  succeeds(front: bigint, toleranceBps: number): boolean
  /** In the leg's input token, before gas. */
  profitOf(front: bigint): bigint
  /** What the whole trade loses by it. */
  lossOf(front: bigint): bigint
}

function openAttack(market: Market, trade: Trade, leg: TradeLeg): Attack | undefined {
  const pool = market.pools.get(leg.poolId)?.pool
  if (!pool) return undefined
  const from = pool.tokens.indexOf(leg.tokenIn)
  const to = pool.tokens.indexOf(leg.tokenOut)
  const isExactIn = trade.mode === 'exactIn'
  // The part of the trade that depends on this leg, and the leg's own amount: losses carry over in proportion.
  const part = isExactIn ? legPartOut(trade, leg) : legPartIn(trade, leg)
  const own = isExactIn ? leg.amountOut : leg.amountIn
  const whole = isExactIn ? trade.amountOut : trade.amountIn
  const victimAfter = (front: bigint): { state: Pool; lost: bigint; sold: bigint } | undefined => {
    if (front > 0n && !pool.quoteExactIn(from, to, front).complete) return undefined
    const state = front > 0n ? pool.afterSwap(from, to, front) : pool
    const quote = isExactIn
      ? state.quoteExactIn(from, to, leg.amountIn)
      : state.quoteExactOut(from, to, leg.amountOut)
    if (!quote.complete) return undefined
    const lost = isExactIn ? leg.amountOut - quote.amountOut : quote.amountIn - leg.amountIn
    return { state, lost, sold: quote.amountIn }
  }
  return {
    succeeds(front, toleranceBps) {
      const victim = victimAfter(front)
      return victim !== undefined && victim.lost * part * 10_000n <= own * whole * BigInt(toleranceBps)
    },
    profitOf(front) {
      const victim = victimAfter(front)
      if (!victim || front === 0n) return 0n
      const bought = pool.quoteExactIn(from, to, front).amountOut
      const back = victim.state.afterSwap(from, to, victim.sold).quoteExactIn(to, from, bought)
      return back.complete ? back.amountOut - front : -front
    },
    lossOf: (front) => ((victimAfter(front)?.lost ?? 0n) * part) / atLeastOne(own),
  }
}

function attackLeg(
  market: Market,
  trade: Trade,
  leg: TradeLeg,
  toleranceBps: number,
): { readonly profit: bigint; readonly userLoss: bigint } | undefined {
  const attack = openAttack(market, trade, leg)
  if (!attack) return undefined
  const most = findLargest((front) => attack.succeeds(front, toleranceBps), leg.amountIn)
  if (most === 0n) return undefined
  const front = findBest(attack.profitOf, most)
  return { profit: attack.profitOf(front), userLoss: attack.lossOf(front) }
}

/** The part of the trade's output that depends on a leg; of a leg in the middle, in proportion to what it carries. */
function legPartOut(trade: Trade, leg: TradeLeg): bigint {
  const siblings = legsOf(trade).filter(({ tokenOut }) => tokenOut === leg.tokenOut)
  const made = siblings.reduce((sum, { amountOut }) => sum + amountOut, 0n)
  return atLeastOne((trade.amountOut * leg.amountOut) / atLeastOne(made))
}

function legPartIn(trade: Trade, leg: TradeLeg): bigint {
  const siblings = legsOf(trade).filter(({ tokenIn }) => tokenIn === leg.tokenIn)
  const taken = siblings.reduce((sum, { amountIn }) => sum + amountIn, 0n)
  return atLeastOne((trade.amountIn * leg.amountIn) / atLeastOne(taken))
}

const atLeastOne = (amount: bigint) => (amount > 0n ? amount : 1n)

/** The largest amount for which a falling condition still holds. */
function findLargest(holds: (amount: bigint) => boolean, start: bigint): bigint {
  let works = 0n
  let fails = atLeastOne(start)
  for (let doubling = 0; doubling < 24 && holds(fails); doubling += 1) {
    works = fails
    fails *= 4n
  }
  for (let step = 0; step < bisections && fails - works > 1n; step += 1) {
    const middle = (works + fails) / 2n
    if (holds(middle)) works = middle
    else fails = middle
  }
  return works
}

/** Where a function with one maximum is greatest, at the end of the range or inside it. */
function findBest(of: (amount: bigint) => bigint, most: bigint): bigint {
  let low = 0n
  let high = most
  for (let step = 0; step < thirdings && high - low > 2n; step += 1) {
    const third = (high - low) / 3n
    if (of(low + third) < of(high - third)) low += third
    else high -= third
  }
  const candidates = [low, (low + high) / 2n, high, most]
  return candidates.reduce((best, next) => (of(next) > of(best) ? next : best))
}

/** An amount of a leg's input token in the token sold, at the prices of the legs before it. */
function toTokenSold(market: Market, trade: Trade, leg: TradeLeg, amount: bigint): bigint {
  let token = leg.tokenIn
  let rate = 1
  for (let hop = 0; hop < 6 && token !== trade.tokenIn; hop += 1) {
    const before = legsOf(trade).find(({ tokenOut }) => tokenOut === token)
    if (!before) break
    rate /= before.key.venue === 'weth' ? 1 : spotRate(market, before, false)
    token = before.tokenIn
  }
  return amount <= 0n ? 0n : BigInt(Math.floor(Number(amount) * rate))
}
