import { createCurveFlow, flowAtDepth, type SwapCurve } from '../pools/SwapCurve.ts'
import type { Flow } from './Flow.ts'
import type { SearchSpace } from './SearchSpace.ts'
import { f64, i32 } from './typedArrays.ts'

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

/** Weighs every leg of a flow against its gas, the least worthwhile first. */
export function weighLegs(space: SearchSpace, current: Flow): WeighedLeg[] {
  const { graph, costPerGas } = space
  const flow = createCurveFlow()
  const gains: number[] = []
  const costs: number[] = []
  for (const [at, edge] of current.edges.entries()) {
    const from = current.prices.get(i32(graph.edgeFrom, edge)) ?? 0
    const to = current.prices.get(i32(graph.edgeTo, edge)) ?? 0
    const depth = Math.max(0, f64(graph.logRate, edge) + to - from)
    flowAtDepth(graph.curves[edge] as SwapCurve, depth, current.lastPieces[at] as number, flow)
    gains.push(Math.max(0, Math.exp(to) * flow.output - Math.exp(from) * flow.input))
    const pool = graph.pools[i32(graph.edgePool, edge)]
    costs.push(((pool?.gas.swap ?? 0) + (pool?.gas.perTick ?? 0) * flow.piece) * costPerGas)
  }
  const wiring = wire(space, current)
  const legs = current.edges.map((_, at) => {
    const positions = dependents(space, current, wiring, at)
    const gain = positions.reduce((sum, position) => sum + (gains[position] as number), 0)
    const cost = positions.reduce((sum, position) => sum + (costs[position] as number), 0)
    return { positions, surplus: gain - cost, ratio: gain / cost }
  })
  return legs
    .filter(({ positions }) => positions.length < current.edges.length)
    .sort((a, b) => (costPerGas > 0 ? a.ratio - b.ratio : a.surplus - b.surplus))
}

/** Which legs enter and leave each node of a flow. */
interface Wiring {
  readonly entering: ReadonlyMap<number, readonly number[]>
  readonly leaving: ReadonlyMap<number, readonly number[]>
}

function wire({ graph }: SearchSpace, { edges }: Flow): Wiring {
  return {
    entering: Map.groupBy(edges.keys(), (at) => i32(graph.edgeTo, edges[at] as number)),
    leaving: Map.groupBy(edges.keys(), (at) => i32(graph.edgeFrom, edges[at] as number)),
  }
}

/** The leg and all that is fed by it alone or drains into it alone. */
function dependents(
  { graph, source, sink }: SearchSpace,
  current: Flow,
  wiring: Wiring,
  leg: number,
): number[] {
  const gone = new Set([leg])
  for (const at of gone) {
    const edge = current.edges[at] as number
    const from = i32(graph.edgeFrom, edge)
    const to = i32(graph.edgeTo, edge)
    const feeding = wiring.entering.get(from) ?? []
    const drained = wiring.leaving.get(to) ?? []
    // A set may grow while it is walked: what falls with a leg is looked at in its turn.
    if (from !== source && wiring.leaving.get(from)?.every((other) => gone.has(other))) {
      for (const other of feeding) gone.add(other)
    }
    if (to !== sink && wiring.entering.get(to)?.every((other) => gone.has(other))) {
      for (const other of drained) gone.add(other)
    }
  }
  return [...gone]
}
