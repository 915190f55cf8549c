import { createCurveFlow, flowAtDepth, type SwapCurve } from '../pools/SwapCurve.ts'
import type { Flow } from './Flow.ts'
import type { SearchSpace } from './SearchSpace.ts'
import { f64, growInts, i32 } from './typedArrays.ts'

/** A leg together with the legs that would have nothing to carry without it. */
export interface WeighedLeg {
  /** Positions in the flow. */
  readonly positions: readonly number[]
  /**
   * What these legs make at the flow's prices, less their gas. By convexity taking them away loses at least what they make,
   * so they can only go where this is negative.
   */
  readonly surplus: number
  /** What they make in relation to their gas; the lower, the better to go. */
  readonly ratio: number
}

const flow = createCurveFlow()
/** By node, how many legs of the flow that is being weighed enter and leave it; all zero between uses. */
let entering = new Int32Array(64)
let leaving = new Int32Array(64)

/** Weighs every leg of a flow against its gas, the least worthwhile first. */
export function weighLegs(space: SearchSpace, current: Flow): WeighedLeg[] {
  const { graph, costPerGas, source, sink } = space
  const { edgeFrom, edgeTo } = graph
  const count = current.edges.length
  const gains = space.room.floats(count)
  const costs = space.room.floats(count)
  countLegs(space, current, 1)
  for (let at = 0; at < count; at += 1) {
    const edge = current.edges[at] as number
    const from = f64(current.prices, i32(edgeFrom, edge))
    const to = f64(current.prices, i32(edgeTo, edge))
    const depth = Math.max(0, f64(graph.logRate, edge) + to - from)
    flowAtDepth(graph.curves[edge] as SwapCurve, depth, current.lastPieces[at] as number, flow)
    gains[at] = Math.max(0, Math.exp(to) * flow.output - Math.exp(from) * flow.input)
    costs[at] = (f64(graph.swapGas, edge) + f64(graph.tickGas, edge) * flow.piece) * costPerGas
  }
  const legs: WeighedLeg[] = []
  for (let leg = 0; leg < count; leg += 1) {
    const edge = current.edges[leg] as number
    const from = i32(edgeFrom, edge)
    const to = i32(edgeTo, edge)
    // Most legs have others beside them at both ends, and none falls with them.
    const standsAlone = (from === source || i32(leaving, from) > 1) && (to === sink || i32(entering, to) > 1)
    const positions = standsAlone ? [leg] : dependents(space, current, leg)
    if (positions.length === count) continue
    let gain = 0
    let cost = 0
    for (const at of positions) {
      gain += f64(gains, at)
      cost += f64(costs, at)
    }
    legs.push({ positions, surplus: gain - cost, ratio: gain / cost })
  }
  countLegs(space, current, -1)
  return legs.sort((a, b) => (costPerGas > 0 ? a.ratio - b.ratio : a.surplus - b.surplus))
}

function countLegs({ graph }: SearchSpace, { edges }: Flow, change: number): void {
  if (graph.nodeCount > entering.length) {
    entering = growInts(entering, graph.nodeCount)
    leaving = growInts(leaving, graph.nodeCount)
  }
  for (let at = 0; at < edges.length; at += 1) {
    const from = i32(graph.edgeFrom, edges[at] as number)
    const to = i32(graph.edgeTo, edges[at] as number)
    leaving[from] = i32(leaving, from) + change
    entering[to] = i32(entering, to) + change
  }
}

/** The leg and all that is fed by it alone or drains into it alone. */
function dependents(space: SearchSpace, { edges }: Flow, leg: number): number[] {
  const { source, sink } = space
  const { edgeFrom, edgeTo } = space.graph
  // Grows while it is walked: what falls with a leg is looked at in its turn.
  const gone = [leg]
  for (let next = 0; next < gone.length; next += 1) {
    const edge = edges[gone[next] as number] as number
    const from = i32(edgeFrom, edge)
    const to = i32(edgeTo, edge)
    if (from !== source && countEnds(edgeFrom, edges, gone, from) === i32(leaving, from)) {
      addEnds(edgeTo, edges, gone, from)
    }
    if (to !== sink && countEnds(edgeTo, edges, gone, to) === i32(entering, to)) {
      addEnds(edgeFrom, edges, gone, to)
    }
  }
  return gone
}

/** How many of the legs that go have this end at the node. */
function countEnds(
  ends: Int32Array,
  edges: readonly number[],
  gone: readonly number[],
  node: number,
): number {
  let count = 0
  for (const at of gone) if (i32(ends, edges[at] as number) === node) count += 1
  return count
}

/** All legs with this end at the node go too. */
function addEnds(ends: Int32Array, edges: readonly number[], gone: number[], node: number): void {
  for (let at = 0; at < edges.length; at += 1) {
    if (i32(ends, edges[at] as number) === node && !gone.includes(at)) gone.push(at)
  }
}
