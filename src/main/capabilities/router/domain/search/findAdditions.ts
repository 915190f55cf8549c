import { createCurveFlow, flowAtDepth, flowAtInput, type SwapCurve } from '../pools/SwapCurve.ts'
import type { Flow } from './Flow.ts'
import { gainAtDepth } from './gainAtDepth.ts'
import { priceByOnwardSale } from './priceNodes.ts'
import type { SearchSpace } from './SearchSpace.ts'
import { f64, i32, u8 } from './typedArrays.ts'

/** Edges that might earn more than their gas when added to a flow. */
export interface Addition {
  readonly edges: readonly number[]
  /** What they would make at the flow's prices, less their gas: no addition gains more than this. */
  readonly gain: number
}

const flow = createCurveFlow()

/**
 * The edges, and the detours over nodes that the flow does not touch, that could pay for their gas. By convexity an addition
 * gains at most what arbitrage at the flow's prices would make with it, so what is left out could not have paid.
 */
export function findAdditions(space: SearchSpace, current: Flow, most: number): Addition[] {
  const { graph, isUsable, costPerGas } = space
  const isTouched = space.room.bytes(graph.nodeCount)
  const logPrice = space.room.floats(graph.nodeCount, Number.NEGATIVE_INFINITY)
  for (let node = 0; node < graph.nodeCount; node += 1) {
    const price = f64(current.prices, node)
    if (Number.isNaN(price)) continue
    isTouched[node] = 1
    logPrice[node] = price
  }
  const { via } = priceByOnwardSale(space, logPrice, isTouched, space.reach - 1)
  const usedPools = new Set(current.edges.map((edge) => i32(graph.edgePool, edge)))
  const hopeful: Addition[] = []
  for (let node = 0; node < graph.nodeCount; node += 1) {
    if (u8(isTouched, node) === 0) continue
    const logSold = f64(logPrice, node)
    for (let edge = i32(graph.firstEdge, node); edge < i32(graph.firstEdge, node + 1); edge += 1) {
      if (u8(isUsable, edge) === 0) continue
      const to = i32(graph.edgeTo, edge)
      const depth = f64(graph.logRate, edge) + f64(logPrice, to) - logSold
      if (!(depth > 0) || depth === Number.POSITIVE_INFINITY || usedPools.has(i32(graph.edgePool, edge)))
        continue
      const made = gainAtDepth(graph, edge, depth, logSold, f64(logPrice, to))
      const gain = made - costPerGas * f64(graph.swapGas, edge)
      if (gain <= 0) continue
      const edges = followDetour(space, edge, via, isTouched, usedPools)
      if (edges !== undefined) hopeful.push({ edges, gain })
    }
  }
  hopeful.sort(byGain)
  const additions: Addition[] = []
  for (const { edges, gain } of hopeful) {
    // The first edge's gain bounds the detour's: once enough better ones are known, the rest cannot displace them.
    if (additions.length === most && gain <= (additions[most - 1] as Addition).gain) break
    const netGain = edges.length === 1 ? gain : gainOfDetour(space, edges, logPrice)
    if (netGain <= 0) continue
    const place = additions.findIndex((other) => other.gain < netGain)
    additions.splice(place < 0 ? additions.length : place, 0, { edges, gain: netGain })
    if (additions.length > most) additions.pop()
  }
  return additions
}

function byGain(a: Addition, b: Addition): number {
  return b.gain - a.gain || (a.edges[0] as number) - (b.edges[0] as number)
}

function followDetour(
  { graph, reach }: SearchSpace,
  first: number,
  via: Int32Array,
  isTouched: Uint8Array,
  usedPools: ReadonlySet<number>,
): number[] | undefined {
  const edges = [first]
  const pools = new Set([i32(graph.edgePool, first)])
  for (let node = i32(graph.edgeTo, first); u8(isTouched, node) === 0; ) {
    const edge = i32(via, node)
    if (edge < 0 || edges.length === reach) return undefined
    const pool = i32(graph.edgePool, edge)
    if (usedPools.has(pool) || pools.has(pool)) return undefined
    pools.add(pool)
    edges.push(edge)
    node = i32(graph.edgeTo, edge)
  }
  return edges
}

const MOST_DETOUR_TRIALS = 7
/** What is made changes by the square of how far the depths are from adding up. */
const DETOUR_TOLERANCE = 0.02

/** The most that a path makes between the fixed prices of its ends, less gas: where its depths add up to the price gap. */
function gainOfDetour(space: SearchSpace, edges: readonly number[], logPrice: Float64Array): number {
  const { graph, costPerGas } = space
  const logStart = f64(logPrice, i32(graph.edgeFrom, edges[0] as number))
  const logEnd = f64(logPrice, i32(graph.edgeTo, edges.at(-1) as number))
  let gap = logEnd - logStart
  let gas = 0
  for (const edge of edges) {
    gap += f64(graph.logRate, edge)
    gas += f64(graph.swapGas, edge)
  }
  if (!(gap > 0)) return 0
  const start = Math.exp(logStart)
  const end = Math.exp(logEnd)
  let low = 0
  let high = gap
  let best = 0
  let firstDepth = gap / edges.length
  for (let trial = 0; trial < MOST_DETOUR_TRIALS; trial += 1) {
    flowAtDepth(graph.curves[edges[0] as number] as SwapCurve, firstDepth, 0x7fffffff, flow)
    const input = flow.input
    let depth = firstDepth
    let fits = true
    for (let at = 1; at < edges.length && fits; at += 1) {
      fits = flowAtInput(graph.curves[edges[at] as number] as SwapCurve, flow.output, flow)
      depth += flow.depth
    }
    if (fits) best = Math.max(best, end * flow.output - start * input)
    if (fits && Math.abs(depth - gap) < DETOUR_TOLERANCE * gap) break
    if (!fits || depth > gap) high = firstDepth
    else low = firstDepth
    // Depths grow about in proportion to each other.
    const next = fits ? (firstDepth * gap) / depth : 0
    firstDepth = next > low && next < high ? next : (low + high) / 2
  }
  return best - costPerGas * gas
}
