import { mulDivDown, mulDivUp } from '../../../../../shared/money/mulDiv.ts'
import type { ExposedTrade } from './ExposedTrade.ts'

/** Tolerances are counted in millionths of what was quoted. */
export const WHOLE_E6 = 1_000_000

/** The largest tolerance that is looked at: half of the trade. */
export const LARGEST_TOLERANCE_E6 = 500_000

/**
 * What the contracts enforce for a tolerance: the least that must arrive, rounded up, or the most that may leave, rounded down.
 * @throws RangeError outside 0 to 1,000,000.
 */
export function limitAtTolerance(trade: ExposedTrade, toleranceE6: number): bigint {
  if (!Number.isInteger(toleranceE6) || toleranceE6 < 0 || toleranceE6 > WHOLE_E6) {
    throw new RangeError(`A tolerance is 0 to ${WHOLE_E6} millionths: ${toleranceE6}`)
  }
  const whole = BigInt(WHOLE_E6)
  return trade.mode === 'exactIn'
    ? mulDivUp(trade.amountOut, whole - BigInt(toleranceE6), whole)
    : mulDivDown(trade.amountIn, whole + BigInt(toleranceE6), whole)
}

/** The tolerance that a limit stands for, in millionths, rounded down; zero for a limit that the quote itself breaks. */
export function toleranceOfLimit(trade: ExposedTrade, limit: bigint): number {
  const [room, quoted] =
    trade.mode === 'exactIn'
      ? [trade.amountOut - limit, trade.amountOut]
      : [limit - trade.amountIn, trade.amountIn]
  return room <= 0n ? 0 : Number(mulDivDown(room, BigInt(WHOLE_E6), quoted))
}
