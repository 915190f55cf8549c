import type { SignedOrderState } from '../../../../shared/contract/signedOrders.ts'
import type { Address } from '../../../../shared/identity/identity.ts'
import { decodeMakerTraits, usesBitInvalidator } from '../../../../shared/limitOrder/makerTraits.ts'
import { baseUnits } from '../../../../shared/money/units.ts'
import { judgeOrder, type OrderFacts, readRemaining } from '../../orderbook/index.ts'
import type { SignedOrderRecord } from './SignedOrderRecord.ts'

/** A record and where it stands, by what the chain says now. */
export interface AdvancedRecord {
  readonly record: SignedOrderRecord
  readonly state: SignedOrderState
}

/**
 * Judges an order by the chain's facts, and keeps what is final.
 *
 * @param taker who would fill it: one of the user's accounts that may, where there is one.
 * @param isCancelled whether a cancellation of the user's is in a block.
 */
export function advanceRecord(
  record: SignedOrderRecord,
  facts: OrderFacts,
  taker: Address,
  isCancelled: boolean,
): AdvancedRecord {
  const { order, extension } = record.signed
  const verdict = judgeOrder(order, extension, taker, facts)
  const traits = decodeMakerTraits(order.makerTraits)
  const isCounted = traits !== undefined && !usesBitInvalidator(traits)
  const remaining = isCounted ? readRemaining(order.makingAmount, facts.rawRemaining) : order.makingAmount
  // The contract counts a cancelled order as if nothing remained of it.
  const isFilledFurther = isCounted && facts.isSignedByMaker && !isCancelled && remaining > 0n
  const seen = isFilledFurther ? { ...record, filled: order.makingAmount - remaining } : record
  const end = (ended: NonNullable<SignedOrderRecord['ended']>): AdvancedRecord => ({
    record: { ...seen, ended, filled: ended === 'filled' ? order.makingAmount : seen.filled },
    state: { kind: ended },
  })
  switch (verdict.kind) {
    case 'fillable':
      return {
        record: seen,
        state: { kind: 'fillable', making: baseUnits(verdict.making), taking: baseUnits(verdict.taking) },
      }
    case 'unfunded':
      return {
        record: seen,
        state: {
          kind: 'unfunded',
          remaining: baseUnits(verdict.remaining),
          available: baseUnits(verdict.available),
          limit: verdict.limit,
        },
      }
    case 'expired':
      return end('expired')
    case 'epochOver':
      return end('cancelled')
    case 'usedUp':
      if (isCancelled) return end('cancelled')
      // Of one's own every cancellation is known here; of alternatives one was filled, and nobody says which.
      return end(record.accountId !== undefined && record.alternativesId === undefined ? 'filled' : 'usedUp')
    case 'malformed':
      return { record: seen, state: { kind: 'unsupported' } }
    case 'badSignature':
    case 'forSomebodyElse':
    case 'predicateFails':
    case 'contractPaused':
      return { record: seen, state: { kind: verdict.kind } }
  }
}
