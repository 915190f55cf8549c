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
  const { graph, room, isUsable } = space
  const { entering, enteringFrom, enteringLogRate, firstEntering } = graph
  const via = room.ints(graph.nodeCount, -1)
  const improvedIn = room.bytes(graph.nodeCount)
  let frontier = room.ints(graph.nodeCount)
  let improved = room.ints(graph.nodeCount)
  let count = 0
  for (let node = 0; node < graph.nodeCount; node += 1) {
    if (u8(isGiven, node) === 0 || f64(logPrice, node) === Number.NEGATIVE_INFINITY) continue
    frontier[count] = node
    count += 1
  }
  // Only where a price has risen can those who sell there do better.
  for (let round = 1; round <= rounds && count > 0; round += 1) {
    let improvedCount = 0
    for (let next = 0; next < count; next += 1) {
      const node = i32(frontier, next)
      const logSale = f64(logPrice, node)
      for (let at = i32(firstEntering, node); at < i32(firstEntering, node + 1); at += 1) {
        const from = i32(enteringFrom, at)
        const price = f64(enteringLogRate, at) + logSale
        if (price <= f64(logPrice, from) || u8(isGiven, from) === 1) continue
        const edge = i32(entering, at)
        if (u8(isUsable, edge) === 0) continue
        logPrice[from] = price
        via[from] = edge
        if (u8(improvedIn, from) === round) continue
        improvedIn[from] = round
        improved[improvedCount] = from
        improvedCount += 1
      }
    }
    const walked = frontier
    frontier = improved
    improved = walked
    count = improvedCount
  }
  return { logPrice, via }
}

/** What each node costs at marginal rates when bought from the source; the source's own price is one. */
export function priceByCheapestPurchase(space: SearchSpace): Float64Array {
  const { edges, graph, room, source, reach } = space
  const logPrice = room.floats(graph.nodeCount, Number.POSITIVE_INFINITY)
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
  const logPrice = space.room.floats(space.graph.nodeCount, Number.NEGATIVE_INFINITY)
  const isGiven = space.room.bytes(space.graph.nodeCount)
  logPrice[space.sink] = 0
  isGiven[space.sink] = 1
  return priceByOnwardSale(space, logPrice, isGiven, space.reach).logPrice
}
