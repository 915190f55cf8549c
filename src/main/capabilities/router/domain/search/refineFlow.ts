import { PIECE } from '../pools/SwapCurve.ts'
import type { Flow } from './Flow.ts'
import type { FlowTrial } from './FlowTrial.ts'
import { type Addition, findAdditions } from './findAdditions.ts'
import { findChainReplacements } from './findChainReplacements.ts'
import { f64, i32 } from './typedArrays.ts'
import type { WeighedLeg } from './weighLegs.ts'

/** A change must be worth this part of the amount, or rounding would drive the search. */
const LEAST_IMPROVEMENT = 1e-10
const ADDITIONS_TRIED = 3
const ADDITIONS_JOINED = 8
const REMOVALS_TRIED = 6
/** While so many legs do not pay, it hardly matters which of the worst goes first. */
const MANY_REMOVABLE = 12
const EXCHANGES_TRIED = 12
const SHORTCUTS_TRIED = 6
/** Legs that make less than this part of their gas go together, without a trial each. */
const HOPELESS_RATIO = 0.35
const ANY_PIECE = 0x7fffffff

/** Whether a flow is better by more than rounding. */
export function isBetter(candidate: Flow | undefined, than: Flow): candidate is Flow {
  return candidate !== undefined && candidate.net > than.net + LEAST_IMPROVEMENT * Math.abs(than.net)
}

/** Adds the edges that gain most, several at once where that is best, as long as they pay for their gas and legs are left. */
export function growFlow(trial: FlowTrial, start: Flow): Flow {
  let current = start
  while (hasEffortLeft(trial)) {
    let best: Flow | undefined
    const additions = findAdditions(trial.space, current, ADDITIONS_JOINED)
    const consider = (edges: readonly number[]) => {
      const flow = change(trial, current, [], edges, (best ?? current).net)
      if (isBetter(flow, best ?? current) && flow.edges.length <= trial.space.maxLegs) best = flow
    }
    // Together is best more often than not, and what cannot exceed it is given up at once.
    if (additions.length > 1) consider([...new Set(additions.flatMap(({ edges }) => edges))])
    for (const { edges } of additions.slice(0, ADDITIONS_TRIED)) consider(edges)
    if (best === undefined) return current
    current = best
  }
  return current
}

/** Whether the search may go on: the effort is counted in work, not in time, so that it ends alike on every machine. */
export function hasEffortLeft({ work, space }: FlowTrial): boolean {
  return work < space.effort
}

/** Takes legs away as long as what they lose is less than their gas, or more legs are there than allowed. */
export function shrinkFlow(trial: FlowTrial, start: Flow): Flow {
  let current = dropHopeless(trial, start)
  while (hasEffortLeft(trial) || current.edges.length > trial.space.maxLegs) {
    const mustShrink = current.edges.length > trial.space.maxLegs
    const removable = trial.weigh(current).filter(({ surplus }) => mustShrink || surplus < 0)
    let best: Flow | undefined
    const enough = removable.length > MANY_REMOVABLE ? 2 : REMOVALS_TRIED
    for (const [tried, { positions }] of distinct(removable).slice(0, REMOVALS_TRIED).entries()) {
      if (tried >= enough && best !== undefined) break
      const above = best?.net ?? (mustShrink ? undefined : current.net)
      const flow = change(trial, current, positions, [], above)
      if (flow !== undefined && (best === undefined || flow.net > best.net)) best = flow
    }
    if (best === undefined || !(mustShrink || isBetter(best, current))) return current
    current = best
  }
  return current
}

/** Removes in bulk what makes a fraction of its gas: at most a third of the legs at once, as the rest then carry more. */
function dropHopeless(trial: FlowTrial, start: Flow): Flow {
  let current = start
  for (;;) {
    const tooMany = current.edges.length > trial.space.maxLegs
    const gone = new Set<number>()
    for (const { positions, ratio } of trial.weigh(current)) {
      if (!(ratio < HOPELESS_RATIO) || gone.size + positions.length > Math.max(1, current.edges.length / 3))
        break
      for (const position of positions) gone.add(position)
    }
    if (gone.size === 0) return current
    const flow = change(trial, current, [...gone], [], tooMany ? undefined : current.net)
    if (flow === undefined || !(isBetter(flow, current) || tooMany)) return current
    current = flow
  }
}

/** Replaces a leg by what could make more: the best of the pairs that could gain. */
export function exchangeFlow(trial: FlowTrial, start: Flow): Flow | undefined {
  const { space } = trial
  const pairs: { leg: WeighedLeg; addition: Addition; hope: number }[] = []
  const additions = findAdditions(space, start, EXCHANGES_TRIED)
  for (const leg of distinct(trial.weigh(start))) {
    for (const addition of additions) {
      const hope = addition.gain - leg.surplus
      if (hope > 0) pairs.push({ leg, addition, hope })
    }
  }
  pairs.sort((a, b) => b.hope - a.hope)
  let best: Flow | undefined
  for (const { leg, addition } of pairs.slice(0, EXCHANGES_TRIED)) {
    const flow = change(trial, start, leg.positions, addition.edges, (best ?? start).net)
    if (isBetter(flow, best ?? start) && flow.edges.length <= space.maxLegs) best = flow
  }
  return best
}

/** Replaces legs in a row by a single one where that saves more gas than it loses. */
export function shortenFlow(trial: FlowTrial, start: Flow): Flow | undefined {
  let best: Flow | undefined
  for (const { positions, edge } of findChainReplacements(trial.space, start, SHORTCUTS_TRIED)) {
    const flow = change(trial, start, positions, [edge], (best ?? start).net)
    if (isBetter(flow, best ?? start) && flow.edges.length <= trial.space.maxLegs) best = flow
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
      const flow = trial.run(current.edges, current.prices, { lastPieces, above: current.net })
      if (!isBetter(flow, current)) break
      current = flow
    }
  }
  return current
}

function reachedPiece(trial: FlowTrial, flow: Flow, at: number): number {
  const { graph } = trial.space
  const edge = flow.edges[at] as number
  const curve = graph.curves[edge]
  if (curve === undefined || graph.pools[i32(graph.edgePool, edge)]?.gas.perTick === 0) return 0
  let piece = 0
  const input = flow.inputs[at] as number
  while (piece + 1 < curve.pieces && f64(curve.table, (piece + 1) * PIECE + 1) < input) piece += 1
  return piece
}

/** The flow with legs taken away and edges added; undefined where that is not more than `above`. */
function change(
  trial: FlowTrial,
  flow: Flow,
  removed: readonly number[],
  added: readonly number[],
  above?: number,
): Flow | undefined {
  const edges: number[] = []
  const lastPieces: number[] = []
  for (let at = 0; at < flow.edges.length; at += 1) {
    if (removed.includes(at)) continue
    edges.push(flow.edges[at] as number)
    lastPieces.push(flow.lastPieces[at] as number)
  }
  for (const edge of added) {
    edges.push(edge)
    lastPieces.push(ANY_PIECE)
  }
  if (edges.length === 0) return undefined
  return trial.run(edges, flow.prices, above === undefined ? { lastPieces } : { lastPieces, above })
}

/** Legs that fall together are one choice. */
function distinct(legs: readonly WeighedLeg[]): WeighedLeg[] {
  const seen = new Set<string>()
  return legs.filter(({ positions }) => {
    // No other leg falls with one that falls alone.
    if (positions.length === 1) return true
    const key = positions.toSorted((a, b) => a - b).join()
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}
