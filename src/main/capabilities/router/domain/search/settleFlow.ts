import { createCurveFlow, flowAtInput, inputAt, type SwapCurve } from '../pools/SwapCurve.ts'
import { type EdgeList, orderEdges } from './orderEdges.ts'
import type { SearchSpace } from './SearchSpace.ts'
import { f64, i32 } from './typedArrays.ts'

/** Edges with the amounts that the dual solution suggests; nodes are numbered as in the edge list. */
export interface FlowDraft extends EdgeList {
  /** The edges' numbers in the graph. */
  readonly edges: Int32Array
  readonly lastPieces: Int32Array
  readonly inputs: Float64Array
  readonly outputs: Float64Array
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

const SOURCE = 0
const SINK = 1

/**
 * Makes a draft into something that can be carried out: orders its edges, splits every node's amount in the draft's
 * proportions and runs it through the curves.
 *
 * @returns undefined where the edges that remain cannot carry the amount.
 */
export function settleFlow(space: SearchSpace, draft: FlowDraft): SettledFlow | undefined {
  const { graph, exactIn } = space
  const order = orderEdges(draft)
  if (order.length === 0) return undefined
  const near = exactIn ? draft.from : draft.to
  const far = exactIn ? draft.to : draft.from
  const weights = exactIn ? draft.inputs : draft.outputs
  const total = new Float64Array(draft.nodeCount)
  for (const at of order) total[i32(near, at)] = f64(total, i32(near, at)) + f64(weights, at)

  const held = new Float64Array(draft.nodeCount)
  held[exactIn ? SOURCE : SINK] = space.amount
  const count = order.length
  const shares = new Array<number>(count).fill(0)
  const inputs = new Array<number>(count).fill(0)
  const flow = createCurveFlow()
  let gas = space.baseGas
  for (let step = 0; step < count; step += 1) {
    const position = exactIn ? step : count - 1 - step
    const at = i32(order, position)
    const edge = i32(draft.edges, at)
    const curve = graph.curves[edge] as SwapCurve
    const share = f64(weights, at) / f64(total, i32(near, at))
    const amount = f64(held, i32(near, at)) * share
    const input = exactIn ? amount : inputAt(curve, amount)
    if (!(input > 0) || !flowAtInput(curve, input, flow)) return undefined
    shares[position] = share
    inputs[position] = input
    held[i32(far, at)] = f64(held, i32(far, at)) + (exactIn ? flow.output : input)
    const pool = graph.pools[i32(graph.edgePool, edge)]
    gas += (pool?.gas.swap ?? 0) + (pool?.gas.perTick ?? 0) * flow.piece
  }
  return {
    edges: Array.from(order, (at) => i32(draft.edges, at)),
    lastPieces: Array.from(order, (at) => i32(draft.lastPieces, at)),
    shares,
    inputs,
    amount: f64(held, exactIn ? SINK : SOURCE),
    gas,
    hops: longestPath(draft, order),
  }
}

function longestPath(draft: FlowDraft, order: Int32Array): number {
  const hops = new Int32Array(draft.nodeCount)
  for (const at of order) {
    const to = i32(draft.to, at)
    hops[to] = Math.max(i32(hops, to), i32(hops, i32(draft.from, at)) + 1)
  }
  return i32(hops, SINK)
}
