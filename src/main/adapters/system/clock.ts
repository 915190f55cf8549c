/** Milliseconds since 1970-01-01 UTC, as this machine believes. */
export function nowMs(): number {
  return Date.now()
}

/** Milliseconds on a clock that never goes back; for durations only. */
export function monotonicMs(): number {
  return performance.now()
}
