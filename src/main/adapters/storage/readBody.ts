import type { z } from 'zod'
import { decodeStored } from './storedJson.ts'

/**
 * Reads a stored body by its schema; `undefined` where there is none or it is not of this shape.
 *
 * Only for what can be read anew from a node or falls back to a stated default: losing it loses nothing.
 */
export function readBody<Schema extends z.ZodType>(
  schema: Schema,
  row: Record<string, unknown> | undefined,
): z.output<Schema> | undefined {
  const body = row?.body
  if (typeof body !== 'string') return undefined
  try {
    const parsed = schema.safeParse(decodeStored(body))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}
