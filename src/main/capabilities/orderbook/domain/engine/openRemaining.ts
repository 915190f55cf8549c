import type { OrderRecord } from './state.ts'

/** What can still be executed of an order now: neither filled nor reserved; in the unit of its size. */
export function openRemaining(record: OrderRecord): bigint {
  return record.status === 'resting' ? record.market.book.slots.remainingOf(record.slot) : record.remaining
}

/** Whether an execution of the order outside the book is in flight. */
export function isReserved(record: OrderRecord): boolean {
  const reservations = record.special?.reservations
  return reservations !== undefined && reservations.size > 0
}
