import { createCurveFlow, flowAtInput, inputAt, outputAt, type SwapCurve } from '../pools/SwapCurve.ts'
import type { EdgeGraph } from './PoolGraph.ts'
import type { SearchSpace, WholeSpace } from './SearchSpace.ts'
import { f64, i32, u8 } from './typedArrays.ts'

/** A route without a split, carrying the whole amount: its edges from source to sink, and what they do with it. */
export interface SinglePath {
  readonly edges: readonly number[]
  /** Output for exact-in, input for exact-out, in floating point. */
  readonly amount: number
  /** By edge: what goes in, what comes out, and its gas. */
  readonly inputs: readonly number[]
  readonly outputs: readonly number[]
  readonly legGas: readonly number[]
  /** Logarithms of the prices after the trade, of every node from source to sink; the fixed end's is zero. */
  readonly logPrices: readonly number[]
  /** False where rounding takes it over the end of a pool. */
  readonly fits: boolean
}

/**
 * The best path of each number of hops for the whole amount: dynamic programming over hops, in which each node keeps the
 * greatest amount (exact-in) or the least need (exact-out) net of the gas so far.
 */
export function findSinglePaths(space: WholeSpace): SinglePath[] {
  const paths = space.exactIn ? searchForward(space) : searchBackward(space)
  return paths.flatMap((edges) => carryThrough(space, edges) ?? [])
}

const flow = createCurveFlow()

function carryThrough(space: SearchSpace, edges: readonly number[]): SinglePath | undefined {
  const { graph, exactIn } = space
  const needed = exactIn ? space.amount : inputOfPath(space, edges)
  if (!(needed > 0)) return undefined
  const inputs: number[] = []
  const outputs: number[] = []
  const legGas: number[] = []
  const logPrices: number[] = [0]
  let carried = needed
  let logPrice = 0
  let fits = true
  for (const edge of edges) {
    inputs.push(carried)
    if (!flowAtInput(graph.curves[edge] as SwapCurve, carried, flow)) fits = false
    carried = flow.output
    outputs.push(carried)
    legGas.push(f64(graph.swapGas, edge) + f64(graph.tickGas, edge) * flow.piece)
    logPrice -= f64(graph.logRate, edge) - flow.depth
    logPrices.push(logPrice)
  }
  if (exactIn && !(fits && carried > 0)) return undefined
  if (exactIn)
    for (let at = 0; at < logPrices.length; at += 1) logPrices[at] = (logPrices[at] as number) - logPrice
  return { edges, amount: exactIn ? carried : needed, inputs, outputs, legGas, logPrices, fits }
}

/** What a path needs for the amount, or -1 where it cannot give it. */
function inputOfPath(space: SearchSpace, edges: readonly number[]): number {
  let amount = space.amount
  for (let at = edges.length - 1; at >= 0 && amount > 0; at -= 1) {
    amount = inputAt(space.graph.curves[edges[at] as number] as SwapCurve, amount)
  }
  return amount
}

/**
 * Paths of the numbers of hops so far: by number of hops and node, the amount, the gas so far, what the paths compare by, and
 * the last edge.
 */
interface Layers {
  readonly nodeCount: number
  readonly amount: Float64Array
  readonly gas: Float64Array
  readonly rank: Float64Array
  readonly via: Int32Array
}

/** Rounding of a rate, beyond which no curve gives more than its first unit's. */
const RATE_ROUNDING = 1 + 1e-12

function searchForward(space: WholeSpace): number[][] {
  const { graph, isUsable, source, sink, pathHops, costPerGas, hopsToSink } = space
  const { curves, edgeFrom, edgeTo, rate, swapGas, productLimit, productIn, productOut, nodeCount } = graph
  const gasPrice = costPerGas > 0 ? priceGas(space, graph.facts.salePrices(sink).price) : undefined
  const layers = createLayers(space)
  const { amount: amounts, gas: gases, rank: ranks, via } = layers
  amounts[source] = space.amount
  const paths: number[][] = []
  for (let hop = 1; hop <= pathHops; hop += 1) {
    const before = (hop - 1) * nodeCount
    const here = hop * nodeCount
    // The first hops leave few nodes, the last ones enter few: the edges of the fewer are looked at, in the same order for each.
    const leaving = hop * 2 <= pathHops
    const first = leaving ? graph.firstEdge : graph.firstEntering
    for (let node = 0; node < nodeCount; node += 1) {
      if (leaving ? f64(amounts, before + node) === 0 : hop + u8(hopsToSink, node) > pathHops) continue
      const end = i32(first, node + 1)
      for (let at = i32(first, node); at < end; at += 1) {
        const edge = leaving ? at : i32(graph.entering, at)
        const from = leaving ? node : i32(edgeFrom, edge)
        const to = leaving ? i32(edgeTo, edge) : node
        const carried = f64(amounts, before + from)
        // What is no better at the best, or could not reach the sink in time, needs no look at its curve.
        const known = f64(ranks, here + to)
        if (carried === 0 || carried * f64(rate, edge) * RATE_ROUNDING <= known) continue
        if (u8(isUsable, edge) === 0 || hop + u8(hopsToSink, to) > pathHops) continue
        const amount =
          carried <= f64(productLimit, edge)
            ? (f64(productOut, edge) * carried) / (f64(productIn, edge) + carried)
            : outputAt(curves[edge] as SwapCurve, carried)
        if (!(amount > 0)) continue
        let rank = amount
        let gas = 0
        if (gasPrice !== undefined) {
          gas = f64(gases, before + from) + f64(swapGas, edge)
          rank -= gas * f64(gasPrice, to)
        }
        if (rank <= known || repeats(graph, layers, hop - 1, edge, true)) continue
        amounts[here + to] = amount
        gases[here + to] = gas
        ranks[here + to] = rank
        via[here + to] = edge
      }
    }
    if (i32(via, here + sink) >= 0) paths.push(trace(graph, layers, hop, sink, true))
  }
  return paths
}

function searchBackward(space: WholeSpace): number[][] {
  const { graph, edges, source, sink, pathHops, costPerGas, hopsFromSource } = space
  const { edgeFrom, edgeTo, curves, rate, swapGas, nodeCount } = graph
  const gasPrice = costPerGas > 0 ? priceGas(space, graph.facts.purchasePrices(source).price) : undefined
  const layers = createLayers(space)
  const { amount: amounts, gas: gases, rank: ranks, via } = layers
  amounts[sink] = space.amount
  const paths: number[][] = []
  for (let hop = 1; hop <= pathHops; hop += 1) {
    const after = (hop - 1) * nodeCount
    const here = hop * nodeCount
    for (let at = 0; at < edges.length; at += 1) {
      const edge = i32(edges, at)
      const to = i32(edgeTo, edge)
      const needed = f64(amounts, after + to)
      if (needed === 0) continue
      const from = i32(edgeFrom, edge)
      const known = f64(ranks, here + from)
      if (hop + u8(hopsFromSource, from) > pathHops) continue
      if (-needed <= known * f64(rate, edge) * RATE_ROUNDING) continue
      const amount = inputAt(curves[edge] as SwapCurve, needed)
      if (!(amount > 0)) continue
      let rank = -amount
      let gas = 0
      if (gasPrice !== undefined) {
        gas = f64(gases, after + to) + f64(swapGas, edge)
        rank -= gas * f64(gasPrice, from)
      }
      if (rank <= known || repeats(graph, layers, hop - 1, edge, false)) continue
      amounts[here + from] = amount
      gases[here + from] = gas
      ranks[here + from] = rank
      via[here + from] = edge
    }
    if (i32(via, here + source) >= 0) paths.push(trace(graph, layers, hop, source, false))
  }
  return paths
}

/** A unit of gas in each node's token, at what the token is worth at the sink or costs at the source. */
function priceGas({ room, costPerGas }: SearchSpace, price: Float64Array): Float64Array {
  const gasPrice = room.floats(price.length)
  for (let node = 0; node < price.length; node += 1) gasPrice[node] = costPerGas / f64(price, node)
  return gasPrice
}

function createLayers({ room, graph: { nodeCount }, pathHops }: SearchSpace): Layers {
  const count = (pathHops + 1) * nodeCount
  return {
    nodeCount,
    amount: room.floats(count),
    gas: room.floats(count),
    rank: room.floats(count, Number.NEGATIVE_INFINITY),
    via: room.ints(count, -1),
  }
}

/** Whether the path so far already went through the edge's pool or its new node. */
function repeats(
  graph: EdgeGraph,
  { via: edges, nodeCount }: Layers,
  hop: number,
  edge: number,
  forward: boolean,
): boolean {
  const pool = i32(graph.edgePool, edge)
  const reached = i32(forward ? graph.edgeTo : graph.edgeFrom, edge)
  let node = i32(forward ? graph.edgeFrom : graph.edgeTo, edge)
  for (let layer = hop; layer > 0; layer -= 1) {
    const via = i32(edges, layer * nodeCount + node)
    node = i32(forward ? graph.edgeFrom : graph.edgeTo, via)
    if (i32(graph.edgePool, via) === pool || node === reached) return true
  }
  return false
}

function trace(graph: EdgeGraph, layers: Layers, hop: number, end: number, forward: boolean): number[] {
  const edges: number[] = []
  let node = end
  for (let layer = hop; layer > 0; layer -= 1) {
    const via = i32(layers.via, layer * layers.nodeCount + node)
    edges.push(via)
    node = i32(forward ? graph.edgeFrom : graph.edgeTo, via)
  }
  return forward ? edges.reverse() : edges
}
