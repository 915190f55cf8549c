import type { SearchSpace } from './SearchSpace.ts'
import { f64, i32, u8 } from './typedArrays.ts'

/** Logarithms of prices by node, and by which edge each price came about (-1 for a given one). */
export interface NodePrices {
  readonly logPrice: Float64Array
  readonly via: Int32Array
}

/**
 * Prices the nodes that are not given by their best onward sale at marginal rates, over at most `rounds` hops. Nodes from
 * which nothing given can be reached stay at -Infinity.
 */
export function priceByOnwardSale(
  space: SearchSpace,
  logPrice: Float64Array,
  isGiven: Uint8Array,
  rounds: number,
): NodePrices {
  const { edges, graph } = space
  const { edgeFrom, edgeTo, logRate } = graph
  const via = new Int32Array(graph.nodeCount).fill(-1)
  for (let round = 0; round < rounds; round += 1) {
    let changed = false
    for (let at = 0; at < edges.length; at += 1) {
      const edge = i32(edges, at)
      const from = i32(edgeFrom, edge)
      if (u8(isGiven, from) === 1) continue
      const price = f64(logRate, edge) + f64(logPrice, i32(edgeTo, edge))
      if (price > f64(logPrice, from)) {
        logPrice[from] = price
        via[from] = edge
        changed = true
      }
    }
    if (!changed) break
  }
  return { logPrice, via }
}

/** What each node costs at marginal rates when bought from the source; the source's own price is one. */
export function priceByCheapestPurchase(space: SearchSpace): Float64Array {
  const { edges, graph, source, reach } = space
  const logPrice = new Float64Array(graph.nodeCount).fill(Number.POSITIVE_INFINITY)
  logPrice[source] = 0
  for (let round = 0; round < reach; round += 1) {
    let changed = false
    for (let at = 0; at < edges.length; at += 1) {
      const edge = i32(edges, at)
      const to = i32(graph.edgeTo, edge)
      const price = f64(logPrice, i32(graph.edgeFrom, edge)) - f64(graph.logRate, edge)
      if (price < f64(logPrice, to)) {
        logPrice[to] = price
        changed = true
      }
    }
    if (!changed) break
  }
  return logPrice
}

/** What each node is worth in the sink's token at marginal rates. */
export function priceBySaleToSink(space: SearchSpace): Float64Array {
  const logPrice = new Float64Array(space.graph.nodeCount).fill(Number.NEGATIVE_INFINITY)
  const isGiven = new Uint8Array(space.graph.nodeCount)
  logPrice[space.sink] = 0
  isGiven[space.sink] = 1
  return priceByOnwardSale(space, logPrice, isGiven, space.reach).logPrice
}
