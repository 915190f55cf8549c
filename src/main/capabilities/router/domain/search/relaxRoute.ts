import { createCurveFlow, flowAtDepth, type SwapCurve } from '../pools/SwapCurve.ts'
import type { FlowTrial } from './FlowTrial.ts'
import { type NodePrices, priceByOnwardSale } from './priceNodes.ts'
import type { SearchSpace } from './SearchSpace.ts'
import { f64, i32, u8 } from './typedArrays.ts'

const MOST_ROUNDS = 24
const LEAST_NEW_NODES = 16
/** Parts of the traded value that may be left over in any node. */
const ROUGH_TOLERANCE = 1e-4
const FINE_TOLERANCE = 1e-9
/** A node joins when arbitrage through it could make this part of the traded value. */
const LEAST_GAIN = 1e-10

/** The problem without gas and leg limits, solved to its optimum. */
export interface RelaxedRoute {
  /** The edges that were in the last problem; most of them idle. */
  readonly edges: readonly number[]
  /** Prices of all nodes: of those in the problem from its solution, of others by their best onward sale. */
  readonly prices: NodePrices
  readonly solved: boolean
}

/**
 * Solves the split over all usable edges by column generation: the dual on the nodes known to matter, then every other node
 * is priced by its best onward sale, and those that would be worth buying join, until none is.
 */
export function relaxRoute(
  trial: FlowTrial,
  startNodes: Iterable<number>,
  startPrices: Float64Array,
): RelaxedRoute {
  const { space } = trial
  const { graph } = space
  const isActive = space.room.bytes(graph.nodeCount)
  const active = [...new Set([space.source, space.sink, ...startNodes])]
  for (const node of active) isActive[node] = 1
  let known = startPrices
  // Which nodes matter shows at rough prices already; what flows is settled once none is missing.
  let tolerance = ROUGH_TOLERANCE
  for (let round = 1; ; round += 1) {
    const edges = edgesAmong(space, active, isActive)
    const solved = trial.solve(edges, known, { tolerance })
    const prices = priceOthers(trial, active, isActive)
    const joining = round < MOST_ROUNDS ? findJoining(space, active, isActive, prices) : []
    if (joining.length === 0) {
      // With gas this is where the search starts from, not where it ends.
      if (tolerance === FINE_TOLERANCE || !solved || space.costPerGas > 0) return { edges, prices, solved }
      tolerance = FINE_TOLERANCE
    }
    // Where the nodes so far cannot carry the amount, their prices ran away: the next round starts from the old ones.
    const next = solved ? trial.prices() : known
    for (const node of joining) {
      isActive[node] = 1
      active.push(node)
      if (solved) next[node] = f64(prices.logPrice, node)
    }
    known = next
  }
}

function edgesAmong(
  { graph, isUsable }: SearchSpace,
  active: readonly number[],
  isActive: Uint8Array,
): number[] {
  const edges: number[] = []
  for (const node of active) {
    for (let edge = i32(graph.firstEdge, node); edge < i32(graph.firstEdge, node + 1); edge += 1) {
      if (u8(isUsable, edge) === 1 && u8(isActive, i32(graph.edgeTo, edge)) === 1) edges.push(edge)
    }
  }
  return edges
}

function priceOthers(trial: FlowTrial, active: readonly number[], isActive: Uint8Array): NodePrices {
  const { space } = trial
  const logPrice = space.room.floats(space.graph.nodeCount, Number.NEGATIVE_INFINITY)
  for (const node of active) logPrice[node] = trial.price(node) ?? Number.NEGATIVE_INFINITY
  return priceByOnwardSale(space, logPrice, isActive, space.reach)
}

function findJoining(
  space: SearchSpace,
  active: readonly number[],
  isActive: Uint8Array,
  prices: NodePrices,
): number[] {
  const { graph, isUsable, exactIn, source, sink, amount } = space
  const { logPrice, via } = prices
  const value = amount * Math.exp(f64(logPrice, exactIn ? source : sink))
  const flow = createCurveFlow()
  const gains = new Map<number, number>()
  for (const node of active) {
    for (let edge = i32(graph.firstEdge, node); edge < i32(graph.firstEdge, node + 1); edge += 1) {
      const to = i32(graph.edgeTo, edge)
      if (u8(isUsable, edge) === 0 || u8(isActive, to) === 1) continue
      const depth = f64(graph.logRate, edge) + f64(logPrice, to) - f64(logPrice, node)
      if (!(depth > 0) || depth === Number.POSITIVE_INFINITY) continue
      flowAtDepth(graph.curves[edge] as SwapCurve, depth, 0x7fffffff, flow)
      const gain = Math.exp(f64(logPrice, to)) * flow.output - Math.exp(f64(logPrice, node)) * flow.input
      if (gain > LEAST_GAIN * value) gains.set(to, Math.max(gain, gains.get(to) ?? 0))
    }
  }
  const best = [...gains]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, Math.max(LEAST_NEW_NODES, active.length))
  const joining = new Set<number>()
  for (const [first] of best) {
    // A node joins with the nodes that its worth comes from.
    for (let node = first, hops = 0; u8(isActive, node) === 0 && hops < space.reach; hops += 1) {
      joining.add(node)
      const edge = i32(via, node)
      if (edge < 0) break
      node = i32(graph.edgeTo, edge)
    }
  }
  return [...joining]
}
