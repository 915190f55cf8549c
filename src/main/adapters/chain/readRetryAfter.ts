/** A node that asks for more is asked again after this all the same. */
const longestMs = 10 * 60_000

/**
 * Reads HTTP's Retry-After (RFC 9110, 10.2.3), in seconds or as a date, into milliseconds from now; at most ten minutes. `undefined` where it
 * says nothing usable.
 */
export function readRetryAfter(value: string | null, nowMs: number): number | undefined {
  if (value === null) return undefined
  const text = value.trim()
  const waitMs = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - nowMs
  return Number.isNaN(waitMs) ? undefined : Math.min(Math.max(waitMs, 0), longestMs)
}
