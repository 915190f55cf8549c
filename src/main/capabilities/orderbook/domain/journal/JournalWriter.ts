import type { EngineCommand } from '../engine/commands.ts'
import type { EngineEvent } from '../engine/events.ts'
import { ByteWriter } from './ByteWriter.ts'
import { crc32 } from './crc32.ts'
import {
  ACKNOWLEDGED,
  COMMAND,
  JOURNAL_HEADER,
  MARKER,
  MARKER_SIGN,
  STATE,
  stepCodec,
} from './journalFormat.ts'

/** Where a journal stands: what is written next must continue from here. */
export interface JournalPosition {
  readonly length: number
  /** Of the last record; every record's checksum continues the one before, so none can be missing or repeated. */
  readonly checksum: number
}

/** Turns what happens into the bytes to be appended, in order. It writes nothing itself. */
export class JournalWriter {
  #length: number
  #checksum: number

  constructor(position: JournalPosition) {
    this.#length = position.length
    this.#checksum = position.checksum
  }

  get position(): JournalPosition {
    return { length: this.#length, checksum: this.#checksum }
  }

  /** A command with what it brought about. */
  step(command: EngineCommand, events: readonly EngineEvent[]): Uint8Array {
    const payload = new ByteWriter()
    stepCodec.write(payload, { command, events })
    return this.#record(COMMAND, payload.toBytes())
  }

  /** Says that the journal up to this length has reached the disk. */
  marker(durableLength: number): Uint8Array {
    const payload = new ByteWriter()
    payload.bytes(MARKER_SIGN)
    payload.integer(this.#length)
    payload.integer(durableLength)
    payload.uint32(crc32(payload.toBytes()))
    return this.#record(MARKER, payload.toBytes())
  }

  /** Says that whoever acts on events has dealt, durably, with the first `count` of all events. */
  acknowledged(count: number): Uint8Array {
    const payload = new ByteWriter()
    payload.integer(count)
    return this.#record(ACKNOWLEDGED, payload.toBytes())
  }

  #record(kind: number, payload: Uint8Array): Uint8Array {
    const { bytes, checksum } = encodeRecord(kind, payload, this.#checksum)
    this.#checksum = checksum
    this.#length += bytes.length
    return bytes
  }
}

/** The bytes of a new journal that begins with a state, and with the number of events that led to it. */
export function createJournal(
  state: Uint8Array,
  eventCount: number,
): { readonly bytes: Uint8Array; readonly position: JournalPosition } {
  const payload = new ByteWriter()
  payload.integer(eventCount)
  payload.bytes(state)
  const record = encodeRecord(STATE, payload.toBytes(), crc32(JOURNAL_HEADER))
  const writer = new ByteWriter()
  writer.bytes(JOURNAL_HEADER)
  writer.bytes(record.bytes)
  return { bytes: writer.toBytes(), position: { length: writer.length, checksum: record.checksum } }
}

function encodeRecord(
  kind: number,
  payload: Uint8Array,
  previousChecksum: number,
): { readonly bytes: Uint8Array; readonly checksum: number } {
  const head = new ByteWriter()
  head.uint32(payload.length)
  head.byte(kind)
  const checksum = crc32(payload, crc32(head.toBytes(), previousChecksum))
  const writer = new ByteWriter()
  writer.uint32(payload.length)
  writer.uint32(checksum)
  writer.byte(kind)
  writer.bytes(payload)
  return { bytes: writer.toBytes(), checksum }
}
