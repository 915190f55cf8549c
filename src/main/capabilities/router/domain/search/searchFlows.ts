import { createCurveFlow, flowAtInput, type SwapCurve } from '../pools/SwapCurve.ts'
import { boundRoute } from './boundRoute.ts'
import type { Flow } from './Flow.ts'
import { FlowTrial } from './FlowTrial.ts'
import { findSinglePaths, pricesAfterPath, type SinglePath } from './findSinglePaths.ts'
import { findPossible, narrowSpace } from './narrowSpace.ts'
import { GREATEST_HOPS } from './RouteRequest.ts'
import {
  capFlow,
  exchangeFlow,
  growFlow,
  hasEffortLeft,
  isBetter,
  shortenFlow,
  shrinkFlow,
} from './refineFlow.ts'
import { relaxRoute } from './relaxRoute.ts'
import { repairFlow } from './repairFlow.ts'
import type { SearchSpace } from './SearchSpace.ts'
import { f64, i32, u8 } from './typedArrays.ts'

/** An answer of the search: the best flow so far, what no flow can beat, and a plain path to fall back on. */
export interface FoundFlow {
  readonly flow: Flow
  /** Undefined where no single path carries the amount. */
  readonly bestPath: Flow | undefined
  /** Bound of the output net of gas (exact-in, from above) or of input plus gas (exact-out, from below). */
  readonly bound: number
}

const MOST_EXCHANGES = 8
const MOST_HALVINGS = 24

/**
 * Finds better and better flows for a request, the best single path first. Runs to its end when the consumer takes all;
 * stops where it stops. Deterministic: no clock, no chance.
 */
export function* searchFlows(space: SearchSpace): Generator<FoundFlow, void> {
  const trial = new FlowTrial(space)
  try {
    yield* tryFlows(trial)
  } finally {
    trial.release()
  }
}

function* tryFlows(trial: FlowTrial): Generator<FoundFlow, void> {
  const { space } = trial
  const paths = findSinglePaths(space)
  const singles = paths.flatMap((path) => carryAlone(space, path) ?? []).sort((a, b) => b.net - a.net)
  const bestPath = singles[0]
  let best = bestPath
  let bound = space.exactIn ? Number.POSITIVE_INFINITY : 0
  const take = (candidate: Flow | undefined): boolean => {
    if (candidate === undefined || candidate.edges.length > space.maxLegs) return false
    if (best !== undefined && !isBetter(candidate, best)) return false
    best = candidate
    return true
  }
  if (best !== undefined) yield { flow: best, bestPath, bound }

  const { nodes, prices } = startRelaxation(space, paths)
  const relaxed = relaxRoute(trial, nodes, prices)
  const flow = relaxed.solved ? repairFlow(trial, relaxed.edges) : undefined
  if (space.costPerGas === 0 && space.maxLegs === Number.POSITIVE_INFINITY) {
    bound = boundRoute(space, relaxed.prices.logPrice)
    take(flow)
    // Under a limit of hops the optimum had to be cut down; growing from a path keeps within it from the start.
    if (space.hopLimit < GREATEST_HOPS && best !== undefined) take(growFlow(trial, best))
    if (best !== undefined) yield { flow: best, bestPath, bound }
    return
  }

  // With gas every leg is a fixed cost. Two descents meet: from one path upwards, and from the optimum without gas downwards.
  const losses = space.room.floats(space.graph.edgeCount)
  bound = boundRoute(space, relaxed.prices.logPrice, losses)
  let possible = findBetter(space, losses, bound, best, flow)
  // Where nothing can be better than one path, there is nothing to descend to.
  if (flow !== undefined && (best === undefined || offersMore(possible, best))) {
    const shrunk = shrinkFlow(trial, flow)
    // What no trial has touched is still as rough as the relaxation.
    take(shrunk === flow ? (trial.run(flow.edges, flow.prices) ?? flow) : shrunk)
    possible = findBetter(space, losses, bound, best)
  }
  if (best === undefined) return
  yield { flow: best, bestPath, bound }
  if (offersMore(possible, best)) {
    const narrow = narrowSpace(space, withEdges(space, possible, [best, bestPath]))
    const inner = new FlowTrial(narrow.space, trial.work)
    try {
      for (const better of refine(inner, narrow.toNarrow(best), bestPath && narrow.toNarrow(bestPath))) {
        best = narrow.toWhole(better)
        yield { flow: best, bestPath, bound }
      }
    } finally {
      inner.release()
    }
  } else take(capFlow(trial, best))
  bound = tighten(space, bound, pricesOf(space, best, relaxed.prices.logPrice))
  yield { flow: best, bestPath, bound }
}

/** Better flows than the given one, by growing, shrinking and exchanging from it and from a single path. */
function* refine(trial: FlowTrial, start: Flow, bestPath: Flow | undefined): Generator<Flow, void> {
  const { space } = trial
  let best = start
  const take = (candidate: Flow | undefined): boolean => {
    if (candidate === undefined || candidate.edges.length > space.maxLegs) return false
    if (!isBetter(candidate, best)) return false
    best = candidate
    return true
  }
  take(growFlow(trial, best))
  if (bestPath !== undefined) take(shrinkFlow(trial, growFlow(trial, bestPath)))
  yield best
  for (let round = 0; round < MOST_EXCHANGES && hasEffortLeft(trial); round += 1) {
    const shortened = take(shortenFlow(trial, best))
    if (!take(exchangeFlow(trial, best)) && !shortened) break
    take(shrinkFlow(trial, growFlow(trial, best)))
    yield best
  }
  take(capFlow(trial, best))
  yield best
}

/**
 * Flags the edges that a better flow than the best known one may use, as far as a bound with its losses tells; all that are
 * usable where another flow is known that the bound does not rule out.
 */
function findBetter(
  space: SearchSpace,
  losses: Float64Array,
  bound: number,
  best: Flow | undefined,
  other?: Flow,
): Uint8Array {
  const gap = best === undefined ? Number.NaN : space.exactIn ? bound - best.net : -bound - best.net
  // Where the relaxation ran away, its bound may say nothing.
  if (space.costPerGas === 0 || Number.isNaN(gap)) return space.isUsable
  // No way within the other flow loses more than all of it does; adding up is much less work than looking for ways.
  if (other !== undefined && other.edges.reduce((sum, edge) => sum + f64(losses, edge), 0) <= gap) {
    return space.isUsable
  }
  return findPossible(space, losses, gap)
}

/** Whether any of the edges is not in the flow yet. */
function offersMore(isPossible: Uint8Array, { edges }: Flow): boolean {
  let count = 0
  for (let edge = 0; edge < isPossible.length; edge += 1) count += u8(isPossible, edge)
  for (const edge of edges) count -= u8(isPossible, edge)
  return count > 0
}

function withEdges(
  { room }: SearchSpace,
  flags: Uint8Array,
  flows: readonly (Flow | undefined)[],
): Uint8Array {
  const all = room.bytes(flags.length)
  all.set(flags)
  for (const flow of flows) for (const edge of flow?.edges ?? []) all[edge] = 1
  return all
}

/** A single path as a flow, its amount not split. */
function carryAlone(space: SearchSpace, { edges, amount }: SinglePath): Flow | undefined {
  const flow = createCurveFlow()
  const inputs: number[] = []
  let gas = space.baseGas
  let carried = space.exactIn ? space.amount : amount
  for (const edge of edges) {
    inputs.push(carried)
    if (!flowAtInput(space.graph.curves[edge] as SwapCurve, carried, flow)) return undefined
    carried = flow.output
    gas += f64(space.graph.swapGas, edge) + f64(space.graph.tickGas, edge) * flow.piece
  }
  return {
    edges,
    lastPieces: edges.map(() => 0x7fffffff),
    shares: edges.map(() => 1),
    inputs,
    amount,
    gas,
    net: (space.exactIn ? amount : -amount) - gas * space.costPerGas,
    hops: edges.length,
    prices: pricesAfterPath(space, edges),
  }
}

/** Where the relaxation starts: at the prices after the best paths, or, where none carries the amount alone, a part of it. */
function startRelaxation(
  space: SearchSpace,
  whole: readonly SinglePath[],
): { nodes: number[]; prices: Float64Array } {
  let part = space
  let paths = whole
  for (let halving = 0; paths.length === 0 && halving < MOST_HALVINGS; halving += 1) {
    part = { ...part, amount: part.amount / 2 }
    paths = findSinglePaths(part)
  }
  const { nodeCount } = space.graph
  const prices = space.room.floats(nodeCount, Number.NaN)
  for (const { edges } of [...paths].sort((a, b) =>
    space.exactIn ? b.amount - a.amount : a.amount - b.amount,
  )) {
    const after = pricesAfterPath(part, edges)
    for (let node = 0; node < nodeCount; node += 1) {
      if (Number.isNaN(f64(prices, node))) prices[node] = f64(after, node)
    }
  }
  return { nodes: paths.flatMap(({ edges }) => edges.map((edge) => i32(space.graph.edgeTo, edge))), prices }
}

function pricesOf(space: SearchSpace, flow: Flow, others: Float64Array): Float64Array {
  const prices = space.room.floats(others.length)
  prices.set(others)
  for (let node = 0; node < prices.length; node += 1) {
    if (!Number.isNaN(f64(flow.prices, node))) prices[node] = f64(flow.prices, node)
  }
  prices[space.exactIn ? space.sink : space.source] = 0
  return prices
}

function tighten(space: SearchSpace, bound: number, prices: Float64Array): number {
  if (prices.some((price) => Number.isNaN(price)) || !Number.isFinite(f64(prices, space.source))) return bound
  const other = boundRoute(space, prices, undefined, bound)
  return space.exactIn ? Math.min(bound, other) : Math.max(bound, other)
}
