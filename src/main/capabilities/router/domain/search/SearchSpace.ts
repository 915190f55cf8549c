import type { Pool } from '../pools/Pool.ts'
import { countHops } from './NodeFacts.ts'
import type { EdgeGraph, PoolGraph } from './PoolGraph.ts'
import { type Room, takeRoom } from './Room.ts'
import {
  DEFAULT_BASE_GAS,
  DEFAULT_EFFORT,
  GREATEST_HOPS,
  type RouteRequest,
  USUAL_HOPS,
} from './RouteRequest.ts'
import { i32, u8 } from './typedArrays.ts'

/** One request seen on the graph: which nodes and edges can take part at all, and the numbers in floating point. */
export interface SearchSpace {
  readonly graph: EdgeGraph
  readonly request: RouteRequest
  /** Where the search keeps its arrays, this space's among them. */
  readonly room: Room
  readonly exactIn: boolean
  readonly source: number
  readonly sink: number
  readonly amount: number
  /** Cost of a unit of gas in the token that is not fixed. */
  readonly costPerGas: number
  readonly baseGas: number
  /** Most hops between source and sink over any edge that may be used. */
  readonly reach: number
  /** Single paths are looked for within so many hops. */
  readonly pathHops: number
  /** Longer ones come about where routes share tokens, and are only refused when the request says so. */
  readonly hopLimit: number
  readonly maxLegs: number
  /** Evaluations of an edge that refining may take. */
  readonly effort: number
  /** Edges that lie on some route within the greatest number of hops. */
  readonly edges: Int32Array
  readonly isUsable: Uint8Array
  /** Least hops by node; more than any reach where there is no way. */
  readonly hopsFromSource: Uint8Array
  readonly hopsToSink: Uint8Array
}

/** A space of a whole graph, which remembers what it was asked before. */
export interface WholeSpace extends SearchSpace {
  readonly graph: PoolGraph
}

/** Cuts the graph down to the edges that a route of the request may use; undefined where none leads there. */
export function createSearchSpace(graph: PoolGraph, request: RouteRequest): WholeSpace | undefined {
  const source = graph.nodeOfToken.get(request.tokenIn)
  const sink = graph.nodeOfToken.get(request.tokenOut)
  if (source === undefined || sink === undefined || source === sink) return undefined
  const reach = Math.min(request.maxHops ?? GREATEST_HOPS, request.maxLegs ?? GREATEST_HOPS, GREATEST_HOPS)
  const isAllowed = allowVenues(graph, request.excludeVenues)
  const hopsFromSource = isAllowed ? countHops(graph, source, true, isAllowed) : graph.facts.hopsFrom(source)
  const hopsToSink = isAllowed ? countHops(graph, sink, false, isAllowed) : graph.facts.hopsTo(sink)
  if (u8(hopsFromSource, sink) > reach) return undefined
  const room = takeRoom()
  const { edgeTo, edgeCount, firstEdge, isLeaf } = graph
  const isUsable = room.bytes(edgeCount)
  const edges = room.ints(edgeCount)
  let count = 0
  for (let from = 0; from < graph.nodeCount; from += 1) {
    const hopsLeft = reach - 1 - u8(hopsFromSource, from)
    if (hopsLeft < 0 || from === sink || (u8(isLeaf, from) === 1 && from !== source)) continue
    for (let edge = i32(firstEdge, from); edge < i32(firstEdge, from + 1); edge += 1) {
      const to = i32(edgeTo, edge)
      if (u8(hopsToSink, to) > hopsLeft || to === source || (u8(isLeaf, to) === 1 && to !== sink)) continue
      if (isAllowed !== undefined && u8(isAllowed, edge) === 0) continue
      isUsable[edge] = 1
      edges[count] = edge
      count += 1
    }
  }
  const { costPerGas } = request
  return {
    graph,
    request,
    room,
    exactIn: request.mode === 'exactIn',
    source,
    sink,
    amount: Number(request.amount),
    costPerGas: costPerGas === undefined ? 0 : Number(costPerGas.numerator) / Number(costPerGas.denominator),
    baseGas: request.baseGas ?? DEFAULT_BASE_GAS,
    reach,
    pathHops: Math.min(reach, Math.max(USUAL_HOPS, u8(hopsFromSource, sink))),
    hopLimit: request.maxHops ?? Number.POSITIVE_INFINITY,
    maxLegs: request.maxLegs ?? Number.POSITIVE_INFINITY,
    effort: request.effort ?? DEFAULT_EFFORT,
    edges: edges.subarray(0, count),
    isUsable,
    hopsFromSource,
    hopsToSink,
  }
}

/** Flags the edges of pools that the request does not exclude; undefined where it excludes none. */
function allowVenues(graph: PoolGraph, excluded?: readonly string[]): Uint8Array | undefined {
  if (!excluded?.length) return undefined
  return Uint8Array.from(graph.edgePool, (pool) =>
    excluded.includes((graph.pools[pool] as Pool).venue) ? 0 : 1,
  )
}
