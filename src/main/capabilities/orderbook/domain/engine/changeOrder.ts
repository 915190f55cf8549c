import type { EngineCommand } from './commands.ts'
import type { RejectionReason } from './events.ts'
import { cancelResting, endOrder } from './leaveOrder.ts'
import { openRemaining } from './openRemaining.ts'
import { completeSchedule } from './settleFollowUps.ts'
import { type EngineState, specialOf } from './state.ts'

/** Cancels an order, a whole group or a schedule by its identifier. */
export function cancel(state: EngineState, id: string): void {
  const record = state.orders.find(id)
  if (typeof record === 'number') {
    cancelResting(state, record)
    return
  }
  if (record !== undefined && record.status !== 'closing') {
    endOrder(state, record, 'cancelled')
    return
  }
  // A look into an empty map is not free: the text must be hashed for it.
  const schedule = state.schedules.size === 0 ? undefined : state.schedules.get(id)
  if (schedule !== undefined && !schedule.isCancelled) {
    schedule.isCancelled = true
    if (schedule.child !== undefined) {
      schedule.closing.add(schedule.child)
      endOrder(state, schedule.child, 'cancelled')
    }
    completeSchedule(state, schedule, true)
    return
  }
  const group = state.groups.size === 0 ? undefined : state.groups.get(id)
  if (group === undefined) {
    reject(state, id, record === undefined ? 'unknownId' : 'notExecutable')
    return
  }
  // The legs first: ending the entry would end those that wait for it, under another reason.
  for (const member of [...group.legs, group.entry]) {
    if (member !== undefined && member.status !== 'closing') endOrder(state, member, 'cancelled')
  }
}

/** Takes some of an order's open size away; all of it is a cancellation. */
export function reduce(state: EngineState, command: Extract<EngineCommand, { kind: 'reduce' }>): void {
  const { id, by } = command
  const record = state.orders.get(id)
  if (record === undefined) {
    reject(state, id, 'unknownId')
    return
  }
  if (record.status === 'closing' || by <= 0n) {
    reject(state, id, 'notExecutable')
    return
  }
  const open = openRemaining(record)
  if (by >= open) {
    endOrder(state, record, 'cancelled')
    return
  }
  if (record.status === 'resting') record.market.book.reduce(record.slot, by)
  else record.remaining -= by
  specialOf(record).growthLimit = open - by
  state.events.push({ kind: 'reduced', id, remaining: open - by })
}

export function reject(state: EngineState, id: string, reason: RejectionReason): void {
  state.events.push({ kind: 'rejected', id, reason })
}
