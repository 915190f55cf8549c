import { largerOf } from '../../../../shared/money/smallerOf.ts'
import type { BasisEvent } from './computeBasis.ts'

/**
 * Joins what a history tells with what is really held: what was there before it began comes first, at unknown cost; what is gone
 * without a trace goes last, at unknown proceeds. So the events always end with what is held.
 *
 * @param moves oldest first; positive for what came.
 */
export function settleHeld(
  moves: readonly { readonly units: bigint; readonly value: bigint | undefined }[],
  held: bigint,
): BasisEvent[] {
  let balance = 0n
  let lowest = 0n
  for (const { units } of moves) {
    balance += units
    if (balance < lowest) lowest = balance
  }
  // As much as never lets it fall below nothing, and at least what is missing at the end.
  const opening = largerOf(held - balance, -lowest)
  const vanished = opening + balance - held
  return [
    { direction: 'in', units: opening, value: undefined },
    ...moves.map(
      ({ units, value }): BasisEvent =>
        units < 0n ? { direction: 'out', units: -units, value } : { direction: 'in', units, value },
    ),
    { direction: 'out', units: vanished, value: undefined },
  ]
}
