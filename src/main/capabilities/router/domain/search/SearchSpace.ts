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

/** Cuts the graph down to the edges that a route of the request may use; undefined where none leads there. */
export function createSearchSpace(graph: PoolGraph, request: RouteRequest): SearchSpace | undefined {
  const source = graph.nodeOfToken.get(request.tokenIn)
  const sink = graph.nodeOfToken.get(request.tokenOut)
  if (source === undefined || sink === undefined || source === sink) return undefined
  const reach = Math.min(request.maxHops ?? GREATEST_HOPS, request.maxLegs ?? GREATEST_HOPS, GREATEST_HOPS)
  const room = takeRoom()
  const allowed = allowedEdges(graph, room, source, sink, request.excludeVenues)
  const fromSource = countHops(graph, room, allowed, source, reach, true)
  const toSink = countHops(graph, room, allowed, sink, reach, false)
  if (u8(fromSource, sink) > reach) {
    room.release()
    return undefined
  }
  const { edgeFrom, edgeTo, edgeCount } = graph
  const edges = room.ints(edgeCount)
  let count = 0
  for (let edge = 0; edge < edgeCount; edge += 1) {
    if (u8(allowed, edge) === 0) continue
    if (u8(fromSource, i32(edgeFrom, edge)) + 1 + u8(toSink, i32(edgeTo, edge)) > reach) {
      allowed[edge] = 0
      continue
    }
    edges[count] = edge
    count += 1
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
    pathHops: Math.min(reach, Math.max(USUAL_HOPS, u8(fromSource, sink))),
    hopLimit: request.maxHops ?? Number.POSITIVE_INFINITY,
    maxLegs: request.maxLegs ?? Number.POSITIVE_INFINITY,
    effort: request.effort ?? DEFAULT_EFFORT,
    edges: edges.subarray(0, count),
    isUsable: allowed,
    hopsFromSource: fromSource,
    hopsToSink: toSink,
  }
}

const UNREACHED = 100

function allowedEdges(
  graph: PoolGraph,
  room: Room,
  source: number,
  sink: number,
  excluded?: readonly string[],
): Uint8Array {
  const { edgeFrom, edgeTo, edgeCount, isLeaf } = graph
  const allowed = room.bytes(edgeCount)
  const isExcluded = excluded?.length ? graph.pools.map(({ venue }) => excluded.includes(venue)) : undefined
  for (let edge = 0; edge < edgeCount; edge += 1) {
    const from = i32(edgeFrom, edge)
    const to = i32(edgeTo, edge)
    if (to === source || from === sink) continue
    if (u8(isLeaf, from) === 1 && from !== source) continue
    if (u8(isLeaf, to) === 1 && to !== sink) continue
    if (isExcluded?.[i32(graph.edgePool, edge)]) continue
    allowed[edge] = 1
  }
  return allowed
}

/** Hops from the start to each node along the edges, or against them. */
function countHops(
  graph: PoolGraph,
  room: Room,
  allowed: Uint8Array,
  start: number,
  most: number,
  forward: boolean,
): Uint8Array {
  const { nodeCount, entering } = graph
  const first = forward ? graph.firstEdge : graph.firstEntering
  const far = forward ? graph.edgeTo : graph.edgeFrom
  const hops = room.bytes(nodeCount, UNREACHED)
  const reached = room.ints(nodeCount)
  hops[start] = 0
  reached[0] = start
  let count = 1
  // In the order of being reached, which is by rising hops.
  for (let next = 0; next < count; next += 1) {
    const node = i32(reached, next)
    const distance = u8(hops, node) + 1
    if (distance > most) break
    for (let at = i32(first, node); at < i32(first, node + 1); at += 1) {
      const edge = forward ? at : i32(entering, at)
      const other = i32(far, edge)
      if (u8(allowed, edge) === 0 || u8(hops, other) !== UNREACHED) continue
      hops[other] = distance
      reached[count] = other
      count += 1
    }
  }
  return hops
}
