import { reject } from './changeOrder.ts'
import type { EngineCommand } from './commands.ts'
import { isIdentifier } from './identifier.ts'
import { finishOrder, withdrawOrder } from './leaveOrder.ts'
import { isReserved, openRemaining } from './openRemaining.ts'
import { holdOtherLegs, resumeLegs, settleFollowUps } from './settleFollowUps.ts'
import { type EngineState, type OrderRecord, specialOf } from './state.ts'
import { limitOf, noteFill, submitOrder } from './submitOrder.ts'

/** Sets a part of an order aside for an execution outside the book, so that nothing else can use it meanwhile. */
export function reserve(state: EngineState, command: Extract<EngineCommand, { kind: 'reserve' }>): void {
  const { id, reservation, size } = command
  const record = state.orders.get(id)
  if (record === undefined) {
    reject(state, id, 'unknownId')
    return
  }
  if (!isIdentifier(reservation) || state.reservations.has(reservation)) {
    reject(state, reservation, 'duplicateReservation')
    return
  }
  if (record.status === 'held') {
    reject(state, id, 'heldByGroup')
    return
  }
  if (record.status !== 'resting' && record.status !== 'working') {
    reject(state, id, 'notExecutable')
    return
  }
  const open = openRemaining(record)
  if (size <= 0n || size > open) {
    reject(state, id, 'tooMuch')
    return
  }
  if (size < record.request.minimumFill && size !== open) {
    reject(state, id, 'notExecutable')
    return
  }
  takeOpen(state, record, size, open)
  const special = specialOf(record)
  special.reservations ??= new Map()
  special.reservations.set(reservation, size)
  state.reservations.set(reservation, record)
  state.events.push({ kind: 'reserved', id, reservation, size })
  holdOtherLegs(state, record)
}

/** Ends a reservation with what was filled under it; the rest is open again, in its old place where it still has one. */
export function settle(state: EngineState, command: Extract<EngineCommand, { kind: 'settle' }>): void {
  const { reservation, base, quote } = command
  const record = state.reservations.get(reservation)
  const size = record?.special?.reservations?.get(reservation)
  if (record === undefined || size === undefined) {
    reject(state, reservation, 'unknownReservation')
    return
  }
  const filled = record.request.sizedIn === 'base' ? base : quote
  if (base < 0n || quote < 0n || filled > size) {
    reject(state, reservation, 'tooMuch')
    return
  }
  const { id } = record.request
  state.reservations.set(reservation, undefined)
  record.special?.reservations?.delete(reservation)
  if (base > 0n || quote > 0n) {
    state.events.push({ kind: 'filledOutside', id, base, quote })
    noteFill(state, record, base, quote)
  }
  if (filled < size) state.events.push({ kind: 'released', id, reservation })
  // A leg beside this one must be gone before the rest of this one is matched again.
  settleFollowUps(state)
  giveBack(state, record, size - filled)
  settleFollowUps(state)
  const group = record.special?.group
  if (group !== undefined && !isReserved(record)) resumeLegs(state, group)
}

/** Counts a fill that somebody else brought about. */
export function reportFill(
  state: EngineState,
  command: Extract<EngineCommand, { kind: 'reportFill' }>,
): void {
  const { id, fill, base, quote } = command
  const record = state.orders.get(id)
  if (record === undefined) {
    reject(state, id, 'unknownId')
    return
  }
  if (record.status === 'waiting') {
    reject(state, id, 'notExecutable')
    return
  }
  if (!isIdentifier(fill) || record.special?.reportedFills?.has(fill)) {
    reject(state, id, 'duplicateFill')
    return
  }
  const filled = record.request.sizedIn === 'base' ? base : quote
  const open = openRemaining(record)
  if (base <= 0n || quote <= 0n || filled > open) {
    reject(state, id, 'tooMuch')
    return
  }
  const special = specialOf(record)
  special.reportedFills ??= new Set()
  special.reportedFills.add(fill)
  state.events.push({ kind: 'filledOutside', id, base, quote })
  noteFill(state, record, base, quote)
  if (filled === open && !isReserved(record)) {
    withdrawOrder(state, record)
    record.remaining = 0n
    finishOrder(state, record, 'filled')
  } else {
    takeOpen(state, record, filled, open)
  }
}

function takeOpen(state: EngineState, record: OrderRecord, size: bigint, open: bigint): void {
  if (record.status === 'resting' && size < open) {
    record.market.book.reduce(record.slot, size)
    return
  }
  if (record.status === 'resting') {
    withdrawOrder(state, record)
    record.status = 'working'
  }
  record.remaining = open - size
}

function giveBack(state: EngineState, record: OrderRecord, size: bigint): void {
  if (record.status === 'resting') {
    if (size > 0n) record.market.book.restore(record.slot, size)
    return
  }
  record.remaining += size
  if (record.remaining === 0n) {
    if (!isReserved(record)) finishOrder(state, record, 'filled')
  } else if (record.status === 'closing') {
    if (!isReserved(record)) finishOrder(state, record, record.special?.closingReason ?? 'cancelled')
  } else if (record.status === 'working' && size > 0n && limitOf(record) !== undefined) {
    submitOrder(state, record)
  }
}
