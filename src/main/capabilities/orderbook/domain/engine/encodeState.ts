import { ByteWriter } from '../journal/ByteWriter.ts'
import { openRemaining } from './openRemaining.ts'
import type { EngineState, OrderRecord } from './state.ts'
import { type RecordedOrder, type RecordedState, stateCodec } from './stateCodec.ts'

/** Writes the state of an engine between two commands; equal states give equal bytes. */
export function encodeState(state: Readonly<EngineState>): Uint8Array {
  const writer = new ByteWriter()
  stateCodec.write(writer, recordState(state))
  return writer.toBytes()
}

function recordState(state: Readonly<EngineState>): RecordedState {
  return {
    rules: state.rules,
    nowMs: state.nowMs,
    nextSequence: state.nextSequence,
    nextGroup: state.nextGroup,
    owners: [...state.owners.keys()],
    orders: [...state.orders.entries()].map(([id, record]) => ({
      id,
      record: record === undefined ? undefined : recordOrder(record),
    })),
    groups: [...state.groups].map(([id, group]) => ({
      id,
      live:
        group === undefined
          ? undefined
          : { number: group.number, entry: group.entry?.request.id, legs: idsOf(group.legs) },
    })),
    schedules: [...state.schedules].map(([id, schedule]) => ({
      id,
      live:
        schedule === undefined
          ? undefined
          : {
              request: schedule.request,
              sequence: schedule.sequence,
              nextSlice: schedule.nextSlice,
              carried: schedule.carried,
              filledBase: schedule.filledBase,
              filledQuote: schedule.filledQuote,
              child: schedule.child?.request.id,
              closing: idsOf(schedule.closing),
              isCancelled: schedule.isCancelled,
            },
    })),
    reservations: [...state.reservations].map(([name, record]) => ({ name, order: record?.request.id })),
    markets: [...state.markets].map(([name, market]) => ({
      name,
      observations: market.window.observations,
    })),
  }
}

function recordOrder(record: OrderRecord): RecordedOrder {
  const { special } = record
  return {
    request: record.request,
    sequence: record.sequence,
    status: record.status,
    isTriggered: special?.isTriggered ?? false,
    remaining: openRemaining(record),
    growthLimit: special?.growthLimit ?? record.request.size,
    filledBase: record.filledBase,
    filledQuote: record.filledQuote,
    reservations: [...(special?.reservations ?? [])].map(([name, size]) => ({ name, size })),
    reportedFills: [...(special?.reportedFills ?? [])],
    trailingBest: special?.trailingBest,
    heldFrom: special?.heldFrom,
    closingReason: special?.closingReason,
    group: special?.group?.id,
    schedule: special?.schedule?.request.id,
  }
}

function idsOf(records: Iterable<OrderRecord>): readonly string[] {
  return [...records].map((record) => record.request.id)
}
