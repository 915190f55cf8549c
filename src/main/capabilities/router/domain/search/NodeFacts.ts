import type { EdgeGraph } from './PoolGraph.ts'
import { GREATEST_HOPS } from './RouteRequest.ts'
import { f64, i32, u8 } from './typedArrays.ts'

/** Prices of all nodes at marginal rates; in units of the node that they are seen from, which is at one. */
export interface NodePriceList {
  readonly price: Float64Array
  /** Natural logarithms; infinite where there is no way. */
  readonly logPrice: Float64Array
}

/** More hops than any reach, for where there is no way. */
export const UNREACHED = 100

/**
 * What searches from a node or to it need and no request changes: worked out when a request first asks for it, and kept with the
 * graph, as the next request is mostly for the same pair.
 */
export class NodeFacts {
  readonly #graph: EdgeGraph
  readonly #hopsFrom = new Map<number, Uint8Array>()
  readonly #hopsTo = new Map<number, Uint8Array>()
  readonly #sales = new Map<number, NodePriceList>()
  readonly #purchases = new Map<number, NodePriceList>()

  constructor(graph: EdgeGraph) {
    this.#graph = graph
  }

  /** Least hops from a node to each. */
  hopsFrom(node: number): Uint8Array {
    return remember(this.#hopsFrom, node, () => countHops(this.#graph, node, true))
  }

  /** Least hops to a node from each. */
  hopsTo(node: number): Uint8Array {
    return remember(this.#hopsTo, node, () => countHops(this.#graph, node, false))
  }

  /** What each node is worth when sold on to this one. */
  salePrices(node: number): NodePriceList {
    return remember(this.#sales, node, () => listPrices(this.#graph, node, true))
  }

  /** What each node costs when bought from this one. */
  purchasePrices(node: number): NodePriceList {
    return remember(this.#purchases, node, () => listPrices(this.#graph, node, false))
  }
}

function remember<T>(known: Map<number, T>, node: number, work: () => T): T {
  let value = known.get(node)
  if (value === undefined) {
    value = work()
    known.set(node, value)
  }
  return value
}

/** Hops from the start to each node along the edges, or against them; over allowed edges where others are told apart. */
export function countHops(
  graph: EdgeGraph,
  start: number,
  forward: boolean,
  isAllowed?: Uint8Array,
): Uint8Array {
  const first = forward ? graph.firstEdge : graph.firstEntering
  const far = forward ? graph.edgeTo : graph.edgeFrom
  const hops = new Uint8Array(graph.nodeCount).fill(UNREACHED)
  hops[start] = 0
  // Grows while it is walked, in the order of being reached, which is by rising hops.
  const reached = [start]
  for (let next = 0; next < reached.length; next += 1) {
    const node = reached[next] as number
    const distance = u8(hops, node) + 1
    if (distance > GREATEST_HOPS) break
    for (let at = i32(first, node); at < i32(first, node + 1); at += 1) {
      const edge = forward ? at : i32(graph.entering, at)
      const other = i32(far, edge)
      if (u8(hops, other) !== UNREACHED || isAllowed?.[edge] === 0) continue
      hops[other] = distance
      reached.push(other)
    }
  }
  return hops
}

function listPrices(graph: EdgeGraph, end: number, isSale: boolean): NodePriceList {
  const near = isSale ? graph.edgeFrom : graph.edgeTo
  const far = isSale ? graph.edgeTo : graph.edgeFrom
  const sign = isSale ? 1 : -1
  // Sales are as high as they can be, purchases as low.
  const logPrice = new Float64Array(graph.nodeCount).fill(-sign * Number.POSITIVE_INFINITY)
  logPrice[end] = 0
  let changed = true
  for (let round = 0; round < GREATEST_HOPS && changed; round += 1) {
    changed = false
    for (let edge = 0; edge < graph.edgeCount; edge += 1) {
      const node = i32(near, edge)
      const price = f64(logPrice, i32(far, edge)) + sign * f64(graph.logRate, edge)
      if (node === end || sign * price <= sign * f64(logPrice, node)) continue
      logPrice[node] = price
      changed = true
    }
  }
  return { logPrice, price: logPrice.map(Math.exp) }
}
