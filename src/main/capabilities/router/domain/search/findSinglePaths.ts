import { createCurveFlow, flowAtInput, inputAt, outputAt, type SwapCurve } from '../pools/SwapCurve.ts'
import type { EdgeGraph } from './PoolGraph.ts'
import { priceByCheapestPurchase, priceBySaleToSink } from './priceNodes.ts'
import type { Room } from './Room.ts'
import type { SearchSpace } from './SearchSpace.ts'
import { f64, i32, u8 } from './typedArrays.ts'

/** A route without a split, its edges from source to sink. */
export interface SinglePath {
  readonly edges: readonly number[]
  /** Output for exact-in, input for exact-out, in floating point. */
  readonly amount: number
}

/**
 * The best path of each number of hops for the whole amount: dynamic programming over hops, in which each node keeps the
 * greatest amount (exact-in) or the least need (exact-out) net of the gas so far.
 */
export function findSinglePaths(space: SearchSpace): SinglePath[] {
  const paths = space.exactIn ? searchForward(space) : searchBackward(space)
  return paths.map((edges) => ({ edges, amount: runPath(space, edges) })).filter(({ amount }) => amount > 0)
}

/** What a path gives for the amount (exact-in) or needs for it (exact-out), or -1 where it cannot carry it. */
export function runPath(space: SearchSpace, edges: readonly number[]): number {
  const { curves } = space.graph
  let amount = space.amount
  const ordered = space.exactIn ? edges : edges.toReversed()
  for (const edge of ordered) {
    const curve = curves[edge] as SwapCurve
    amount = space.exactIn ? outputAt(curve, amount) : inputAt(curve, amount)
    if (!(amount > 0)) return -1
  }
  return amount
}

/** Logarithms of the prices along a path after it carried the amount, by node of the graph; the fixed end's is zero, others' NaN. */
export function pricesAfterPath(space: SearchSpace, edges: readonly number[]): Float64Array {
  const { graph, exactIn, source, sink } = space
  const flow = createCurveFlow()
  let amount = exactIn ? space.amount : runPath(space, edges)
  const steps = edges.map((edge) => {
    flowAtInput(graph.curves[edge] as SwapCurve, amount, flow)
    amount = flow.output
    return f64(graph.logRate, edge) - flow.depth
  })
  const prices = space.room.floats(graph.nodeCount, Number.NaN)
  if (exactIn) {
    let logPrice = 0
    prices[sink] = 0
    for (let at = edges.length - 1; at >= 0; at -= 1) {
      logPrice += steps[at] as number
      prices[i32(graph.edgeFrom, edges[at] as number)] = logPrice
    }
  } else {
    let logPrice = 0
    prices[source] = 0
    for (const [at, edge] of edges.entries()) {
      logPrice -= steps[at] as number
      prices[i32(graph.edgeTo, edge)] = logPrice
    }
  }
  return prices
}

/** Paths of one number of hops: by node, the amount, the gas so far, what the paths compare by, and the last edge. */
interface Layer {
  readonly amount: Float64Array
  readonly gas: Float64Array
  readonly rank: Float64Array
  readonly via: Int32Array
}

/** Rounding of a rate, beyond which no curve gives more than its first unit's. */
const RATE_ROUNDING = 1 + 1e-12

function searchForward(space: SearchSpace): number[][] {
  const { graph, room, isUsable, source, sink, pathHops, costPerGas, hopsToSink } = space
  const { edgeTo, firstEdge, curves, rate, swapGas, productLimit, productIn, productOut, nodeCount } = graph
  const gasPrice = costPerGas > 0 ? priceGasBySale(space) : undefined
  const layers: Layer[] = [createLayer(room, nodeCount)]
  ;(layers[0] as Layer).amount[source] = space.amount
  const paths: number[][] = []
  for (let hop = 1; hop <= pathHops; hop += 1) {
    const before = layers[hop - 1] as Layer
    const layer = createLayer(room, nodeCount)
    const ranks = layer.rank
    layers.push(layer)
    for (let from = 0; from < nodeCount; from += 1) {
      const carried = f64(before.amount, from)
      if (carried === 0) continue
      const end = i32(firstEdge, from + 1)
      for (let edge = i32(firstEdge, from); edge < end; edge += 1) {
        const to = i32(edgeTo, edge)
        // What could not reach the sink in time, or is no better at the best, needs no look at its curve.
        if (u8(isUsable, edge) === 0 || hop + u8(hopsToSink, to) > pathHops) continue
        if (carried * f64(rate, edge) * RATE_ROUNDING <= f64(ranks, to)) continue
        const amount =
          carried <= f64(productLimit, edge)
            ? (f64(productOut, edge) * carried) / (f64(productIn, edge) + carried)
            : outputAt(curves[edge] as SwapCurve, carried)
        if (!(amount > 0)) continue
        let rank = amount
        let gas = 0
        if (gasPrice !== undefined) {
          gas = f64(before.gas, from) + f64(swapGas, edge)
          rank -= gas * f64(gasPrice, to)
        }
        if (rank <= f64(ranks, to) || repeats(graph, layers, hop - 1, edge, true)) continue
        layer.amount[to] = amount
        layer.gas[to] = gas
        ranks[to] = rank
        layer.via[to] = edge
      }
    }
    if (i32(layer.via, sink) >= 0) paths.push(trace(graph, layers, hop, sink, true))
  }
  return paths
}

function searchBackward(space: SearchSpace): number[][] {
  const { graph, room, edges, source, sink, pathHops, costPerGas, hopsFromSource } = space
  const { edgeFrom, edgeTo, curves, rate, swapGas } = graph
  const gasPrice = costPerGas > 0 ? priceGasByPurchase(space) : undefined
  const layers: Layer[] = [createLayer(room, graph.nodeCount)]
  ;(layers[0] as Layer).amount[sink] = space.amount
  const paths: number[][] = []
  for (let hop = 1; hop <= pathHops; hop += 1) {
    const after = layers[hop - 1] as Layer
    const layer = createLayer(room, graph.nodeCount)
    const ranks = layer.rank
    layers.push(layer)
    for (let at = 0; at < edges.length; at += 1) {
      const edge = i32(edges, at)
      const to = i32(edgeTo, edge)
      const needed = f64(after.amount, to)
      if (needed === 0) continue
      const from = i32(edgeFrom, edge)
      if (hop + u8(hopsFromSource, from) > pathHops) continue
      if (-needed <= f64(ranks, from) * f64(rate, edge) * RATE_ROUNDING) continue
      const amount = inputAt(curves[edge] as SwapCurve, needed)
      if (!(amount > 0)) continue
      let rank = -amount
      let gas = 0
      if (gasPrice !== undefined) {
        gas = f64(after.gas, to) + f64(swapGas, edge)
        rank -= gas * f64(gasPrice, from)
      }
      if (rank <= f64(ranks, from) || repeats(graph, layers, hop - 1, edge, false)) continue
      layer.amount[from] = amount
      layer.gas[from] = gas
      ranks[from] = rank
      layer.via[from] = edge
    }
    if (i32(layer.via, source) >= 0) paths.push(trace(graph, layers, hop, source, false))
  }
  return paths
}

/** A unit of gas in each node's token, at what the token is worth at the sink. */
function priceGasBySale(space: SearchSpace): Float64Array {
  return priceGas(space, priceBySaleToSink(space))
}

/** A unit of gas in each node's token, at what the token costs at the source. */
function priceGasByPurchase(space: SearchSpace): Float64Array {
  return priceGas(space, priceByCheapestPurchase(space))
}

function priceGas({ room, costPerGas }: SearchSpace, logPrice: Float64Array): Float64Array {
  const gasPrice = room.floats(logPrice.length)
  for (let node = 0; node < logPrice.length; node += 1) {
    gasPrice[node] = costPerGas * Math.exp(-f64(logPrice, node))
  }
  return gasPrice
}

function createLayer(room: Room, nodeCount: number): Layer {
  return {
    amount: room.floats(nodeCount),
    gas: room.floats(nodeCount),
    rank: room.floats(nodeCount, Number.NEGATIVE_INFINITY),
    via: room.ints(nodeCount, -1),
  }
}

/** Whether the path so far already went through the edge's pool or its new node. */
function repeats(
  graph: EdgeGraph,
  layers: readonly Layer[],
  hop: number,
  edge: number,
  forward: boolean,
): boolean {
  const pool = i32(graph.edgePool, edge)
  const reached = i32(forward ? graph.edgeTo : graph.edgeFrom, edge)
  let node = i32(forward ? graph.edgeFrom : graph.edgeTo, edge)
  for (let layer = hop; layer > 0; layer -= 1) {
    const via = i32((layers[layer] as Layer).via, node)
    node = i32(forward ? graph.edgeFrom : graph.edgeTo, via)
    if (i32(graph.edgePool, via) === pool || node === reached) return true
  }
  return false
}

function trace(
  graph: EdgeGraph,
  layers: readonly Layer[],
  hop: number,
  end: number,
  forward: boolean,
): number[] {
  const edges: number[] = []
  let node = end
  for (let layer = hop; layer > 0; layer -= 1) {
    const via = i32((layers[layer] as Layer).via, node)
    edges.push(via)
    node = i32(forward ? graph.edgeFrom : graph.edgeTo, via)
  }
  return forward ? edges.reverse() : edges
}
