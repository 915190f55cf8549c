import { EdgeOrder } from './EdgeOrder.ts'
import type { Flow } from './Flow.ts'
import type { FlowDraft } from './FlowDraft.ts'
import type { FlowTrial } from './FlowTrial.ts'
import type { SearchSpace } from './SearchSpace.ts'
import { f64, i32 } from './typedArrays.ts'

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
    const kept = [...draft.edges.subarray(0, draft.count)].filter((edge) => edge !== offender)
    if (kept.length === 0 || !trial.solve(kept, trial.prices())) return undefined
    edges = kept
  }
}

function findOffender(space: SearchSpace, draft: FlowDraft): number | undefined {
  const { graph } = space
  const sorted = new EdgeOrder()
  sorted.sort(draft)
  const order = sorted.order.subarray(0, sorted.count)
  const lighter = (a: number, b: number) => (f64(draft.value, a) <= f64(draft.value, b) ? a : b)
  const byPool = new Map<number, number>()
  for (const at of order) {
    const pool = i32(graph.edgePool, i32(draft.edges, at))
    const other = byPool.get(pool)
    if (other !== undefined) return draft.edges[lighter(at, other)]
    byPool.set(pool, at)
  }
  // The longest route into each node, remembered by its last edge.
  const hops = new Int32Array(draft.nodeCount)
  const via = new Map<number, number>()
  let last: number | undefined
  for (const at of order) {
    const reached = i32(hops, i32(draft.from, at)) + 1
    const to = i32(draft.to, at)
    if (reached <= i32(hops, to)) continue
    hops[to] = reached
    via.set(to, at)
    if (reached > space.hopLimit) last ??= at
  }
  if (last === undefined) return undefined
  let lightest = last
  for (let at: number | undefined = last; at !== undefined; at = via.get(i32(draft.from, at))) {
    lightest = lighter(at, lightest)
  }
  return draft.edges[lightest]
}
