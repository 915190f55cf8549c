import type { SandwichDrawing, TolerancePoint } from '../../../../shared/contract/swaps.ts'
import { baseUnits } from '../../../../shared/money/units.ts'
import {
  type AutomaticTolerance,
  chooseTolerance,
  drawSandwich,
  type ExposedLeg,
  type ExposedTrade,
  failureProbability,
  type InclusionTime,
  limitAtTolerance,
  openSandwich,
  type SandwichModel,
  toleranceOfLimit,
  traceTolerances,
  type Volatility,
} from '../../mev/index.ts'
import type { CostPerGas } from '../../router/index.ts'
import type { Market } from './findTrade.ts'
import { legsOf, type Trade, type TradeLeg } from './router/TradePlan.ts'

/** The most that somebody can gain by trading before and after a trade in the same block. */
export interface SandwichRisk {
  /** After gas, in the token sold; zero where it does not pay. */
  readonly attackerProfit: bigint
  /** In the token bought, or for an exact purchase what is paid more, in the token sold. */
  readonly userLoss: bigint
}

/** A trade as everybody would see it, and what gas costs an attacker. */
export interface Exposure {
  /** The worst within what the contracts enforce: the least to receive, or for a purchase the most to spend. */
  assess(limit: bigint): SandwichRisk
  /** What the best attack, or the trade alone where none pays, does to the price of the pool that it hits. */
  draw(toleranceBps: number): SandwichDrawing
  /** What each tolerance offers an attacker against how often it fails. */
  trace(
    tolerancesBps: readonly number[],
    volatility: Volatility,
    inclusion: InclusionTime,
  ): readonly TolerancePoint[]
  chooseTolerance(
    volatility: Volatility,
    inclusion: InclusionTime,
    visibility: 'public' | 'private',
  ): AutomaticTolerance
  failureAt(toleranceBps: number, volatility: Volatility, inclusion: InclusionTime): number
  /**
   * The largest tolerance in whole hundredths of a percent at which no attack pays, as things stand at the quote; undefined where
   * one pays even without any.
   */
  readonly safeToleranceBps: number | undefined
}

const largestToleranceBps = 5_000

/** `costPerGas`: in the token sold, what an attacker pays at least; no tip, so that he is never taken for weaker than he is. */
export function exposeTrade(market: Market, trade: Trade, costPerGas: CostPerGas | undefined): Exposure {
  const exposed = toExposed(market, trade)
  const sandwich = openSandwich(exposed, costPerGas)
  return {
    safeToleranceBps: findSafeTolerance(sandwich, exposed),
    assess(limit) {
      const attack = sandwich.findAttack(limit)
      return { attackerProfit: attack?.profit ?? 0n, userLoss: attack?.victimLoss ?? 0n }
    },
    draw(toleranceBps) {
      const attack = sandwich.findAttack(limitAtTolerance(exposed, toleranceBps * 100))
      const factor = limitFactor(exposed.mode, toleranceBps)
      // Pools count in tokens of their own: what can be compared is how far their prices move.
      const attacked = attack?.pools.map((pool) => drawAttack(pool, attack.gasCost, factor)) ?? []
      const [worst] = attacked.sort((a, b) => b.afterFrontRun - a.afterFrontRun)
      return worst ?? drawAlone(market, trade, factor)
    },
    trace: (tolerancesBps, volatility, inclusion) =>
      traceTolerances(
        exposed,
        tolerancesBps.map((bps) => bps * 100),
        costPerGas,
        volatility,
        inclusion,
      ).map(({ toleranceE6, attackerProfit, victimLoss, failureProbability }) => ({
        toleranceBps: toleranceE6 / 100,
        attackerProfit: baseUnits(attackerProfit),
        userLoss: baseUnits(victimLoss),
        failureBps: Math.ceil(failureProbability * 10_000),
      })),
    chooseTolerance: (volatility, inclusion, visibility) =>
      chooseTolerance({ trade: exposed, costPerGas, volatility, inclusion, visibility }),
    failureAt: (bps, volatility, inclusion) =>
      failureProbability(exposed.mode, bps * 100, volatility, inclusion),
  }
}

function findSafeTolerance(sandwich: SandwichModel, exposed: ExposedTrade): number | undefined {
  const safeLimit = sandwich.findSafeLimit()
  if (safeLimit === undefined) return largestToleranceBps
  const bps = Math.floor(toleranceOfLimit(exposed, safeLimit) / 100)
  if (bps === 0 && sandwich.findAttack(limitAtTolerance(exposed, 0))) return undefined
  return Math.min(largestToleranceBps, bps)
}

/** How much the average price may rise against the quote until the limit is broken. */
const limitFactor = (mode: ExposedTrade['mode'], toleranceBps: number) =>
  mode === 'exactIn' ? 10_000 / Math.max(1, 10_000 - toleranceBps) : 1 + toleranceBps / 10_000

function drawAttack(
  worst: Parameters<typeof drawSandwich>[0],
  gasCost: bigint,
  factor: number,
): SandwichDrawing {
  const picture = drawSandwich(worst)
  // A drawing tells what one unit costs: the inverse of what the model's prices say.
  const cost = (price: number) => picture.before / price
  return {
    poolId: worst.leg.pool.id,
    isAttacked: true,
    afterFrontRun: cost(picture.afterFrontRun),
    afterTrade: cost(picture.afterVictim),
    afterBackRun: cost(picture.afterBackRun),
    quoted: cost(picture.quotedAverage),
    paid: cost(picture.victimAverage),
    // Of a split only the sum is enforced: one pool may take the tolerance of all.
    limit: Math.max(cost(picture.quotedAverage) * factor, cost(picture.victimAverage)),
    frontRunUnits: baseUnits(worst.frontRunIn),
    gasUnits: baseUnits(gasCost),
  }
}

function drawAlone(market: Market, trade: Trade, factor: number): SandwichDrawing {
  const drawn = legsOf(trade).map((leg) => drawLeg(toExposedLeg(market, leg), factor))
  const [largest] = drawn.sort((a, b) => b.afterTrade - a.afterTrade)
  if (!largest) throw new RangeError('A trade has legs')
  return largest
}

function drawLeg(
  { pool, tokenIn, tokenOut, amountIn, amountOut }: ExposedLeg,
  factor: number,
): SandwichDrawing {
  const [from, to] = [pool.tokens.indexOf(tokenIn), pool.tokens.indexOf(tokenOut)]
  const before = pool.curve(from, to)?.logRate ?? 0
  const after = pool.afterSwap(from, to, amountIn).curve(from, to)?.logRate ?? before
  const quoted = (Math.exp(before) * Number(amountIn)) / Math.max(1, Number(amountOut))
  return {
    poolId: pool.id,
    isAttacked: false,
    afterFrontRun: 1,
    afterTrade: Math.exp(before - after),
    afterBackRun: Math.exp(before - after),
    quoted,
    paid: quoted,
    limit: quoted * factor,
    frontRunUnits: baseUnits(0n),
    gasUnits: baseUnits(0n),
  }
}

function toExposedLeg(market: Market, each: TradeLeg): ExposedLeg {
  const entry = market.pools.get(each.poolId)
  if (!entry) throw new RangeError(`No pool ${each.poolId} in this market`)
  const { tokenIn, tokenOut, amountIn, amountOut } = each
  return { pool: entry.pool, tokenIn, tokenOut, amountIn, amountOut }
}

function toExposed(market: Market, trade: Trade): ExposedTrade {
  const leg = (each: TradeLeg) => toExposedLeg(market, each)
  const { tokenIn, tokenOut, amountIn, amountOut } = trade
  return trade.mode === 'exactIn'
    ? { mode: 'exactIn', tokenIn, tokenOut, amountIn, amountOut, legs: trade.legs.map(leg) }
    : {
        mode: 'exactOut',
        tokenIn,
        tokenOut,
        amountIn,
        amountOut,
        paths: trade.paths.map(({ legs }) => legs.map(leg)),
      }
}
