import { useCallback } from 'react'
import { useFormatter } from 'use-intl'
import { useNow } from './useNow.ts'

/** Says how long ago something was; never that it is still to come, which a clock that ticks seldom would make of what is newer than its last tick. */
export function useAge(intervalMs = 10_000): (atMs: number) => string {
  const format = useFormatter()
  const now = useNow(intervalMs)
  return useCallback((atMs) => format.relativeTime(Math.min(atMs, now), now), [format, now])
}
