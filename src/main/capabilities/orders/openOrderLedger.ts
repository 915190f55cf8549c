import type { Order, OrderFill, OrderId } from '../../../shared/contract/orders.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import { baseUnits } from '../../../shared/money/units.ts'
import {
  type DurableEngine,
  defaultPriceWindowRules,
  type EngineCommand,
  type EngineEvent,
  type JournalFile,
  type OrderEngine,
  openDurableEngine,
} from '../orderbook/index.ts'
import { legIdOf, orderIdOf, placedIdOf } from './domain/orderIds.ts'
import type { Execution, OrderRecord, OrderStore } from './orders.ports.ts'

/** The orders as kept, and the engine that knows where each stands; what is told by one is written to the other. */
export interface OrderLedger {
  readonly engine: OrderEngine
  /** Open orders, and ended ones whose rules may still hold; oldest first. */
  records(): readonly OrderRecord[]
  find(orderId: OrderId): OrderRecord | undefined
  executions(): readonly Execution[]
  /** Carries out a command durably, and writes what it did to the orders. @throws AppError `order.*` where the engine refuses it. */
  execute(command: EngineCommand): Promise<readonly EngineEvent[]>
  /** The same for a command whose refusal is an answer: whether it was taken. */
  attempt(command: EngineCommand): Promise<boolean>
  /** Ends whatever of an order is not on its way to be filled. */
  cancel(record: OrderRecord): Promise<void>
  /** Writes an order down and gives it to the engine. */
  open(record: OrderRecord): Promise<void>
  update(record: OrderRecord): void
  /** Why an order that is about to be cancelled ends, where that is not the user's wish. */
  explainEnd(orderId: OrderId, because: NonNullable<Order['endedBecause']>): void
  addExecution(execution: Execution): void
  /** Ends an execution with what it exchanged, in the orders and in the engine; repeated after a crash it counts once. */
  settle(execution: Execution, fill: OrderFill | undefined): Promise<void>
  /** Keeps the journal short; for quiet moments. */
  compactIfLong(): Promise<void>
}

export interface OrderLedgerDependencies {
  readonly store: OrderStore
  readonly journal: JournalFile
  readonly nowMs: () => number
  onChanged(record: OrderRecord): void
  onFilled(record: OrderRecord, fill: OrderFill): void
}

/** Commands after which the journal is written anew from the state that they led to. */
const longJournal = 5_000

/**
 * Opens the orders of earlier sessions: whatever a crash left half done is done.
 *
 * @throws AppError `storage.damaged`, `storage.writeFailed`
 */
export async function openOrderLedger(deps: OrderLedgerDependencies): Promise<OrderLedger> {
  const { store, nowMs } = deps
  const durable: DurableEngine = await openDurableEngine(deps.journal, defaultPriceWindowRules)
  const { engine } = durable
  const live = new Map<OrderId, OrderRecord>(store.listLive().map((record) => [record.order.id, record]))
  const openExecutions = new Map<string, Execution>(store.listOpenExecutions().map((each) => [each.id, each]))
  const explanations = new Map<OrderId, NonNullable<Order['endedBecause']>>()
  let commands = 0
  let underWay = 0

  function isLiveInEngine({ order, legs }: OrderRecord): boolean {
    return (
      engine.state.schedules.get(order.id) !== undefined ||
      legs.some(({ id }) => engine.order(id) !== undefined)
    )
  }

  function save(record: OrderRecord): void {
    store.updateOrder(record)
    if (record.order.status === 'open' || record.hasRules) live.set(record.order.id, record)
    else live.delete(record.order.id)
    deps.onChanged(record)
  }

  function noteEnding(orderId: OrderId, reason: Extract<EngineEvent, { kind: 'ended' }>['reason']): void {
    const record = live.get(orderId)
    if (record?.order.status !== 'open' || isLiveInEngine(record)) return
    const because = explanations.get(orderId)
    explanations.delete(orderId)
    save({ ...record, order: { ...record.order, ...endOf(record, reason, because), endedAtMs: nowMs() } })
  }

  function apply(events: readonly EngineEvent[]): void {
    for (const event of events) if (event.kind === 'ended') noteEnding(orderIdOf(event.id), event.reason)
  }

  async function run(command: EngineCommand): Promise<readonly EngineEvent[]> {
    underWay += 1
    try {
      const { firstNumber, events } = await durable.execute(command)
      commands += 1
      apply(events)
      // Most of what a block brings changes nothing, and needs no second flush.
      if (events.length > 0) await durable.acknowledge(firstNumber + events.length)
      return events
    } finally {
      underWay -= 1
    }
  }

  async function attempt(command: EngineCommand): Promise<boolean> {
    const events = await run(command)
    return !events.some(({ kind }) => kind === 'rejected')
  }

  async function execute(command: EngineCommand): Promise<readonly EngineEvent[]> {
    const events = await run(command)
    const refusal = events.find((event) => event.kind === 'rejected')
    if (refusal?.kind === 'rejected') throw new AppError('order.refused', { reason: refusal.reason })
    return events
  }

  async function settle(execution: Execution, fill: OrderFill | undefined): Promise<void> {
    const settling: Execution = { ...execution, status: 'settling', fill }
    store.updateExecution(settling)
    openExecutions.set(execution.id, settling)
    await finish(settling)
  }

  /** Every step may have been done before. */
  async function finish(execution: Execution): Promise<void> {
    const { fill, orderId } = execution
    const record = live.get(orderId) ?? store.findOrder(orderId)
    const isNew = fill !== undefined && record !== undefined && !record.fills.some(({ id }) => id === fill.id)
    const filled = record && isNew ? withFill(record, fill) : record
    if (filled && isNew) save(filled)
    const leg = record?.legs.find(({ id }) => id === fill?.legId)
    const amounts = leg?.side === 'buy' ? [fill?.bought, fill?.sold] : [fill?.sold, fill?.bought]
    // Unknown to the engine where this was done before the crash.
    await attempt({
      kind: 'settle',
      reservation: execution.id,
      base: amounts[0] ?? 0n,
      quote: amounts[1] ?? 0n,
    })
    store.updateExecution({ ...execution, status: 'settled' })
    openExecutions.delete(execution.id)
    const now = filled && (live.get(orderId) ?? filled)
    if (now && isNew) deps.onFilled(now, fill)
    if (now) deps.onChanged(now)
  }

  if (durable.unacknowledged.events.length > 0) {
    const { firstNumber, events } = durable.unacknowledged
    apply(events)
    await durable.acknowledge(firstNumber + events.length)
  }
  for (const execution of openExecutions.values())
    if (execution.status === 'settling') await finish(execution)
  // Reserved, and never signed or never written down as signed: nothing of it can be on its way.
  for (const [reservation, holder] of engine.state.reservations) {
    if (holder !== undefined && !openExecutions.has(reservation)) {
      await attempt({ kind: 'settle', reservation, base: 0n, quote: 0n })
    }
  }
  for (const { request } of [...engine.orders()]) {
    // The old part of an order whose price was being changed.
    const record = live.get(orderIdOf(request.id))
    const isKnown = record?.legs.some(({ id }) => id === legIdOf(request.id)) === true
    if (!isKnown) await attempt({ kind: 'cancel', id: request.id })
  }
  for (const record of [...live.values()]) {
    if (record.order.status !== 'open') continue
    if (!isLiveInEngine(record)) await attempt(record.command)
    // Known before and over by now: then what ended it was lost with the crash.
    if (!isLiveInEngine(record)) noteEnding(record.order.id, 'cancelled')
  }

  return {
    engine,
    records: () => [...live.values()],
    find: (orderId) => live.get(orderId) ?? store.findOrder(orderId),
    executions: () => [...openExecutions.values()],
    execute,
    attempt,
    async cancel({ command, order, legs }) {
      await attempt({ kind: 'cancel', id: placedIdOf(command) })
      const isLeft = legs.some(({ id }) => (engine.order(id)?.status ?? 'closing') !== 'closing')
      // The user would rely on it.
      if (isLeft) throw new Error(`The order ${order.id} could not be cancelled`)
    },
    async open(record) {
      store.insertOrder(record)
      live.set(record.order.id, record)
      try {
        await execute(record.command)
      } catch (thrown) {
        // What was allowed for it ends with it.
        save({ ...record, order: { ...record.order, status: 'cancelled', endedAtMs: nowMs() } })
        throw thrown
      }
      deps.onChanged(live.get(record.order.id) ?? record)
    },
    update: save,
    explainEnd(orderId, because) {
      explanations.set(orderId, because)
    },
    addExecution(execution) {
      store.insertExecution(execution)
      openExecutions.set(execution.id, execution)
    },
    settle,
    async compactIfLong() {
      if (commands < longJournal || underWay > 0) return
      commands = 0
      await durable.compact()
    },
  }
}

function withFill(record: OrderRecord, fill: OrderFill): OrderRecord {
  const fills = [...record.fills, fill]
  // What a bracket's ways out exchange is no part of what it was asked to give.
  const counted = fills.filter(({ legId }) => (record.legs.find(({ id }) => id === legId)?.rule ?? 0) === 0)
  return {
    ...record,
    fills,
    order: {
      ...record.order,
      filledSold: baseUnits(counted.reduce((sum, { sold }) => sum + sold, 0n)),
      filledBought: baseUnits(counted.reduce((sum, { bought }) => sum + bought, 0n)),
    },
  }
}

function endOf(
  { order, fills, legs }: OrderRecord,
  reason: Extract<EngineEvent, { kind: 'ended' }>['reason'],
  because: Order['endedBecause'],
): Pick<Order, 'status' | 'endedBecause'> {
  const hasExit = fills.some(({ legId }) => (legs.find(({ id }) => id === legId)?.rule ?? 0) > 0)
  if (hasExit || (legs.every(({ rule }) => rule === 0) && order.filledSold >= order.size)) {
    return { status: 'filled' }
  }
  if (because !== undefined) return { status: 'ended', endedBecause: because }
  switch (reason) {
    case 'expired':
      return { status: 'expired' }
    case 'completed':
      return { status: 'ended', endedBecause: 'completed' }
    case 'notFilledAtOnce':
    case 'wouldCross':
      return { status: 'ended', endedBecause: 'notFilledAtOnce' }
    case 'entryEnded':
      return { status: 'ended', endedBecause: 'entryEnded' }
    case 'filled':
      return { status: 'filled' }
    case 'cancelled':
    case 'selfTrade':
    case 'otherLegFilled':
    case 'positionClosed':
    case 'sliceOver':
      return { status: 'cancelled' }
  }
}
