import type { CostPerGas } from '../../../router/index.ts'
import { AttackModel } from './AttackModel.ts'
import type { ExposedTrade } from './ExposedTrade.ts'
import { findBestAttack } from './findBestAttack.ts'
import { scaleTrade } from './scaleTrade.ts'
import { limitAtTolerance } from './toleranceLimit.ts'

const WHOLE = 1000

/**
 * Finds the largest part of a trade, in thousandths over the same legs, that no sandwich pays to attack at this tolerance:
 * 1000 where the whole is safe, 0 where not even a thousandth is.
 */
export function findSafeSize(
  trade: ExposedTrade,
  toleranceE6: number,
  costPerGas: CostPerGas | undefined,
): number {
  const isSafe = (thousandths: number) => {
    const part = scaleTrade(trade, thousandths)
    if (part === undefined) return false
    const best = findBestAttack(new AttackModel(part, costPerGas), limitAtTolerance(part, toleranceE6))
    return best === undefined || best.profit <= 0n
  }
  if (isSafe(WHOLE)) return WHOLE
  let safe = 0
  let unsafe = WHOLE
  while (unsafe - safe > 1) {
    const middle = (safe + unsafe) >> 1
    if (isSafe(middle)) safe = middle
    else unsafe = middle
  }
  return safe
}
