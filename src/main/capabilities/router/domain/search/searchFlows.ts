import { boundRoute } from './boundRoute.ts'
import type { Flow } from './Flow.ts'
import { FlowTrial } from './FlowTrial.ts'
import { findSinglePaths, pricesAfterPath, type SinglePath } from './findSinglePaths.ts'
import { capFlow, exchangeFlow, growFlow, hasEffortLeft, isBetter, shrinkFlow } from './refineFlow.ts'
import { relaxRoute } from './relaxRoute.ts'
import { repairFlow } from './repairFlow.ts'
import type { SearchSpace } from './SearchSpace.ts'
import { f64, i32 } from './typedArrays.ts'

/** An answer of the search: the best flow so far, what no flow can beat, and a plain path to fall back on. */
export interface FoundFlow {
  readonly flow: Flow
  readonly bestPath: Flow
  /** Bound of the output net of gas (exact-in, from above) or of input plus gas (exact-out, from below). */
  readonly bound: number
}

const MOST_EXCHANGES = 8

/**
 * Finds better and better flows for a request, the best single path first. Runs to its end when the consumer takes all;
 * stops where it stops. Deterministic: no clock, no chance.
 */
export function* searchFlows(space: SearchSpace): Generator<FoundFlow, void> {
  const trial = new FlowTrial(space)
  const paths = findSinglePaths(space)
  const singles = paths.flatMap((path) => carryAlone(trial, path) ?? []).sort((a, b) => b.net - a.net)
  const bestPath = singles.find(({ edges }) => edges.length <= space.maxLegs)
  const startNodes = paths.flatMap(({ edges }) => edges.map((edge) => i32(space.graph.edgeTo, edge)))
  const startPrices = startingPrices(space, paths)
  const open = space.exactIn ? Number.POSITIVE_INFINITY : 0
  if (bestPath !== undefined) yield { flow: bestPath, bestPath, bound: open }

  const relaxed = relaxRoute(trial, startNodes, startPrices)
  const flow = relaxed.solved ? repairFlow(trial, relaxed.edges) : undefined
  const base = bestPath ?? flow
  if (base === undefined) return
  let best = base
  let bound = boundRoute(space, relaxed.prices.logPrice)
  const found = (): FoundFlow => ({ flow: best, bestPath: base, bound })
  const take = (candidate: Flow | undefined) => {
    if (candidate === undefined || candidate.edges.length > space.maxLegs) return false
    if (!isBetter(candidate, best)) return false
    best = candidate
    return true
  }
  if (space.costPerGas === 0 && space.maxLegs === Number.POSITIVE_INFINITY) {
    take(flow)
    yield found()
    return
  }

  // With gas every leg is a fixed cost. Two descents meet: from one path upwards, and from the optimum without gas downwards.
  if (flow !== undefined) take(growFlow(trial, shrinkFlow(trial, flow)))
  if (bestPath !== undefined) take(shrinkFlow(trial, growFlow(trial, bestPath)))
  yield found()
  for (let round = 0; round < MOST_EXCHANGES; round += 1) {
    if (!hasEffortLeft(trial) || !take(exchangeFlow(trial, best))) break
    take(shrinkFlow(trial, growFlow(trial, best)))
    yield found()
  }
  take(capFlow(trial, best))
  bound = tighten(space, bound, pricesOf(space, best, relaxed.prices.logPrice))
  yield found()
}

/** A single path as a flow, its amount not split. */
function carryAlone(trial: FlowTrial, path: SinglePath): Flow | undefined {
  return trial.run(path.edges, pricesAfterPath(trial.space, path.edges))
}

function startingPrices(space: SearchSpace, paths: readonly SinglePath[]): Map<number, number> {
  const prices = new Map<number, number>()
  const ordered = [...paths].sort((a, b) => (space.exactIn ? b.amount - a.amount : a.amount - b.amount))
  for (const { edges } of ordered) {
    for (const [node, price] of pricesAfterPath(space, edges)) if (!prices.has(node)) prices.set(node, price)
  }
  return prices
}

function pricesOf(space: SearchSpace, flow: Flow, others: Float64Array): Float64Array {
  const prices = others.slice()
  for (const [node, price] of flow.prices) prices[node] = price
  prices[space.exactIn ? space.sink : space.source] = 0
  return prices
}

function tighten(space: SearchSpace, bound: number, prices: Float64Array): number {
  if (prices.some((price) => Number.isNaN(price)) || !Number.isFinite(f64(prices, space.source))) return bound
  const other = boundRoute(space, prices)
  return space.exactIn ? Math.min(bound, other) : Math.max(bound, other)
}
