import type { Activity } from '../../../shared/contract/activity.ts'

export interface ActivityDay {
  readonly dayStartMs: number
  readonly age: 'today' | 'yesterday' | 'older'
  readonly entries: readonly Activity[]
}

/** Groups entries by the local calendar day on which they were made, keeping their order. */
export function groupByDay(items: readonly Activity[], nowMs: number): ActivityDay[] {
  const today = startOfDay(nowMs)
  // Not minus 24 hours: days on which the clocks change are shorter or longer.
  const yesterday = startOfDay(today - 1)
  const days = new Map<number, Activity[]>()
  for (const item of items) {
    const day = startOfDay(item.createdAtMs)
    const entries = days.get(day)
    if (entries) entries.push(item)
    else days.set(day, [item])
  }
  return [...days].map(([dayStartMs, entries]) => ({
    dayStartMs,
    age: dayStartMs === today ? 'today' : dayStartMs === yesterday ? 'yesterday' : 'older',
    entries,
  }))
}

function startOfDay(timestampMs: number): number {
  return new Date(timestampMs).setHours(0, 0, 0, 0)
}
