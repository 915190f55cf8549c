import type { Flow } from './Flow.ts'
import type { FlowTrial } from './FlowTrial.ts'
import type { SearchSpace } from './SearchSpace.ts'
import { type FlowDraft, orderEdges } from './settleFlow.ts'
import { i32 } from './typedArrays.ts'

/**
 * The flow of the last solution. Where it takes longer routes than allowed or uses a pool twice, the lightest offending edge
 * is given up and the rest solved again, until it does not.
 */
export function repairFlow(trial: FlowTrial, solvedEdges: readonly number[]): Flow | undefined {
  let edges = solvedEdges
  for (;;) {
    const flow = trial.settle(edges)
    if (flow !== undefined) return flow
    const draft = trial.draft(edges)
    const offender = findOffender(trial.space, draft)
    if (offender === undefined) return undefined
    const kept = draft.edges.filter((edge) => edge !== offender)
    if (kept.length === 0 || !trial.solve(kept, trial.prices())) return undefined
    edges = kept
  }
}

function findOffender(space: SearchSpace, draft: FlowDraft): number | undefined {
  const { graph } = space
  const order = orderEdges(space, draft)
  const lighter = (a: number, b: number) =>
    (draft.values[a] as number) <= (draft.values[b] as number) ? a : b
  const byPool = new Map<number, number>()
  for (const at of order) {
    const pool = i32(graph.edgePool, draft.edges[at] as number)
    const other = byPool.get(pool)
    if (other !== undefined) return draft.edges[lighter(at, other)]
    byPool.set(pool, at)
  }
  // The longest route into each node, remembered by its last edge.
  const hops = new Map<number, number>()
  const via = new Map<number, number>()
  let last: number | undefined
  for (const at of order) {
    const edge = draft.edges[at] as number
    const reached = (hops.get(i32(graph.edgeFrom, edge)) ?? 0) + 1
    const to = i32(graph.edgeTo, edge)
    if (reached <= (hops.get(to) ?? 0)) continue
    hops.set(to, reached)
    via.set(to, at)
    if (reached > space.maxHops && last === undefined) last = at
  }
  if (last === undefined) return undefined
  let lightest = last
  for (let at: number | undefined = last; at !== undefined; ) {
    lightest = lighter(at, lightest)
    at = via.get(i32(graph.edgeFrom, draft.edges[at] as number))
  }
  return draft.edges[lightest]
}
