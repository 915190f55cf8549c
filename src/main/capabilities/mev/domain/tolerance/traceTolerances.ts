import type { CostPerGas } from '../../../router/index.ts'
import { AttackModel } from '../sandwich/AttackModel.ts'
import { describeAttack } from '../sandwich/assessSandwich.ts'
import type { ExposedTrade } from '../sandwich/ExposedTrade.ts'
import { findBestAttack } from '../sandwich/findBestAttack.ts'
import { limitAtTolerance } from '../sandwich/toleranceLimit.ts'
import { failureProbability } from './failureProbability.ts'
import type { InclusionTime } from './InclusionTime.ts'
import type { Volatility } from './measureVolatility.ts'

/** What one tolerance means: what it offers an attacker against how often it fails. */
export interface TolerancePoint {
  readonly toleranceE6: number
  /** After gas, in the token sold; zero where no attack pays. */
  readonly attackerProfit: bigint
  /** In the token that is not fixed. */
  readonly victimLoss: bigint
  readonly failureProbability: number
}

/** The whole choice for a slider: attacker's profit and probability of failure at each tolerance, in millionths. */
export function traceTolerances(
  trade: ExposedTrade,
  tolerancesE6: readonly number[],
  costPerGas: CostPerGas | undefined,
  volatility: Volatility,
  inclusion: InclusionTime,
): TolerancePoint[] {
  const model = new AttackModel(trade, costPerGas)
  return tolerancesE6.map((toleranceE6) => {
    const best = findBestAttack(model, limitAtTolerance(trade, toleranceE6))
    const attack = best === undefined || best.profit <= 0n ? undefined : describeAttack(trade, best)
    return {
      toleranceE6,
      attackerProfit: attack?.profit ?? 0n,
      victimLoss: attack?.victimLoss ?? 0n,
      failureProbability: failureProbability(trade.mode, toleranceE6, volatility, inclusion),
    }
  })
}
