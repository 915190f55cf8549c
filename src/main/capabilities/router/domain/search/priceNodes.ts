import type { SearchSpace } from './SearchSpace.ts'
import { f64, i32, u8 } from './typedArrays.ts'

/** Logarithms of prices by node, and by which edge each price came about (-1 for a given one). */
export interface NodePrices {
  readonly logPrice: Float64Array
  readonly via: Int32Array
}

/**
 * Prices the nodes that are not given by their best onward sale at marginal rates, in at most so many rounds over them. Nodes from
 * which nothing given can be reached stay at -Infinity.
 */
export function priceByOnwardSale(
  { graph, room, isUsable }: SearchSpace,
  logPrice: Float64Array,
  isGiven: Uint8Array,
  rounds: number,
): NodePrices {
  const { firstEdge, edgeTo, logRate } = graph
  const via = room.ints(graph.nodeCount, -1)
  const others = room.ints(graph.nodeCount)
  let count = 0
  for (let node = 0; node < graph.nodeCount; node += 1) {
    if (u8(isGiven, node) === 1) continue
    others[count] = node
    count += 1
  }
  let changed = count > 0
  for (let round = 0; round < rounds && changed; round += 1) {
    changed = false
    for (let at = 0; at < count; at += 1) {
      const node = i32(others, at)
      const before = f64(logPrice, node)
      let best = before
      const end = i32(firstEdge, node + 1)
      for (let edge = i32(firstEdge, node); edge < end; edge += 1) {
        const price = f64(logRate, edge) + f64(logPrice, i32(edgeTo, edge))
        if (!(price > best) || u8(isUsable, edge) === 0) continue
        best = price
        via[node] = edge
      }
      if (best === before) continue
      logPrice[node] = best
      changed = true
    }
  }
  return { logPrice, via }
}
