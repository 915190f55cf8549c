import { differenceBps } from './differenceBps.ts'
import { weightedMedian } from './weightedMedian.ts'

/** Where a pool stood at a time; `spot` in any unit that stays the same for the pool. */
export interface SpotSample {
  readonly atMs: number
  readonly spot: bigint
}

/** A pool's recent spots, oldest first. */
export type SpotTrail = readonly SpotSample[]

const windowMs = 30 * 60_000
const leastGapMs = 20_000
const leastSpanMs = 3 * 60_000
const mostMoveBps = 1_000

/** The trail with a new sample; what is older than half an hour before the newest, or close after another one, is dropped. */
export function extendTrail(trail: SpotTrail, sample: SpotSample): SpotTrail {
  const sorted = [...trail, sample].sort((a, b) => a.atMs - b.atMs)
  const newestMs = sorted.at(-1)?.atMs ?? 0
  const kept: SpotSample[] = []
  for (const entry of sorted) {
    const before = kept.at(-1)
    if (entry.atMs < newestMs - windowMs) continue
    if (before === undefined || entry.atMs - before.atMs >= leastGapMs) kept.push(entry)
  }
  return kept
}

/** Whether the trail is long enough to tell a push from a price. */
export function isSettledTrail(trail: SpotTrail): boolean {
  const [first] = trail
  const last = trail.at(-1)
  return (
    trail.length >= 3 && first !== undefined && last !== undefined && last.atMs - first.atMs >= leastSpanMs
  )
}

/**
 * What to make of a spot in the light of where the pool has been: itself while it is within a tenth of the window's median,
 * else that median. Whoever pushes a pool must hold it there against everybody for half of the window before it counts.
 */
export function settleSpot(
  trail: SpotTrail,
  spot: bigint,
): { readonly spot: bigint; readonly isMoved: boolean } {
  const [first, ...rest] = trail
  if (first === undefined) return { spot, isMoved: false }
  const weigh = ({ spot: value }: SpotSample) => ({ value, weight: 1n })
  const median = weightedMedian([weigh(first), ...rest.map(weigh)])
  if (median <= 0n || Math.abs(differenceBps(spot, median)) <= mostMoveBps) return { spot, isMoved: false }
  return { spot: median, isMoved: true }
}
