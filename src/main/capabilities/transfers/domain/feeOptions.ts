import { feeSpeeds, type TransferPreview } from '../../../../shared/contract/transfers.ts'
import { mulDivUp } from '../../../../shared/money/mulDiv.ts'
import { smallerOf } from '../../../../shared/money/smallerOf.ts'
import { wei } from '../../../../shared/money/units.ts'
import { computeFees, type FeesPerGas } from './computeFees.ts'
import type { FeeHistory } from './FeeHistory.ts'

/** Nobody waits for more blocks than this for anything that a wallet offers. */
const longestWaitBlocks = 30

/** What is really paid per gas if the base fee stays as it is. */
export function effectiveFeePerGas({
  maxFeePerGas,
  baseFeePerGas,
  maxPriorityFeePerGas,
}: FeesPerGas): bigint {
  return smallerOf<bigint>(maxFeePerGas, baseFeePerGas + maxPriorityFeePerGas)
}

/** What the fee for publishing may rise to until the transaction is in a block: it follows another chain's base fee. */
export function addDataMargin(dataFee: bigint | undefined): bigint {
  return dataFee === undefined ? 0n : mulDivUp(dataFee, 5n, 4n)
}

/**
 * Fees of which every unit is paid: maximum and tip are one and the same, so that what it costs is known beforehand. The base fee may
 * rise for two blocks before the transaction has to wait.
 */
export function computeExactFees(history: FeeHistory, usual: FeesPerGas): FeesPerGas {
  const baseFee = history.baseFeesPerGas.at(-1) ?? usual.baseFeePerGas
  // An eighth a block (EIP-1559), twice: 81/64.
  const maximum = mulDivUp(baseFee, 81n, 64n) + usual.maxPriorityFeePerGas
  return { ...usual, maxFeePerGas: wei(maximum), maxPriorityFeePerGas: wei(maximum) }
}

/**
 * How many blocks a transaction with this tip likely waits: of the recent blocks that were in use, how many took somebody who paid
 * no more.
 */
export function estimateWaitBlocks({ rewards, gasUsedRatios }: FeeHistory, tip: bigint): number {
  const busy = rewards.filter((_, index) => (gasUsedRatios[index] ?? 0) > 0)
  if (busy.length === 0) return 1
  const taken = busy.filter(([lowest]) => lowest === undefined || lowest <= tip).length
  return taken === 0 ? longestWaitBlocks : Math.min(longestWaitBlocks, Math.ceil(busy.length / taken))
}

/** What each speed costs, and how long it waits. */
export function listFeeOptions(about: {
  readonly history: FeeHistory
  readonly minimumTip: bigint
  readonly gasLimit: bigint
  readonly gasUsed: bigint
  readonly dataFee: bigint | undefined
  readonly blockTimeSeconds: number
}): TransferPreview['feeOptions'] {
  return feeSpeeds.map((speed) => {
    const fees = computeFees(about.history, speed, about.minimumTip)
    return {
      speed,
      expected: wei(about.gasUsed * effectiveFeePerGas(fees) + (about.dataFee ?? 0n)),
      maximum: wei(about.gasLimit * fees.maxFeePerGas + addDataMargin(about.dataFee)),
      waitSeconds: estimateWaitBlocks(about.history, fees.maxPriorityFeePerGas) * about.blockTimeSeconds,
    }
  })
}
