import { boundRoute } from './boundRoute.ts'
import type { Flow } from './Flow.ts'
import { FlowTrial } from './FlowTrial.ts'
import { findSinglePaths, type SinglePath } from './findSinglePaths.ts'
import { LosingWays, narrowSpace, type PossibleEdges } from './narrowSpace.ts'
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
import type { SearchSpace, WholeSpace } from './SearchSpace.ts'
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
export function* searchFlows(space: WholeSpace): Generator<FoundFlow, void> {
  const trial = new FlowTrial(space)
  try {
    yield* tryFlows(space, trial)
  } finally {
    trial.release()
  }
}

function* tryFlows(space: WholeSpace, trial: FlowTrial): Generator<FoundFlow, void> {
  const paths = findSinglePaths(space)
  const bestPath = pickBestPath(space, paths)
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
  let ways: LosingWays | undefined
  const findBetter = (): PossibleEdges => {
    const gap = gapTo(space, bound, best)
    // With no gas to pay for, or no bound, nothing is ruled out.
    if (space.costPerGas === 0 || Number.isNaN(gap)) {
      return { isPossible: space.isUsable, count: space.edges.length }
    }
    ways ??= new LosingWays(space, losses, gap)
    return ways.within(gap)
  }
  // Where nothing can be better than one path, there is nothing to descend to.
  const isWorthDescending = (from: Flow): boolean =>
    best === undefined || isWithin(from, losses, gapTo(space, bound, best)) || offersMore(findBetter(), best)
  if (flow !== undefined && isWorthDescending(flow)) {
    const shrunk = shrinkFlow(trial, flow)
    // What no trial has touched is still as rough as the relaxation.
    take(shrunk === flow ? (trial.run(flow.edges, flow.prices) ?? flow) : shrunk)
  }
  const possible = findBetter()
  if (best === undefined) return
  yield { flow: best, bestPath, bound }
  if (offersMore(possible, best)) {
    const narrow = narrowSpace(space, withEdges(space, possible.isPossible, [best, bestPath]))
    const inner = new FlowTrial(narrow.space, trial.work)
    try {
      const start = narrow.toNarrow(best)
      const path = bestPath === best ? start : bestPath && narrow.toNarrow(bestPath)
      for (const better of refine(inner, start, path)) {
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
  const grown = growFlow(trial, best)
  take(grown)
  if (bestPath !== undefined) take(shrinkFlow(trial, bestPath === start ? grown : growFlow(trial, bestPath)))
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

/** By how much no better flow than the best known one can be better; not a number where no bound is known, or it ran away. */
function gapTo(space: SearchSpace, bound: number, best: Flow | undefined): number {
  return best === undefined ? Number.NaN : (space.exactIn ? bound : -bound) - best.net
}

/** Whether a flow uses no edge that a bound with its losses rules out. Adding them up is much less work than looking for ways. */
function isWithin({ edges }: Flow, losses: Float64Array, gap: number): boolean {
  // No way within the flow loses more than all of it does.
  return edges.reduce((sum, edge) => sum + f64(losses, edge), 0) <= gap
}

/** Whether any of the edges is not in the flow yet. */
function offersMore({ isPossible, count }: PossibleEdges, { edges }: Flow): boolean {
  return count > edges.reduce((known, edge) => known + u8(isPossible, edge), 0)
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

/** The path that nets most, as a flow. */
function pickBestPath(space: SearchSpace, paths: readonly SinglePath[]): Flow | undefined {
  let best: SinglePath | undefined
  let most = Number.NEGATIVE_INFINITY
  for (const path of paths) {
    const net = netOfPath(space, path)
    if (!path.fits || (best !== undefined && net <= most)) continue
    best = path
    most = net
  }
  return best && toFlow(space, best)
}

function gasOfPath({ baseGas }: SearchSpace, { legGas }: SinglePath): number {
  return legGas.reduce((sum, gas) => sum + gas, baseGas)
}

function netOfPath(space: SearchSpace, path: SinglePath): number {
  return (space.exactIn ? path.amount : -path.amount) - gasOfPath(space, path) * space.costPerGas
}

function toFlow(space: SearchSpace, path: SinglePath): Flow {
  const { edges, amount, inputs, outputs, legGas, logPrices } = path
  const prices = space.room.floats(space.graph.nodeCount, Number.NaN)
  noteOnPath(space, path, prices)
  return {
    edges,
    lastPieces: edges.map(() => 0x7fffffff),
    shares: edges.map(() => 1),
    inputs,
    gains: edges.map(
      (_, at) =>
        Math.exp(logPrices[at + 1] as number) * (outputs[at] as number) -
        Math.exp(logPrices[at] as number) * (inputs[at] as number),
    ),
    legGas,
    amount,
    gas: gasOfPath(space, path),
    net: netOfPath(space, path),
    hops: edges.length,
    prices,
  }
}

/** Writes the prices after a path carried the amount to where none is known yet. */
function noteOnPath(
  { graph, source }: SearchSpace,
  { edges, logPrices }: SinglePath,
  prices: Float64Array,
): void {
  for (let at = 0; at < logPrices.length; at += 1) {
    const node = at === 0 ? source : i32(graph.edgeTo, edges[at - 1] as number)
    if (Number.isNaN(f64(prices, node))) prices[node] = logPrices[at] as number
  }
}

/** Where the relaxation starts: at the prices after the best paths, or, where none carries the amount alone, a part of it. */
function startRelaxation(
  space: WholeSpace,
  whole: readonly SinglePath[],
): { nodes: number[]; prices: Float64Array } {
  let part = space
  let paths = whole
  for (let halving = 0; paths.length === 0 && halving < MOST_HALVINGS; halving += 1) {
    part = { ...part, amount: part.amount / 2 }
    paths = findSinglePaths(part)
  }
  const prices = space.room.floats(space.graph.nodeCount, Number.NaN)
  const byAmount = [...paths].sort((a, b) => (space.exactIn ? b.amount - a.amount : a.amount - b.amount))
  for (const path of byAmount) noteOnPath(space, path, prices)
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
  for (let node = 0; node < prices.length; node += 1) if (Number.isNaN(f64(prices, node))) return bound
  if (!Number.isFinite(f64(prices, space.source))) return bound
  const other = boundRoute(space, prices, undefined, bound)
  return space.exactIn ? Math.min(bound, other) : Math.max(bound, other)
}
