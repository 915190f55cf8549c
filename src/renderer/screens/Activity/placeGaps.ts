import type { Activity, HistoryGap } from '../../../shared/contract/activity.ts'

/** Before which entry each gap stands: the newest one that is older than its end. Entries come newest first. */
export function placeGaps(
  gaps: readonly HistoryGap[],
  items: readonly Pick<Activity, 'id' | 'createdAtMs'>[],
): ReadonlyMap<string, readonly HistoryGap[]> {
  const placed = new Map<string, readonly HistoryGap[]>()
  for (const gap of gaps) {
    const next = items.find(({ createdAtMs }) => createdAtMs < gap.lastMs)
    if (next) placed.set(next.id, [...(placed.get(next.id) ?? []), gap])
  }
  return placed
}
