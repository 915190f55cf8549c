import type { PoolGraph } from './PoolGraph.ts'
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
  readonly graph: PoolGraph
  readonly request: RouteRequest
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
  const allowed = allowedEdges(graph, source, sink, request.excludeVenues)
  const fromSource = hopsFrom(source, reach, graph.nodeCount, (node, visit) => {
    for (let edge = i32(graph.firstEdge, node); edge < i32(graph.firstEdge, node + 1); edge += 1) {
      if (u8(allowed, edge) === 1) visit(i32(graph.edgeTo, edge))
    }
  })
  const toSink = hopsFrom(sink, reach, graph.nodeCount, (node, visit) => {
    for (let at = i32(graph.firstEntering, node); at < i32(graph.firstEntering, node + 1); at += 1) {
      const edge = i32(graph.entering, at)
      if (u8(allowed, edge) === 1) visit(i32(graph.edgeFrom, edge))
    }
  })
  if (u8(fromSource, sink) > reach) return undefined
  const edges = new Int32Array(graph.edgeCount)
  let count = 0
  for (let edge = 0; edge < graph.edgeCount; edge += 1) {
    const hops = u8(fromSource, i32(graph.edgeFrom, edge)) + 1 + u8(toSink, i32(graph.edgeTo, edge))
    if (u8(allowed, edge) === 1 && hops <= reach) {
      edges[count] = edge
      count += 1
    } else allowed[edge] = 0
  }
  const { costPerGas } = request
  return {
    graph,
    request,
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
  source: number,
  sink: number,
  excluded?: readonly string[],
): Uint8Array {
  const allowed = new Uint8Array(graph.edgeCount)
  const isExcluded = excluded?.length ? graph.pools.map(({ venue }) => excluded.includes(venue)) : undefined
  for (let edge = 0; edge < graph.edgeCount; edge += 1) {
    const from = i32(graph.edgeFrom, edge)
    const to = i32(graph.edgeTo, edge)
    if (to === source || from === sink) continue
    if (u8(graph.isLeaf, from) === 1 && from !== source) continue
    if (u8(graph.isLeaf, to) === 1 && to !== sink) continue
    if (isExcluded?.[i32(graph.edgePool, edge)]) continue
    allowed[edge] = 1
  }
  return allowed
}

function hopsFrom(
  start: number,
  most: number,
  nodeCount: number,
  neighbours: (node: number, visit: (next: number) => void) => void,
): Uint8Array {
  const hops = new Uint8Array(nodeCount).fill(UNREACHED)
  hops[start] = 0
  let frontier = [start]
  for (let distance = 1; distance <= most && frontier.length > 0; distance += 1) {
    const next: number[] = []
    for (const node of frontier) {
      neighbours(node, (reached) => {
        if (u8(hops, reached) !== UNREACHED) return
        hops[reached] = distance
        next.push(reached)
      })
    }
    frontier = next
  }
  return hops
}
