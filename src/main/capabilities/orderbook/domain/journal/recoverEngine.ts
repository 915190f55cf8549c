import { AppError } from '../../../../../shared/errors/AppError.ts'
import type { EngineEvent } from '../engine/events.ts'
import { OrderEngine } from '../engine/OrderEngine.ts'
import { restoreState } from '../engine/restoreState.ts'
import { ByteReader, MalformedBytesError } from './ByteReader.ts'
import { ByteWriter } from './ByteWriter.ts'
import { crc32 } from './crc32.ts'
import type { JournalPosition } from './JournalWriter.ts'
import {
  ACKNOWLEDGED,
  COMMAND,
  JOURNAL_HEADER,
  MARKER,
  MARKER_SIGN,
  RECORD_OVERHEAD,
  STATE,
  stepCodec,
} from './journalFormat.ts'

/** An engine as the journal leaves it. */
export interface Recovery {
  readonly engine: OrderEngine
  /** Where the whole records end; bytes after it were torn in writing and must be cut off before anything is appended. */
  readonly position: JournalPosition
  /** All events since the beginning of the first journal. */
  readonly eventCount: number
  /** Events that nobody has acknowledged, the last of all: to be acted upon once more, by their number. */
  readonly unacknowledged: readonly EngineEvent[]
}

/**
 * Rebuilds an engine by executing the journal's commands again, and checks that the same events come out.
 *
 * A last record that was only partly written is dropped. Damage before a place that was known to be on the disk is not:
 * orders would silently be forgotten.
 *
 * @throws AppError `storage.damaged`
 */
export function recoverEngine(bytes: Uint8Array): Recovery {
  if (!startsWith(bytes, JOURNAL_HEADER, 0)) throw new AppError('storage.damaged', { reason: 'header' })
  let checksum = crc32(JOURNAL_HEADER)
  let at = JOURNAL_HEADER.length
  let engine: OrderEngine | undefined
  let eventCount = 0
  let acknowledged = 0
  let pending: EngineEvent[] = []
  for (;;) {
    const record = readRecord(bytes, at, checksum)
    if (record === undefined) break
    if (record.kind === STATE && engine === undefined) {
      const reader = new ByteReader(record.payload)
      eventCount = reader.integer()
      acknowledged = eventCount
      const state = restoreState(reader.bytes(reader.remaining))
      engine = new OrderEngine(state.rules, state)
    } else if (engine === undefined) {
      throw new AppError('storage.damaged', { reason: 'state', at })
    } else if (record.kind === COMMAND) {
      const events = replayStep(engine, record.payload, at)
      eventCount += events.length
      pending.push(...events)
    } else if (record.kind === ACKNOWLEDGED) {
      acknowledged = new ByteReader(record.payload).integer()
      if (acknowledged > eventCount) throw new AppError('storage.damaged', { reason: 'acknowledged', at })
      pending = pending.slice(pending.length - (eventCount - acknowledged))
    } else if (record.kind !== MARKER) {
      throw new AppError('storage.damaged', { reason: 'kind', at })
    }
    checksum = record.checksum
    at = record.end
  }
  if (hasMarkerAfter(bytes, at)) throw new AppError('storage.damaged', { reason: 'record', at })
  if (engine === undefined) throw new AppError('storage.damaged', { reason: 'empty' })
  return { engine, position: { length: at, checksum }, eventCount, unacknowledged: pending }
}

function replayStep(engine: OrderEngine, payload: Uint8Array, at: number): readonly EngineEvent[] {
  const reader = new ByteReader(payload)
  const step = stepCodec.read(reader)
  reader.end()
  const events = engine.execute(step.command)
  const again = new ByteWriter()
  stepCodec.write(again, { command: step.command, events })
  const bytes = again.toBytes()
  // Another version of the engine must not quietly turn an old journal into another history.
  if (bytes.length !== payload.length || !startsWith(payload, bytes, 0)) {
    throw new AppError('storage.damaged', { reason: 'diverged', at })
  }
  return events
}

interface JournalRecord {
  readonly kind: number
  readonly payload: Uint8Array
  readonly checksum: number
  readonly end: number
}

function readRecord(bytes: Uint8Array, at: number, previousChecksum: number): JournalRecord | undefined {
  if (bytes.length - at < RECORD_OVERHEAD) return undefined
  const reader = new ByteReader(bytes, at)
  const length = reader.uint32()
  const checksum = reader.uint32()
  const kind = reader.byte()
  if (length > reader.remaining) return undefined
  const payload = reader.bytes(length)
  const head = new ByteWriter()
  head.uint32(length)
  head.byte(kind)
  if (crc32(payload, crc32(head.toBytes(), previousChecksum)) !== checksum) return undefined
  return { kind, payload, checksum, end: at + RECORD_OVERHEAD + length }
}

/** Whether a marker that is whole, and stands where it says, tells that more than `from` had reached the disk. */
function hasMarkerAfter(bytes: Uint8Array, from: number): boolean {
  for (let at = from; at + MARKER_SIGN.length <= bytes.length; at += 1) {
    if (bytes[at] === MARKER_SIGN[0] && startsWith(bytes, MARKER_SIGN, at) && readMarker(bytes, at) > from) {
      return true
    }
  }
  return false
}

/** The length that a marker vouches for; 0 where there is only something that looks like one. */
function readMarker(bytes: Uint8Array, at: number): number {
  try {
    const reader = new ByteReader(bytes, at + MARKER_SIGN.length)
    const standsAt = reader.integer()
    const durableLength = reader.integer()
    const isWhole = crc32(bytes.subarray(at, reader.position)) === reader.uint32()
    return isWhole && standsAt === at - RECORD_OVERHEAD ? durableLength : 0
  } catch (error) {
    if (error instanceof MalformedBytesError) return 0
    throw error
  }
}

function startsWith(bytes: Uint8Array, prefix: Uint8Array, at: number): boolean {
  if (bytes.length - at < prefix.length) return false
  for (let index = 0; index < prefix.length; index += 1) if (bytes[at + index] !== prefix[index]) return false
  return true
}
