import { ByteReader, MalformedBytesError } from '../journal/ByteReader.ts'
import { armOrder } from './armOrder.ts'
import { createState, numberOwner, openMarket } from './createState.ts'
import { addRecord } from './placeOrder.ts'
import { type EngineState, type GroupState, type OrderRecord, specialOf } from './state.ts'
import { type RecordedOrder, type RecordedState, stateCodec } from './stateCodec.ts'
import { bringToBook, restInBook } from './submitOrder.ts'

/**
 * Makes the state that `encodeState` wrote: from here on it behaves as the one that was written.
 *
 * @throws MalformedBytesError
 */
export function restoreState(bytes: Uint8Array): EngineState {
  const reader = new ByteReader(bytes)
  const recorded = stateCodec.read(reader)
  reader.end()
  const state = createState(recorded.rules)
  for (const account of recorded.owners) numberOwner(state, account)
  for (const { name, observations } of recorded.markets) {
    const { window } = openMarket(state, name)
    for (const observation of observations) window.observe(observation)
  }
  const groups = restoreGroups(state, recorded)
  restoreSchedules(state, recorded)
  const live: OrderRecord[] = []
  for (const { id, record } of recorded.orders) {
    if (record === undefined) state.orders.add(id)
    else live.push(restoreOrder(state, record, groups))
  }
  // Time priority is the order of these numbers, whatever the order of arrival was.
  live.sort((a, b) => a.sequence - b.sequence)
  for (const record of live) {
    if (record.status === 'armed') armOrder(record)
    if (record.status !== 'resting') continue
    bringToBook(record)
    restInBook(state, record)
  }
  linkMembers(state, recorded, groups)
  for (const { name, order } of recorded.reservations) {
    state.reservations.set(name, order === undefined ? undefined : liveOrder(state, order))
  }
  state.nowMs = recorded.nowMs
  state.nextSequence = recorded.nextSequence
  state.nextGroup = recorded.nextGroup
  return state
}

function restoreGroups(state: EngineState, recorded: RecordedState): ReadonlyMap<string, GroupState> {
  const groups = new Map<string, GroupState>()
  for (const { id, live } of recorded.groups) {
    if (live !== undefined) groups.set(id, { id, number: live.number, entry: undefined, legs: new Set() })
    state.groups.set(id, groups.get(id))
  }
  return groups
}

function restoreSchedules(state: EngineState, recorded: RecordedState): void {
  for (const { id, live } of recorded.schedules) {
    state.schedules.set(
      id,
      live && {
        ...live,
        market: openMarket(state, live.request.market),
        child: undefined,
        closing: new Set(),
      },
    )
  }
}

function restoreOrder(
  state: EngineState,
  recorded: RecordedOrder,
  groups: ReadonlyMap<string, GroupState>,
): OrderRecord {
  const group = recorded.group === undefined ? undefined : groups.get(recorded.group)
  const schedule = recorded.schedule === undefined ? undefined : state.schedules.get(recorded.schedule)
  const record = addRecord(state, recorded.request, group, schedule)
  const { reservations, reportedFills } = recorded
  Object.assign(record, {
    sequence: recorded.sequence,
    status: recorded.status,
    remaining: recorded.remaining,
    filledBase: recorded.filledBase,
    filledQuote: recorded.filledQuote,
  })
  const parts = {
    isTriggered: recorded.isTriggered || undefined,
    growthLimit: recorded.growthLimit === recorded.request.size ? undefined : recorded.growthLimit,
    reservations:
      reservations.length === 0 ? undefined : new Map(reservations.map(({ name, size }) => [name, size])),
    reportedFills: reportedFills.length === 0 ? undefined : new Set(reportedFills),
    trailingBest: recorded.trailingBest,
    heldFrom: recorded.heldFrom,
    closingReason: recorded.closingReason,
  }
  if (Object.values(parts).some((part) => part !== undefined)) {
    Object.assign(specialOf(record), parts, { isTriggered: recorded.isTriggered })
  }
  return record
}

function linkMembers(
  state: EngineState,
  recorded: RecordedState,
  groups: ReadonlyMap<string, GroupState>,
): void {
  for (const { id, live } of recorded.groups) {
    const group = groups.get(id)
    if (group === undefined || live === undefined) continue
    group.entry = live.entry === undefined ? undefined : liveOrder(state, live.entry)
    for (const leg of live.legs) group.legs.add(liveOrder(state, leg))
  }
  for (const { id, live } of recorded.schedules) {
    const schedule = state.schedules.get(id)
    if (schedule === undefined || live === undefined) continue
    schedule.child = live.child === undefined ? undefined : liveOrder(state, live.child)
    for (const child of live.closing) schedule.closing.add(liveOrder(state, child))
  }
}

function liveOrder(state: EngineState, id: string): OrderRecord {
  const record = state.orders.get(id)
  if (record === undefined)
    throw new MalformedBytesError(`The state names an order that it does not hold: ${id}`)
  return record
}
