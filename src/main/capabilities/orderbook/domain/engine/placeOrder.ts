import { armOrder, isConditional } from './armOrder.ts'
import type { EngineCommand, OrderRequest } from './commands.ts'
import { numberOwner, openMarket } from './createState.ts'
import { findOrderProblem } from './findProblem.ts'
import { isIdentifier } from './identifier.ts'
import { settleFollowUps } from './settleFollowUps.ts'
import {
  type EngineState,
  type GroupState,
  type OrderRecord,
  type ScheduleState,
  specialOf,
} from './state.ts'
import { submitOrder, submitPlain } from './submitOrder.ts'

/** Takes one order: into the book, or under its trigger. */
export function placeOrder(state: EngineState, request: OrderRequest): void {
  const problem = findOrderProblem(state, request)
  if (problem !== undefined) {
    state.events.push({ kind: 'rejected', id: request.id, reason: problem })
    return
  }
  if (isPlain(request)) {
    placePlain(state, request)
    return
  }
  const record = createRecord(state, request)
  state.events.push({ kind: 'accepted', id: request.id })
  if (isConditional(record)) {
    state.orders.keep(record)
    armOrder(record)
  } else {
    submitOrder(state, record)
  }
}

/** Whether the order rests in its book or has ended when it has met it: nothing of it is then left to be recorded. */
function isPlain({ terms, timeInForce }: OrderRequest): boolean {
  if (terms.type === 'limit') return true
  return (
    terms.type === 'market' && (timeInForce.kind === 'immediateOrCancel' || timeInForce.kind === 'fillOrKill')
  )
}

function placePlain(state: EngineState, request: OrderRequest): void {
  state.nextSequence += 1
  const number = takeIdentifier(state, request)
  state.events.push({ kind: 'accepted', id: request.id })
  submitPlain(state, request, number)
}

/** Takes two or more orders of which one fill ends the others; all of them, or none. */
export function placeOneCancelsOther(
  state: EngineState,
  command: Extract<EngineCommand, { kind: 'placeOneCancelsOther' }>,
): void {
  const { group: id, legs } = command
  if (legs.length < 2 || !areGroupable(state, id, legs)) return
  const group = addGroup(state, id)
  for (const leg of legs) group.legs.add(addRecord(state, leg, group, undefined))
  for (const leg of legs) state.events.push({ kind: 'accepted', id: leg.id })
  for (const record of [...group.legs]) {
    // An earlier leg may have been filled on arrival.
    if (!state.orders.isLive(record)) continue
    if (isConditional(record)) armOrder(record)
    else submitOrder(state, record)
    settleFollowUps(state)
  }
}

/** Takes an entry and the two ways out of what it will have filled, which wait for that. */
export function placeBracket(
  state: EngineState,
  command: Extract<EngineCommand, { kind: 'placeBracket' }>,
): void {
  const { group: id, entry, takeProfit, stopLoss } = command
  const isBracket =
    takeProfit.terms.type === 'takeProfit' &&
    (stopLoss.terms.type === 'stop' || stopLoss.terms.type === 'trailingStop') &&
    [takeProfit, stopLoss].every(
      (leg) => leg.market === entry.market && leg.side !== entry.side && leg.sizedIn === 'base',
    )
  if (!isBracket) {
    state.events.push({ kind: 'rejected', id, reason: 'invalidGroup' })
    return
  }
  if (!areGroupable(state, id, [entry, takeProfit, stopLoss])) return
  const group = addGroup(state, id)
  const record = addRecord(state, entry, group, undefined)
  group.entry = record
  for (const leg of [takeProfit, stopLoss]) group.legs.add(addRecord(state, leg, group, undefined))
  for (const order of [entry, takeProfit, stopLoss]) state.events.push({ kind: 'accepted', id: order.id })
  if (isConditional(record)) armOrder(record)
  else submitOrder(state, record)
}

/** Makes the record of an order that is known to be in order; it waits until somebody arms or submits it. */
export function addRecord(
  state: EngineState,
  request: OrderRequest,
  group: GroupState | undefined,
  schedule: ScheduleState | undefined,
): OrderRecord {
  const record = createRecord(state, request)
  if (group !== undefined) specialOf(record).group = group
  if (schedule !== undefined) specialOf(record).schedule = schedule
  state.orders.keep(record)
  return record
}

/** Takes the order's identifier and makes a record of it, which nobody will find but where somebody keeps it. */
function createRecord(state: EngineState, request: OrderRequest): OrderRecord {
  const sequence = state.nextSequence
  state.nextSequence += 1
  return {
    id: request.id,
    request,
    number: takeIdentifier(state, request),
    market: openMarket(state, request.market),
    owner: numberOwner(state, request.account),
    sequence,
    status: 'waiting',
    slot: -1,
    remaining: request.size,
    filledBase: 0n,
    filledQuote: 0n,
    special: undefined,
  }
}

/** The number of a new order; it is known as one that has ended until it rests or its record is kept. */
function takeIdentifier(state: EngineState, { id, timeInForce }: OrderRequest): number {
  const number = state.orders.add(id)
  if (timeInForce.kind === 'goodTillTime') {
    state.expiries.add({ expiresAtMs: timeInForce.expiresAtMs, id, number })
  }
  return number
}

function areGroupable(state: EngineState, id: string, orders: readonly OrderRequest[]): boolean {
  const reject = (reason: 'duplicateId' | 'invalidGroup') => {
    state.events.push({ kind: 'rejected', id, reason })
    return false
  }
  if (!isIdentifier(id)) return reject('invalidGroup')
  if (state.groups.has(id) || new Set(orders.map((order) => order.id)).size !== orders.length) {
    return reject('duplicateId')
  }
  for (const order of orders) {
    const problem = findOrderProblem(state, order)
    if (problem === undefined) continue
    state.events.push({ kind: 'rejected', id: order.id, reason: problem })
    return false
  }
  return true
}

function addGroup(state: EngineState, id: string): GroupState {
  const group: GroupState = { id, number: state.nextGroup, entry: undefined, legs: new Set() }
  state.nextGroup += 1
  state.groups.set(id, group)
  return group
}
