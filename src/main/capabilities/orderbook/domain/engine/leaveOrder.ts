import { triggerOf } from './armOrder.ts'
import type { EndReason } from './events.ts'
import { isReserved, openRemaining } from './openRemaining.ts'
import { type EngineState, type OrderRecord, specialOf } from './state.ts'

/** Takes an order out of the book or from under its trigger; what is open of it is then in `remaining`. */
export function withdrawOrder(state: EngineState, record: OrderRecord): void {
  if (record.status === 'resting') {
    record.remaining = openRemaining(record)
    record.market.book.cancel(record.slot)
    state.resting.remove(record.slot)
  } else if (record.status === 'armed') {
    if (record.request.terms.type === 'trailingStop') record.market.trailing.delete(record)
    else record.market.triggers.remove(triggerOf(record))
  }
}

/** Ends an order; one with an execution in flight only stops being executable, and ends when that is settled. */
export function endOrder(state: EngineState, record: OrderRecord, reason: EndReason): void {
  // Several things that happened in one command may each want to end it.
  if (!state.orders.isLive(record)) return
  if (record.status !== 'closing') withdrawOrder(state, record)
  if (isReserved(record)) {
    record.status = 'closing'
    specialOf(record).closingReason = reason
    return
  }
  finishOrder(state, record, reason)
}

/** Says that an order is gone which the book, or a settlement, has left nothing to withdraw of. */
export function finishOrder(state: EngineState, record: OrderRecord, reason: EndReason): void {
  const { id } = record
  state.orders.end(record.number)
  state.events.push({ kind: 'ended', id, reason, remaining: record.remaining })
  const { special } = record
  if (special !== undefined && (special.group !== undefined || special.schedule !== undefined)) {
    state.followUps.push({ kind: 'ended', record, remaining: record.remaining })
  }
}

/** Cancels a resting order that has no record. */
export function cancelResting(state: EngineState, slot: number): void {
  const remaining = state.slots.remainingOf(slot)
  state.resting.marketOf(slot).book.cancel(slot)
  finishResting(state, slot, 'cancelled', remaining)
}

/** Says that a resting order without a record is gone, which its book has let go already. */
export function finishResting(state: EngineState, slot: number, reason: EndReason, remaining: bigint): void {
  const { orders, resting } = state
  const number = state.slots.numberOf(slot)
  orders.end(number)
  resting.remove(slot)
  state.events.push({ kind: 'ended', id: orders.idAt(number), reason, remaining })
}
