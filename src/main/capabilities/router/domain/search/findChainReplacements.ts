import { createCurveFlow, flowAtInput, type SwapCurve } from '../pools/SwapCurve.ts'
import type { Flow } from './Flow.ts'
import type { SearchSpace } from './SearchSpace.ts'
import { f64, i32, u8 } from './typedArrays.ts'

/** Consecutive legs of a flow, and one edge that could carry all that they carry. */
export interface ChainReplacement {
  /** Positions of the legs in the flow. */
  readonly positions: readonly number[]
  readonly edge: number
  /** What the edge would give more for the same input, and save in gas. */
  readonly gain: number
}

const flow = createCurveFlow()

/**
 * Shortcuts: legs in a row with nothing joining or leaving between them, against a single edge between their ends that may
 * give less but costs less gas, for the swap or for the boundaries that it crosses. Prices alone never suggest these, as such
 * an edge is idle at them.
 */
export function findChainReplacements(space: SearchSpace, current: Flow, most: number): ChainReplacement[] {
  const { graph, isUsable, costPerGas } = space
  const usedPools = new Set(current.edges.map((edge) => i32(graph.edgePool, edge)))
  const found: ChainReplacement[] = []
  for (const positions of listChains(space, current)) {
    const edges = positions.map((at) => current.edges[at] as number)
    const start = i32(graph.edgeFrom, edges[0] as number)
    const end = i32(graph.edgeTo, edges.at(-1) as number)
    const input = current.inputs[positions[0] as number] as number
    let output = input
    let saved = 0
    for (const edge of edges) {
      saved += carry(space, edge, output)
      output = flow.output
    }
    const price = Math.exp(f64(current.prices, end))
    for (let edge = i32(graph.firstEdge, start); edge < i32(graph.firstEdge, start + 1); edge += 1) {
      if (i32(graph.edgeTo, edge) !== end || u8(isUsable, edge) === 0) continue
      if (usedPools.has(i32(graph.edgePool, edge))) continue
      const gas = carry(space, edge, input)
      const gain = price * (flow.output - output) + costPerGas * (saved - gas)
      if (gain > 0) found.push({ positions, edge, gain })
    }
  }
  return found.sort((a, b) => b.gain - a.gain || a.edge - b.edge).slice(0, most)
}

/** The gas of carrying an input through an edge, boundaries included, or none that could be paid; what comes out is in `flow`. */
function carry({ graph }: SearchSpace, edge: number, input: number): number {
  if (!flowAtInput(graph.curves[edge] as SwapCurve, input, flow)) return Number.POSITIVE_INFINITY
  return f64(graph.swapGas, edge) + f64(graph.tickGas, edge) * flow.piece
}

/** All runs of legs whose inner nodes have one leg in and one out. */
function listChains({ graph, room, source, sink }: SearchSpace, current: Flow): number[][] {
  const entering = room.ints(graph.nodeCount)
  const leaving = room.ints(graph.nodeCount)
  const next = new Map<number, number>()
  for (const [at, edge] of current.edges.entries()) {
    const from = i32(graph.edgeFrom, edge)
    const to = i32(graph.edgeTo, edge)
    leaving[from] = i32(leaving, from) + 1
    entering[to] = i32(entering, to) + 1
    next.set(from, at)
  }
  const chains: number[][] = []
  for (const [at] of current.edges.entries()) {
    const chain = [at]
    for (;;) {
      chains.push([...chain])
      const node = i32(graph.edgeTo, current.edges[chain.at(-1) as number] as number)
      const following = next.get(node)
      const passes = node !== source && node !== sink && i32(entering, node) === 1 && i32(leaving, node) === 1
      if (!passes || following === undefined) break
      chain.push(following)
    }
  }
  return chains
}
