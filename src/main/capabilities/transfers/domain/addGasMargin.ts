import { mulDivUp } from '../../../../shared/money/mulDiv.ts'
import { type GasUnits, gasUnits } from '../../../../shared/money/units.ts'

/** Gas of a payment to an account without code, which nothing can change before it executes. */
export const plainPaymentGas = 21_000n

/** Adds a fifth, rounded up, because a contract's state may change between estimate and block; a plain payment needs none. */
export function addGasMargin(estimate: bigint): GasUnits {
  return gasUnits(estimate === plainPaymentGas ? estimate : mulDivUp(estimate, 120n, 100n))
}
