import type { CostPerGas } from '../../../router/index.ts'
import { AttackModel, type Attempt, type Strike } from './AttackModel.ts'
import { type ExposedLeg, type ExposedTrade, legsOf } from './ExposedTrade.ts'
import { findBestAttack } from './findBestAttack.ts'
import { findSafeLimit } from './findSafeLimit.ts'
import { toleranceOfLimit } from './toleranceLimit.ts'

/** One pool of a sandwich: what the attacker does there, and the states that he and the victim leave, for drawing. */
export interface PoolAttack {
  readonly leg: ExposedLeg
  /** In the leg's input token, as is `backRunOut`. */
  readonly frontRunIn: bigint
  readonly frontRunOut: bigint
  readonly backRunOut: bigint
  readonly states: Pick<Strike, 'before' | 'afterFrontRun' | 'afterVictim'>
}

/** The best sandwich that somebody could make of a trade. */
export interface SandwichAttack {
  /** Mostly one; several where sharing the tolerance takes more. */
  readonly pools: readonly PoolAttack[]
  /** After gas, in the token sold, rounded in the attacker's favour. */
  readonly profit: bigint
  /** Of both his transactions, in the token sold. */
  readonly gasCost: bigint
  /** What the victim pays and gets under the attack. */
  readonly victimSold: bigint
  readonly victimBought: bigint
  /** Against the quote: fewer units bought, or for a purchase more units sold. */
  readonly victimLoss: bigint
}

export interface SandwichAssessment {
  /** The best attack within the limit that leaves the attacker a profit; undefined where none does. */
  readonly attack: SandwichAttack | undefined
  /** The loosest limit at which no attack pays; undefined where none pays up to half of the trade. */
  readonly safeLimit: bigint | undefined
  /** The same in millionths of the quote, rounded down. */
  readonly safeToleranceE6: number | undefined
}

/** What an attacker could do to one trade, each part computed when it is asked for. */
export interface SandwichModel {
  /** The best attack within a limit that leaves the attacker a profit; undefined where none does. */
  findAttack(limit: bigint): SandwichAttack | undefined
  /** The loosest limit at which no attack pays; undefined where none pays up to half of the trade. */
  findSafeLimit(): bigint | undefined
}

/**
 * Opens a trade to an attacker who sees it before it is in a block in which nothing else happens. Limits are the least to receive,
 * or for a purchase the most to spend, as the contracts enforce them.
 *
 * @param costPerGas in base units of the token sold, at the base fee alone: a tip would only lessen his profit. Without it gas
 *   counts as free.
 */
export function openSandwich(trade: ExposedTrade, costPerGas: CostPerGas | undefined): SandwichModel {
  const model = new AttackModel(trade, costPerGas)
  return {
    findAttack(limit) {
      const best = findBestAttack(model, limit)
      return best !== undefined && best.profit > 0n ? describeAttack(trade, best) : undefined
    },
    findSafeLimit: () => findSafeLimit(model),
  }
}

/** The worst that a sandwich can do to exactly this trade within a limit, and the loosest limit that is safe. */
export function assessSandwich(
  trade: ExposedTrade,
  limit: bigint,
  costPerGas: CostPerGas | undefined,
): SandwichAssessment {
  const model = openSandwich(trade, costPerGas)
  const safeLimit = model.findSafeLimit()
  return {
    attack: model.findAttack(limit),
    safeLimit,
    safeToleranceE6: safeLimit === undefined ? undefined : toleranceOfLimit(trade, safeLimit),
  }
}

/** An attempt in the trade's own words. */
export function describeAttack(
  trade: ExposedTrade,
  { strikes, run, profit, gasCost }: Attempt,
): SandwichAttack {
  const legs = legsOf(trade)
  return {
    pools: strikes.map(({ leg, amountIn, amountOut, backRunOut, before, afterFrontRun, afterVictim }) => ({
      leg: legs[leg] as ExposedLeg,
      frontRunIn: amountIn,
      frontRunOut: amountOut,
      backRunOut,
      states: { before, afterFrontRun, afterVictim },
    })),
    profit,
    gasCost,
    victimSold: run.sold,
    victimBought: run.bought,
    victimLoss: trade.mode === 'exactIn' ? trade.amountOut - run.bought : run.sold - trade.amountIn,
  }
}
