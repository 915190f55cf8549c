import { reject } from './changeOrder.ts'
import type { EngineCommand, ScheduleRequest } from './commands.ts'
import { openMarket } from './createState.ts'
import { findScheduleProblem } from './findProblem.ts'
import { endOrder } from './leaveOrder.ts'
import { addRecord } from './placeOrder.ts'
import { completeSchedule, settleFollowUps } from './settleFollowUps.ts'
import type { EngineState, ScheduleState } from './state.ts'
import { submitOrder } from './submitOrder.ts'

/** Takes a schedule; its first slice comes with the first time at or after its start. */
export function addSchedule(state: EngineState, request: ScheduleRequest): void {
  const problem = findScheduleProblem(state, request)
  if (problem !== undefined) {
    reject(state, request.id, problem)
    return
  }
  state.schedules.set(request.id, {
    request,
    market: openMarket(state, request.market),
    sequence: state.nextSequence,
    nextSlice: 0,
    carried: 0n,
    filledBase: 0n,
    filledQuote: 0n,
    child: undefined,
    closing: new Set(),
    isCancelled: false,
  })
  state.nextSequence += 1
  state.events.push({ kind: 'accepted', id: request.id })
}

/** Lets time pass: first what has expired leaves, then due slices are placed, the earliest first. */
export function advanceTime(
  state: EngineState,
  { nowMs }: Extract<EngineCommand, { kind: 'advance' }>,
): void {
  if (!Number.isSafeInteger(nowMs) || nowMs < state.nowMs) {
    reject(state, 'time', 'timeRunsBackwards')
    return
  }
  state.nowMs = nowMs
  for (;;) {
    const id = state.expiries.takeExpired(nowMs)
    if (id === undefined) break
    const record = state.orders.get(id)
    if (record !== undefined && record.status !== 'closing') endOrder(state, record, 'expired')
    settleFollowUps(state)
  }
  const due: { readonly schedule: ScheduleState; readonly atMs: number }[] = []
  for (const schedule of state.schedules.values()) {
    if (schedule === undefined || schedule.isCancelled) continue
    const atMs = dueTimeOf(schedule.request, schedule.nextSlice)
    if (atMs <= nowMs) due.push({ schedule, atMs })
  }
  due.sort((a, b) => a.atMs - b.atMs || a.schedule.sequence - b.schedule.sequence)
  for (const { schedule } of due) placeSlice(state, schedule)
}

/** When a slice is due in milliseconds, or for the number after the last slice, when the last one is over. */
export function dueTimeOf(request: ScheduleRequest, slice: number): number {
  const { startMs, intervalMs, jitterMs, seed, slices } = request
  const atMs = startMs + slice * intervalMs
  return slice >= slices ? atMs : atMs + Math.floor((drawWord(seed, slice) / 2 ** 32) * (jitterMs + 1))
}

function placeSlice(state: EngineState, schedule: ScheduleState): void {
  const { request } = schedule
  const { slices, size } = request
  let last = schedule.nextSlice
  while (last < slices && dueTimeOf(request, last + 1) <= state.nowMs) last += 1
  const previous = schedule.child
  if (previous !== undefined) {
    schedule.closing.add(previous)
    schedule.child = undefined
    endOrder(state, previous, 'sliceOver')
    settleFollowUps(state)
  }
  if (!request.carriesOver) schedule.carried = 0n
  // Slices that nobody could place in time are made up for by one order, or skipped.
  const first = request.carriesOver ? schedule.nextSlice : Math.min(last, slices - 1)
  const isOver = last === slices
  const until = isOver ? slices : last + 1
  const hasSlice = schedule.nextSlice < until && (!isOver || request.carriesOver)
  const planned = hasSlice
    ? (size * BigInt(until)) / BigInt(slices) - (size * BigInt(first)) / BigInt(slices)
    : 0n
  schedule.nextSlice = until
  const amount = planned + (isOver && !hasSlice ? 0n : schedule.carried)
  if (amount > 0n) {
    schedule.carried = 0n
    placeChild(state, schedule, until - 1, amount)
  } else {
    completeSchedule(state, schedule, isOver)
  }
}

function placeChild(state: EngineState, schedule: ScheduleState, slice: number, size: bigint): void {
  const { id, account, market, side, sizedIn, limit } = schedule.request
  const child = addRecord(
    state,
    {
      id: `${id}#${slice}`,
      account,
      market,
      side,
      size,
      sizedIn,
      terms: limit === undefined ? { type: 'market' } : { type: 'limit', limit },
      timeInForce: { kind: 'goodTillCancelled' },
      postOnly: false,
      minimumFill: 0n,
      // A slice that meets its own account's order waits for the next one rather than trade in a circle.
      selfTrade: 'cancelTaking',
    },
    undefined,
    schedule,
  )
  schedule.child = child
  state.events.push({ kind: 'activated', id: child.request.id, size })
  submitOrder(state, child)
  settleFollowUps(state)
}

/** An even 32-bit draw that depends on seed and slice only, so that nothing but the request needs to be kept. */
function drawWord(seed: number, slice: number): number {
  let mixed = (seed + Math.imul(slice + 1, 0x9e3779b9)) >>> 0
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
  return (mixed ^ (mixed >>> 15)) >>> 0
}
