import type { Order, OrderLeg, OrderWaiting } from '../../../shared/contract/orders.ts'
import { baseUnits } from '../../../shared/money/units.ts'
import { dueTimeOf, type OrderEngine, type OrderView } from '../orderbook/index.ts'
import type { OrderRecord, PlannedLeg } from './orders.ports.ts'

/** What the engine fills for a leg now: the leg itself, or the slice that is due. */
export function engineIdOf(engine: OrderEngine, leg: PlannedLeg): string | undefined {
  if (leg.role !== 'slices') return leg.id
  return engine.state.schedules.get(leg.id)?.child?.request.id
}

/** Whether something can still be filled of a leg, now or after another one. */
export function isLegOpen(engine: OrderEngine, leg: PlannedLeg): boolean {
  return leg.role === 'slices'
    ? engine.state.schedules.get(leg.id) !== undefined
    : engine.order(leg.id) !== undefined
}

const nextBlock = { reason: 'nextBlock' } as const
const states = {
  waiting: 'waiting',
  armed: 'armed',
  resting: 'working',
  working: 'working',
  held: 'held',
  closing: 'working',
} as const

/** An order as it is shown: what was asked for, and where each of its parts stands. */
export function describeOrder(
  record: OrderRecord,
  engine: OrderEngine,
  waitingOf: (engineId: string) => OrderWaiting | undefined,
): Order {
  const { order, legs, fills, ruleIds } = record
  return {
    ...order,
    ruleIds: [...ruleIds],
    fills: [...fills],
    legs: legs.map((leg) =>
      leg.role === 'slices'
        ? describeSlices(record, leg, engine, waitingOf)
        : describeLeg(leg, engine.order(leg.id), waitingOf(leg.id)),
    ),
  }
}

function describeLeg(
  leg: PlannedLeg,
  view: OrderView | undefined,
  waiting: OrderWaiting | undefined,
): OrderLeg {
  const state = view ? states[view.status] : 'ended'
  // Whatever it waits for: without its rule nothing comes of it.
  const lost = waiting?.reason === 'ruleEnded' ? waiting : undefined
  const reason = view && (lost ?? waitingInState(state) ?? waiting ?? triggerOf(leg, state) ?? nextBlock)
  return {
    id: leg.id,
    role: leg.role,
    side: leg.side,
    state,
    ...(leg.trigger ? { trigger: leg.trigger } : {}),
    limit: leg.limit,
    open: baseUnits(view ? view.open + view.reserved : 0n),
    ...(reason ? { waiting: reason } : {}),
  }
}

function waitingInState(state: OrderLeg['state']): OrderWaiting | undefined {
  if (state === 'waiting') return { reason: 'entry' }
  return state === 'held' ? { reason: 'otherLeg' } : undefined
}

/** The distance comes with the watching; until then nothing but the trigger itself is known. */
function triggerOf(leg: PlannedLeg, state: OrderLeg['state']): OrderWaiting | undefined {
  return state === 'armed' && leg.trigger ? { reason: 'trigger', trigger: leg.trigger } : undefined
}

function describeSlices(
  { order, fills }: OrderRecord,
  leg: PlannedLeg,
  engine: OrderEngine,
  waitingOf: (engineId: string) => OrderWaiting | undefined,
): OrderLeg {
  const schedule = engine.state.schedules.get(leg.id)
  const filled = fills.reduce((sum, { sold }) => sum + sold, 0n)
  const child = schedule?.child?.request.id
  const lost = waitingOf(leg.id)
  const waiting: OrderWaiting | undefined =
    schedule &&
    (lost?.reason === 'ruleEnded'
      ? lost
      : child === undefined
        ? { reason: 'slice', atMs: dueTimeOf(schedule.request, schedule.nextSlice) }
        : (waitingOf(child) ?? nextBlock))
  return {
    id: leg.id,
    role: 'slices',
    side: leg.side,
    state: schedule ? 'working' : 'ended',
    limit: leg.limit,
    open: baseUnits(schedule && order.size > filled ? order.size - filled : 0n),
    ...(waiting ? { waiting } : {}),
  }
}
