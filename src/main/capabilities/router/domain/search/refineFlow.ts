import type { Flow } from './Flow.ts'
import type { FlowTrial } from './FlowTrial.ts'
import { findAdditions } from './findAdditions.ts'
import { i32 } from './typedArrays.ts'

/** A change must be worth this part of the amount, or rounding would drive the search. */
const LEAST_IMPROVEMENT = 1e-10
const ADDITIONS_TRIED = 3

/** Whether a flow is better by more than rounding. */
export function isBetter(candidate: Flow | undefined, than: Flow): candidate is Flow {
  return candidate !== undefined && candidate.net > than.net + LEAST_IMPROVEMENT * Math.abs(than.net)
}

/** Adds, one after the other, the edges that gain most, as long as they pay for their gas and legs are left. */
export function growFlow(trial: FlowTrial, start: Flow): Flow {
  let current = start
  for (;;) {
    const next = bestAddition(trial, current)
    if (next === undefined) return current
    current = next
  }
}

/** The best of the few most promising additions, or undefined where none improves. */
function bestAddition(trial: FlowTrial, current: Flow): Flow | undefined {
  let best: Flow | undefined
  for (const { edges } of findAdditions(trial.space, current, ADDITIONS_TRIED)) {
    const flow = withEdges(trial, current, edges)
    if (isBetter(flow, best ?? current) && flow.edges.length <= trial.space.maxLegs) best = flow
  }
  return best
}

/**
 * Takes legs away, each time the one whose loss is smallest against its gas, as long as that gains or more legs are there
 * than allowed. `tried` limits a round to the legs that carry least.
 */
export function shrinkFlow(trial: FlowTrial, start: Flow, tried: number): Flow {
  let current = start
  for (;;) {
    let best: Flow | undefined
    const mustShrink = current.edges.length > trial.space.maxLegs
    for (const edge of lightestEdges(trial, current).slice(0, tried)) {
      const flow = withoutEdge(trial, current, edge)
      if (flow !== undefined && (best === undefined || flow.net > best.net)) best = flow
    }
    if (best === undefined || !(mustShrink || isBetter(best, current))) return current
    current = best
  }
}

/** Replaces each leg in turn by what then pays best. */
export function exchangeFlow(trial: FlowTrial, start: Flow): Flow | undefined {
  let best: Flow | undefined
  for (const edge of lightestEdges(trial, start)) {
    const reduced = withoutEdge(trial, start, edge)
    if (reduced === undefined) continue
    for (const { edges } of findAdditions(trial.space, reduced, ADDITIONS_TRIED)) {
      if (edges.includes(edge)) continue
      const flow = withEdges(trial, reduced, edges)
      if (isBetter(flow, best ?? start) && flow.edges.length <= trial.space.maxLegs) best = flow
    }
  }
  return best
}

/** Stops legs at the price boundary below the one they crossed, where crossing costs more gas than it gains. */
export function capFlow(trial: FlowTrial, start: Flow): Flow {
  let current = start
  if (trial.space.costPerGas === 0) return current
  for (const edge of start.edges) {
    for (;;) {
      const at = current.edges.indexOf(edge)
      const piece = at < 0 ? 0 : reachedPiece(trial, current, at)
      if (piece === 0) break
      const lastPieces = current.lastPieces.with(at, piece - 1)
      const flow = trial.run(current.edges, current.prices, { lastPieces })
      if (!isBetter(flow, current)) break
      current = flow
    }
  }
  return current
}

function reachedPiece(trial: FlowTrial, flow: Flow, at: number): number {
  const { graph } = trial.space
  const edge = flow.edges[at] as number
  const pool = graph.pools[i32(graph.edgePool, edge)]
  if (pool === undefined || pool.gas.perTick === 0) return 0
  const curve = graph.curves[edge]
  const input = flow.inputs[at] as number
  if (curve === undefined) return 0
  let piece = 0
  while (piece + 1 < curve.pieces && (curve.table[(piece + 1) * 5 + 1] as number) < input) piece += 1
  return piece
}

function withEdges(trial: FlowTrial, flow: Flow, edges: readonly number[]): Flow | undefined {
  const lastPieces = [...flow.lastPieces, ...edges.map(() => 0x7fffffff)]
  return trial.run([...flow.edges, ...edges], flow.prices, { lastPieces })
}

function withoutEdge(trial: FlowTrial, flow: Flow, edge: number): Flow | undefined {
  const at = flow.edges.indexOf(edge)
  return trial.run(flow.edges.toSpliced(at, 1), flow.prices, { lastPieces: flow.lastPieces.toSpliced(at, 1) })
}

/** The flow's edges by the value that they carry, the smallest first. */
function lightestEdges(trial: FlowTrial, flow: Flow): number[] {
  const { graph } = trial.space
  const value = (at: number) => {
    const price = flow.prices.get(i32(graph.edgeFrom, flow.edges[at] as number)) ?? 0
    return Math.log(flow.inputs[at] as number) + price
  }
  return [...flow.edges.keys()]
    .sort((a, b) => value(a) - value(b) || a - b)
    .map((at) => flow.edges[at] as number)
}
