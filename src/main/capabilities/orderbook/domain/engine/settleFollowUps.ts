import { armOrder } from './armOrder.ts'
import { endOrder, withdrawOrder } from './leaveOrder.ts'
import { isReserved } from './openRemaining.ts'
import {
  type EngineState,
  type GroupState,
  type OrderRecord,
  type ScheduleState,
  specialOf,
} from './state.ts'
import { submitOrder } from './submitOrder.ts'

/** Carries out what follows from fills, triggers and endings, in their order, until nothing follows any more. */
export function settleFollowUps(state: EngineState): void {
  const { followUps } = state
  for (let at = 0; at < followUps.length; at += 1) {
    const followUp = followUps[at]
    if (followUp === undefined) break
    const { record } = followUp
    const group = record.special?.group
    const schedule = record.special?.schedule
    if (followUp.kind === 'filled') {
      if (group !== undefined) followFill(state, group, record)
    } else if (followUp.kind === 'triggered') {
      endEntry(state, group)
    } else {
      if (group !== undefined) followEnding(state, group, record)
      if (schedule !== undefined) closeSlice(state, schedule, record, followUp.remaining)
    }
  }
  followUps.length = 0
}

/** Holds the other legs of a group back while one of them may be filled outside the book. */
export function holdOtherLegs(state: EngineState, record: OrderRecord): void {
  for (const leg of record.special?.group?.legs ?? []) {
    if (leg === record || !state.orders.isLive(leg)) continue
    if (leg.status === 'held' || leg.status === 'closing' || leg.status === 'waiting') continue
    specialOf(leg).heldFrom = leg.status
    withdrawOrder(state, leg)
    leg.status = 'held'
    state.events.push({ kind: 'held', id: leg.request.id })
  }
}

/** Gives the legs of a group their force back once nothing is in flight any more and none was filled. */
export function resumeLegs(state: EngineState, group: GroupState): void {
  for (const leg of [...group.legs]) {
    if (leg.status !== 'held' || !state.orders.isLive(leg)) continue
    if ([...group.legs].some((other) => isReserved(other) || hasFill(other))) return
    const special = specialOf(leg)
    const from = special.heldFrom
    special.heldFrom = undefined
    state.events.push({ kind: 'resumed', id: leg.request.id })
    if (from === 'armed') armOrder(leg)
    else submitOrder(state, leg)
  }
}

function followFill(state: EngineState, group: GroupState, record: OrderRecord): void {
  if (record === group.entry || !group.legs.has(record)) {
    growLegs(state, group, record.filledBase)
    return
  }
  for (const leg of [...group.legs]) {
    if (leg !== record && leg.status !== 'closing') endOrder(state, leg, 'otherLegFilled')
  }
  endEntry(state, group)
}

function endEntry(state: EngineState, group: GroupState | undefined): void {
  const entry = group?.entry
  if (entry !== undefined && entry.status !== 'closing') endOrder(state, entry, 'positionClosed')
}

/** The ways out are as large as what the entry has filled, within their own size. */
function growLegs(state: EngineState, group: GroupState, filledBase: bigint): void {
  for (const leg of group.legs) {
    if (!state.orders.isLive(leg) || (leg.status !== 'waiting' && leg.status !== 'armed')) continue
    const limit = leg.special?.growthLimit ?? leg.request.size
    const size = filledBase < limit ? filledBase : limit
    if (leg.status === 'armed' && size === leg.remaining) continue
    leg.remaining = size
    state.events.push({ kind: 'activated', id: leg.request.id, size })
    if (leg.status === 'waiting') armOrder(leg)
  }
}

function followEnding(state: EngineState, group: GroupState, record: OrderRecord): void {
  if (record === group.entry) {
    group.entry = undefined
    for (const leg of [...group.legs]) {
      if (leg.status === 'waiting') endOrder(state, leg, 'entryEnded')
    }
  } else if (group.legs.delete(record) && !hasFill(record)) {
    resumeLegs(state, group)
  }
  if (group.entry === undefined && group.legs.size === 0) state.groups.set(group.id, undefined)
}

function closeSlice(
  state: EngineState,
  schedule: ScheduleState,
  child: OrderRecord,
  remaining: bigint,
): void {
  schedule.filledBase += child.filledBase
  schedule.filledQuote += child.filledQuote
  schedule.carried += remaining
  schedule.closing.delete(child)
  if (schedule.child === child) schedule.child = undefined
  completeSchedule(state, schedule, false)
}

/** Ends a schedule that has nothing left to do: all slices are over, or it was cancelled, and nothing is in flight. */
export function completeSchedule(state: EngineState, schedule: ScheduleState, isTimeOver: boolean): void {
  const { id, slices, size, sizedIn } = schedule.request
  if (state.schedules.get(id) !== schedule || schedule.child !== undefined || schedule.closing.size > 0)
    return
  const remaining = size - (sizedIn === 'base' ? schedule.filledBase : schedule.filledQuote)
  const isDone = schedule.nextSlice === slices && (isTimeOver || remaining === 0n)
  if (!isDone && !schedule.isCancelled) return
  state.schedules.set(id, undefined)
  const reason = schedule.isCancelled ? 'cancelled' : 'completed'
  state.events.push({ kind: 'ended', id, reason, remaining })
}

function hasFill(record: OrderRecord): boolean {
  return record.filledBase > 0n || record.filledQuote > 0n
}
