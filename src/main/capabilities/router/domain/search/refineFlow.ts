import { PIECE } from '../pools/SwapCurve.ts'
import type { Flow } from './Flow.ts'
import type { FlowTrial } from './FlowTrial.ts'
import type { Addition } from './findAdditions.ts'
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
  return candidate !== undefined && isMore(candidate.net, than.net)
}

function isMore(net: number, than: number): boolean {
  return than === Number.NEGATIVE_INFINITY ? net > than : net > than + LEAST_IMPROVEMENT * Math.abs(than)
}

/** Whether a change of at most so much net could still be better: what rounding hides is no reason to leave it out. */
function canExceed(most: number, { net }: Flow): boolean {
  return most > net - LEAST_IMPROVEMENT * Math.abs(net)
}

/** Adds the edges that gain most, several at once where that is best, as long as they pay for their gas and legs are left. */
export function growFlow(trial: FlowTrial, start: Flow): Flow {
  let current = start
  while (hasEffortLeft(trial)) {
    let best: Flow | undefined
    const additions = trial.findAdditions(current).slice(0, ADDITIONS_JOINED)
    const consider = (edges: readonly number[]) => {
      const flow = change(trial, current, [], edges, (best ?? current).net)
      if (isBetter(flow, best ?? current) && flow.edges.length <= trial.space.maxLegs) best = flow
    }
    // Together is best more often than not, and what cannot exceed it is given up at once.
    if (additions.length > 1) consider([...new Set(additions.flatMap(({ edges }) => edges))])
    for (const { edges, gain } of additions.slice(0, ADDITIONS_TRIED)) {
      if (canExceed(current.net + gain, best ?? current)) consider(edges)
    }
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
    const removableLegs = removable.reduce((sum, { inRow }) => sum + inRow, 0)
    const enough = removableLegs > MANY_REMOVABLE ? 2 : REMOVALS_TRIED
    for (const [tried, { positions, surplus }] of distinct(removable).slice(0, REMOVALS_TRIED).entries()) {
      if (best !== undefined && (tried >= enough || !canExceed(current.net - surplus, best))) continue
      const above = best?.net ?? (mustShrink ? undefined : current.net)
      const flow = change(trial, current, positions, [], above)
      if (flow !== undefined && (best === undefined || flow.net > best.net)) best = flow
    }
    if (best === undefined || !(mustShrink || isBetter(best, current))) return current
    current = best
  }
  return current
}

/**
 * Removes in bulk what makes a fraction of its gas: at most a third of the legs at once, as the rest then carry more. Only the
 * last set is carried out; what those on the way are worth is known from their prices.
 */
function dropHopeless(trial: FlowTrial, start: Flow): Flow {
  const { maxLegs } = trial.space
  let gone = listHopeless(trial.weigh(start), start.edges.length)
  let rest = keep(start.edges, start.lastPieces, start.edges.length, gone)
  let net = start.edges.length > maxLegs ? Number.NEGATIVE_INFINITY : start.net
  let known = start.prices
  let better: typeof rest | undefined
  while (gone.size > 0) {
    if (rest.edges.length === 0) break
    const options = { lastPieces: rest.lastPieces, above: net }
    if (!trial.solve(rest.edges, known, options)) break
    const { draft, legs, net: solvedNet } = trial.weighSolved(rest.edges)
    if (!isMore(solvedNet, net)) break
    gone = listHopeless(legs, draft.count)
    if (gone.size === 0) return trial.settle(rest.edges) ?? start
    better = rest
    known = trial.prices()
    net = draft.count > maxLegs ? Number.NEGATIVE_INFINITY : solvedNet
    rest = keep(draft.edges, draft.lastPieces, draft.count, gone)
  }
  // The last step was one too many.
  return (better && trial.run(better.edges, known, { lastPieces: better.lastPieces })) ?? start
}

function listHopeless(legs: readonly WeighedLeg[], count: number): ReadonlySet<number> {
  const gone = new Set<number>()
  const most = Math.max(1, count / 3)
  for (const { positions, inRow, ratio } of legs) {
    if (!(ratio < HOPELESS_RATIO) || gone.size + positions.length > most) break
    for (const position of positions) gone.add(position)
    // The gap that legs in a row leave is wider: where it takes most of the room, the rest is weighed anew.
    if (inRow > 1 && gone.size + positions.length > most) break
  }
  return gone
}

/** Edges and their last pieces without those at some positions. */
function keep(
  edges: ArrayLike<number>,
  lastPieces: ArrayLike<number>,
  count: number,
  gone: ReadonlySet<number>,
): { edges: number[]; lastPieces: number[] } {
  const kept: { edges: number[]; lastPieces: number[] } = { edges: [], lastPieces: [] }
  for (let at = 0; at < count; at += 1) {
    if (gone.has(at)) continue
    kept.edges.push(edges[at] as number)
    kept.lastPieces.push(lastPieces[at] as number)
  }
  return kept
}

/** Replaces a leg by what could make more: the best of the pairs that could gain. */
export function exchangeFlow(trial: FlowTrial, start: Flow): Flow | undefined {
  const { space } = trial
  const pairs: { leg: WeighedLeg; addition: Addition; hope: number }[] = []
  const additions = trial.findAdditions(start)
  for (const leg of distinct(trial.weigh(start))) {
    for (const addition of additions) {
      const hope = addition.gain - leg.surplus
      if (hope > 0) pairs.push({ leg, addition, hope })
    }
  }
  pairs.sort((a, b) => b.hope - a.hope)
  let best: Flow | undefined
  for (const { leg, addition, hope } of pairs.slice(0, EXCHANGES_TRIED)) {
    if (!canExceed(start.net + hope, best ?? start)) break
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
  const known: WeighedLeg[] = []
  for (const leg of legs) {
    // No other leg falls with one that falls alone.
    if (leg.positions.length === 1 || !known.some((other) => isSame(other, leg))) known.push(leg)
  }
  return known
}

function isSame({ positions }: WeighedLeg, other: WeighedLeg): boolean {
  return positions.length === other.positions.length && positions.every((at) => other.positions.includes(at))
}
