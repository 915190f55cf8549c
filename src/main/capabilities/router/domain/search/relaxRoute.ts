import type { FlowTrial } from './FlowTrial.ts'
import { gainAtDepth } from './gainAtDepth.ts'
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

/** The nodes of the problem so far, and the usable edges among them. */
interface Problem {
  readonly nodes: number[]
  readonly edges: number[]
  readonly isActive: Uint8Array
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
  const problem: Problem = { nodes: [], edges: [], isActive: space.room.bytes(space.graph.nodeCount) }
  for (const node of [space.source, space.sink, ...startNodes]) join(space, problem, node)
  let known = startPrices
  // Which nodes matter shows at rough prices already; what flows is settled once none is missing.
  let tolerance = ROUGH_TOLERANCE
  for (let round = 1; ; round += 1) {
    const { edges } = problem
    const solved = trial.solve(edges, known, { tolerance })
    const prices = priceOthers(trial, problem)
    const joining = round < MOST_ROUNDS ? findJoining(space, problem, prices) : []
    if (joining.length === 0) {
      // With gas this is where the search starts from, not where it ends.
      if (tolerance === FINE_TOLERANCE || !solved || space.costPerGas > 0) return { edges, prices, solved }
      tolerance = FINE_TOLERANCE
    }
    // Where the nodes so far cannot carry the amount, their prices ran away: the next round starts from the old ones.
    const next = solved ? trial.prices() : known
    for (const node of joining) {
      join(space, problem, node)
      if (solved) next[node] = f64(prices.logPrice, node)
    }
    known = next
  }
}

/** Takes a node into the problem, with its edges from and to those that are in it. */
function join({ graph, isUsable }: SearchSpace, { nodes, edges, isActive }: Problem, node: number): void {
  if (u8(isActive, node) === 1) return
  isActive[node] = 1
  nodes.push(node)
  for (let edge = i32(graph.firstEdge, node); edge < i32(graph.firstEdge, node + 1); edge += 1) {
    if (u8(isActive, i32(graph.edgeTo, edge)) === 1 && u8(isUsable, edge) === 1) edges.push(edge)
  }
  for (let at = i32(graph.firstEntering, node); at < i32(graph.firstEntering, node + 1); at += 1) {
    const edge = i32(graph.entering, at)
    if (u8(isActive, i32(graph.enteringFrom, at)) === 1 && u8(isUsable, edge) === 1) edges.push(edge)
  }
}

function priceOthers(trial: FlowTrial, { nodes, isActive }: Problem): NodePrices {
  const { space } = trial
  const logPrice = space.room.floats(space.graph.nodeCount, Number.NEGATIVE_INFINITY)
  for (const node of nodes) logPrice[node] = trial.price(node) ?? Number.NEGATIVE_INFINITY
  return priceByOnwardSale(space, logPrice, isActive, space.reach)
}

/** The nodes outside the problem that would be worth buying, the best of them where they are many. */
function findJoining(space: SearchSpace, { nodes, isActive }: Problem, prices: NodePrices): number[] {
  const { graph, isUsable, exactIn, source, sink, amount, room } = space
  const { firstEdge, edgeTo, logRate } = graph
  const { logPrice, via } = prices
  const least = LEAST_GAIN * amount * Math.exp(f64(logPrice, exactIn ? source : sink))
  const gains = room.floats(graph.nodeCount)
  let worthwhile: number[] = []
  for (const node of nodes) {
    const logSold = f64(logPrice, node)
    const end = i32(firstEdge, node + 1)
    for (let edge = i32(firstEdge, node); edge < end; edge += 1) {
      const to = i32(edgeTo, edge)
      const depth = f64(logRate, edge) + f64(logPrice, to) - logSold
      if (!(depth > 0) || u8(isActive, to) === 1 || depth === Number.POSITIVE_INFINITY) continue
      if (u8(isUsable, edge) === 0) continue
      const gain = gainAtDepth(graph, edge, depth, logSold, f64(logPrice, to))
      if (!(gain > least)) continue
      if (f64(gains, to) === 0) worthwhile.push(to)
      if (gain > f64(gains, to)) gains[to] = gain
    }
  }
  const most = Math.max(LEAST_NEW_NODES, nodes.length)
  if (worthwhile.length > most) {
    worthwhile = worthwhile.sort((a, b) => f64(gains, b) - f64(gains, a) || a - b).slice(0, most)
  }
  const joining: number[] = []
  const isJoining = room.bytes(graph.nodeCount)
  for (const first of worthwhile) {
    // A node joins with the nodes that its worth comes from.
    for (let node = first, hops = 0; u8(isActive, node) === 0 && hops < space.reach; hops += 1) {
      if (u8(isJoining, node) === 1) break
      isJoining[node] = 1
      joining.push(node)
      const edge = i32(via, node)
      if (edge < 0) break
      node = i32(edgeTo, edge)
    }
  }
  return joining
}
