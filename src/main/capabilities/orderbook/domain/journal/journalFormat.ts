import { commandCodec } from '../engine/commands.ts'
import { eventCodec } from '../engine/events.ts'
import { list, struct } from './codec.ts'

/** A journal begins with these bytes; the last is the version of everything that follows. */
export const JOURNAL_HEADER = Uint8Array.from([0x4d, 0x49, 0x4e, 0x41, 0x54, 0x4f, 0x4a, 1])

/** Kinds of records. */
export const STATE = 1
export const COMMAND = 2
export const MARKER = 3
export const ACKNOWLEDGED = 4

/** Before the payload: its length, the checksum, the kind. */
export const RECORD_OVERHEAD = 9

/** The first bytes of a marker's payload, by which it is found behind damaged bytes. */
export const MARKER_SIGN = Uint8Array.from([0xd3, 0x5a, 0x1c, 0xe9, 0x77, 0x0b, 0xa6, 0x42])

/** A command and all events that it brought about, in one record: either both were written or neither. */
export const stepCodec = struct({ command: commandCodec, events: list(eventCodec) })
