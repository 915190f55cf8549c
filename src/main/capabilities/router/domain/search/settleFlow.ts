import { createCurveFlow, flowAtInput, inputAt, type SwapCurve } from '../pools/SwapCurve.ts'
import type { SearchSpace } from './SearchSpace.ts'
import { i32 } from './typedArrays.ts'

/** Edges with the amounts that the dual solution suggests. */
export interface FlowDraft {
  edges: number[]
  lastPieces: number[]
  inputs: number[]
  outputs: number[]
  /** What goes in, at the solution's prices: comparable between tokens. */
  values: number[]
}

/** A draft carried out in floating point: what really comes out when every node passes on what it got. */
export interface SettledFlow {
  readonly edges: number[]
  readonly lastPieces: number[]
  readonly shares: number[]
  readonly inputs: number[]
  readonly amount: number
  readonly gas: number
  readonly hops: number
}

/**
 * Makes a draft into something that can be carried out: drops dead ends and cycles, orders the edges, splits every node's
 * amount in the draft's proportions and runs it through the curves.
 *
 * @returns undefined where the edges that remain cannot carry the amount.
 */
export function settleFlow(space: SearchSpace, draft: FlowDraft): SettledFlow | undefined {
  const { graph, source, sink, exactIn } = space
  const order = orderEdges(space, draft)
  if (order.length === 0) return undefined
  const edges = order.map((at) => draft.edges[at] as number)
  const lastPieces = order.map((at) => draft.lastPieces[at] as number)
  const weights = order.map((at) => (exactIn ? draft.inputs[at] : draft.outputs[at]) as number)
  const near = exactIn ? graph.edgeFrom : graph.edgeTo
  const far = exactIn ? graph.edgeTo : graph.edgeFrom
  const total = new Map<number, number>()
  for (const [at, edge] of edges.entries()) add(total, i32(near, edge), weights[at] as number)
  const shares = edges.map((edge, at) => (weights[at] as number) / (total.get(i32(near, edge)) as number))

  const held = new Map<number, number>([[exactIn ? source : sink, space.amount]])
  const inputs = new Array<number>(edges.length).fill(0)
  const flow = createCurveFlow()
  let gas = space.baseGas
  for (let step = 0; step < edges.length; step += 1) {
    const at = exactIn ? step : edges.length - 1 - step
    const edge = edges[at] as number
    const curve = graph.curves[edge] as SwapCurve
    const amount = (held.get(i32(near, edge)) ?? 0) * (shares[at] as number)
    const input = exactIn ? amount : inputAt(curve, amount)
    if (!(input > 0) || !flowAtInput(curve, input, flow)) return undefined
    inputs[at] = input
    add(held, i32(far, edge), exactIn ? flow.output : input)
    const pool = graph.pools[i32(graph.edgePool, edge)]
    gas += (pool?.gas.swap ?? 0) + (pool?.gas.perTick ?? 0) * flow.piece
  }
  return {
    edges,
    lastPieces,
    shares,
    inputs,
    amount: held.get(exactIn ? sink : source) ?? 0,
    gas,
    hops: longestPath(space, edges),
  }
}

function add(amounts: Map<number, number>, node: number, amount: number): void {
  amounts.set(node, (amounts.get(node) ?? 0) + amount)
}

/** Indices of the draft's edges in topological order, without those that lead from or to nowhere and the weakest of each cycle. */
export function orderEdges(space: SearchSpace, draft: FlowDraft): number[] {
  const { graph, source, sink } = space
  let kept = [...draft.edges.keys()].filter((at) => (draft.inputs[at] as number) > 0)
  const fromOf = (at: number) => i32(graph.edgeFrom, draft.edges[at] as number)
  const toOf = (at: number) => i32(graph.edgeTo, draft.edges[at] as number)
  for (;;) {
    for (let before = -1; before !== kept.length; ) {
      before = kept.length
      const fed = new Set(kept.map(toOf)).add(source)
      const drained = new Set(kept.map(fromOf)).add(sink)
      kept = kept.filter((at) => fed.has(fromOf(at)) && drained.has(toOf(at)))
    }
    const waiting = new Map<number, number>()
    for (const at of kept) add(waiting, toOf(at), 1)
    const ordered: number[] = []
    const ready = waiting.has(source) ? [] : [source]
    for (let node = ready.pop(); node !== undefined; node = ready.pop()) {
      for (const at of kept) {
        if (fromOf(at) !== node) continue
        ordered.push(at)
        const left = (waiting.get(toOf(at)) as number) - 1
        waiting.set(toOf(at), left)
        if (left === 0) ready.push(toOf(at))
      }
    }
    if (ordered.length === kept.length) return ordered
    // What is left over lies on a cycle or behind one. Only arbitrage makes cycles; the weakest edge is given up.
    const done = new Set(ordered)
    const rest = kept.filter((at) => !done.has(at))
    const weakest = weakestOnCycle(rest, fromOf, toOf, draft)
    kept = kept.filter((at) => at !== weakest)
  }
}

function weakestOnCycle(
  rest: readonly number[],
  fromOf: (at: number) => number,
  toOf: (at: number) => number,
  draft: FlowDraft,
): number {
  // Walking backwards from any leftover edge among leftovers must run into a cycle.
  const seen: number[] = []
  let current = rest[0] as number
  while (!seen.includes(current)) {
    seen.push(current)
    const node = fromOf(current)
    const previous = rest.find((at) => toOf(at) === node)
    if (previous === undefined) break
    current = previous
  }
  const cycle = seen.includes(current) ? seen.slice(seen.indexOf(current)) : seen
  return cycle.reduce((least, at) =>
    (draft.values[at] as number) < (draft.values[least] as number) ? at : least,
  )
}

function longestPath(space: SearchSpace, ordered: readonly number[]): number {
  const { graph } = space
  const hops = new Map<number, number>()
  let longest = 0
  for (const edge of ordered) {
    const reached = (hops.get(i32(graph.edgeFrom, edge)) ?? 0) + 1
    if (reached > (hops.get(i32(graph.edgeTo, edge)) ?? 0)) hops.set(i32(graph.edgeTo, edge), reached)
    longest = Math.max(longest, reached)
  }
  return longest
}
