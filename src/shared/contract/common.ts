import { z } from 'zod'

/** No input, or no output. */
export const nothing = z.undefined()

/**
 * A secret on its way between processes. Bytes rather than a string, because bytes can be overwritten after use
 * and do not linger in a heap as an interned string does.
 */
export const secretBytesSchema = z.instanceof(Uint8Array)

/** Milliseconds since 1970-01-01 UTC. */
export const timestampMsSchema = z.int().nonnegative()
