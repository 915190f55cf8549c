import { measureDepth } from '../../../capabilities/router/index.ts'
import type { KnownPool } from './Snapshot.ts'

/** A pool with less than this part of the deepest pool of its pair carries nothing, and costs reading and searching. */
const leastShare = 1e-6

/** Pools that are next to nothing beside the deepest one in every pair that they join, and so in no trade worth its gas. */
export function findDust(pools: ReadonlyMap<string, KnownPool>): string[] {
  const deepest = new Map<string, number>()
  const depths = [...pools].map(([id, { state }]) => {
    const { tokens } = state.pool
    const pairs = tokens.flatMap((tokenIn, from) =>
      tokens.flatMap((tokenOut, to) => {
        if (from === to) return []
        const pair = `${tokenIn}>${tokenOut}`
        const depth = measureDepth(state.pool, from, to)
        deepest.set(pair, Math.max(depth, deepest.get(pair) ?? 0))
        return [{ pair, depth }]
      }),
    )
    return { id, pairs }
  })
  return depths
    .filter(({ pairs }) => pairs.every(({ pair, depth }) => depth < (deepest.get(pair) ?? 0) * leastShare))
    .map(({ id }) => id)
}
