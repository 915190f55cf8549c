import type { feeSpeeds } from '../../../../shared/contract/transfers.ts'
import { mulDivUp } from '../../../../shared/money/mulDiv.ts'
import { type Wei, wei } from '../../../../shared/money/units.ts'
import type { FeeHistory } from './FeeHistory.ts'

export type FeeSpeed = (typeof feeSpeeds)[number]

/** Percentiles of the tips in recent blocks, lowest first, in the order of slow, normal and fast. */
export const rewardPercentiles = [10, 50, 90] as const

/** How far the base fee may rise before the transaction has to wait; it rises by at most an eighth a block (EIP-1559). */
const baseFeePercent: Record<FeeSpeed, bigint> = { slow: 125n, normal: 200n, fast: 300n }
const order: Record<FeeSpeed, number> = { slow: 0, normal: 1, fast: 2 }
/** Tips where recent blocks were empty and teach nothing, in multiples of the chain's minimum. */
const quietMultiple: Record<FeeSpeed, bigint> = { slow: 1n, normal: 1n, fast: 2n }

export interface FeesPerGas {
  readonly baseFeePerGas: Wei
  readonly maxFeePerGas: Wei
  readonly maxPriorityFeePerGas: Wei
}

/**
 * EIP-1559 fees per gas for a speed: the median of recent blocks' tips at the speed's percentile, never below the chain's minimum, never lower for a higher speed.
 *
 * @throws RangeError on a history without a base fee.
 */
export function computeFees(history: FeeHistory, speed: FeeSpeed, minimumTip: bigint): FeesPerGas {
  const baseFee = history.baseFeesPerGas.at(-1)
  if (baseFee === undefined) throw new RangeError('A fee history needs a base fee')
  // Empty blocks report zero tips, which nobody paid.
  const busy = history.rewards.filter((_, index) => (history.gasUsedRatios[index] ?? 0) > 0)
  let tip = minimumTip * quietMultiple[speed]
  // A node may report percentiles out of order; taking the highest up to this speed keeps a faster one from costing less.
  for (let index = 0; index <= order[speed]; index += 1) {
    const usual = median(busy.map((rewards) => rewards[index] ?? 0n))
    if (usual > tip) tip = usual
  }
  return {
    baseFeePerGas: wei(baseFee),
    maxFeePerGas: wei(mulDivUp(baseFee, baseFeePercent[speed], 100n) + tip),
    maxPriorityFeePerGas: wei(tip),
  }
}

function median(values: readonly bigint[]): bigint {
  const sorted = [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  return sorted[sorted.length >> 1] ?? 0n
}
