import type { Flow } from './Flow.ts'
import type { FlowDraft } from './FlowDraft.ts'
import type { SearchSpace } from './SearchSpace.ts'
import { f64, growFloats, growInts, i32 } from './typedArrays.ts'

/** A leg together with the legs that would have nothing to carry without it. */
export interface WeighedLeg {
  /** Positions in the flow. */
  readonly positions: readonly number[]
  /** How many of them follow each other with nothing that joins or leaves between them: each would be weighed the same. */
  readonly inRow: number
  /**
   * What these legs make at the flow's prices, less their gas. By convexity taking them away loses at least what they make,
   * so they can only go where this is negative.
   */
  readonly surplus: number
  /** What they make in relation to their gas; the lower, the better to go. */
  readonly ratio: number
}

/** Legs by position: the nodes at their ends, what they make, and what their gas costs. */
interface Legs {
  count: number
  from: Int32Array
  to: Int32Array
  gain: Float64Array
  cost: Float64Array
}

const ofFlow: Legs = {
  count: 0,
  from: new Int32Array(64),
  to: new Int32Array(64),
  gain: new Float64Array(64),
  cost: new Float64Array(64),
}
/** By node, how many of the legs enter and leave it, and how many of those fall; all zero between uses. */
let entering = new Int32Array(64)
let leaving = new Int32Array(64)
let enteringFallen = new Int32Array(64)
let leavingFallen = new Int32Array(64)
/** By node, one of the legs that enter and leave it: the only one where there is no other. */
let someEntering = new Int32Array(64)
let someLeaving = new Int32Array(64)

/** Weighs every leg of a flow against its gas, the least worthwhile first. */
export function weighLegs({ graph, costPerGas, source, sink }: SearchSpace, flow: Flow): WeighedLeg[] {
  const { edges, gains, legGas } = flow
  const legs = ofFlow
  if (edges.length > legs.from.length) {
    legs.from = growInts(legs.from, edges.length)
    legs.to = growInts(legs.to, edges.length)
    legs.gain = growFloats(legs.gain, edges.length)
    legs.cost = growFloats(legs.cost, edges.length)
  }
  legs.count = edges.length
  for (let at = 0; at < edges.length; at += 1) {
    legs.from[at] = i32(graph.edgeFrom, edges[at] as number)
    legs.to[at] = i32(graph.edgeTo, edges[at] as number)
    legs.gain[at] = Math.max(0, gains[at] as number)
    legs.cost[at] = (legGas[at] as number) * costPerGas
  }
  return weigh(legs, source, sink, graph.nodeCount, costPerGas > 0)
}

/** The same of a draft; positions are places in it. */
export function weighDraft({ costPerGas }: SearchSpace, draft: FlowDraft): WeighedLeg[] {
  return weigh(draft, 0, 1, draft.nodeCount, costPerGas > 0)
}

function weigh(legs: Legs, source: number, sink: number, nodeCount: number, byRatio: boolean): WeighedLeg[] {
  const { count, from, to, gain: gains, cost: costs } = legs
  growTo(nodeCount)
  for (let at = 0; at < count; at += 1) {
    const start = i32(from, at)
    const end = i32(to, at)
    leaving[start] = i32(leaving, start) + 1
    entering[end] = i32(entering, end) + 1
    someLeaving[start] = at
    someEntering[end] = at
  }
  const weighed: WeighedLeg[] = []
  for (let leg = 0; leg < count; leg += 1) {
    const start = i32(from, leg)
    const end = i32(to, leg)
    // What follows a leg as its only continuation stands and falls with it, and is weighed with it.
    if (start !== source && i32(leaving, start) === 1 && i32(entering, start) === 1) continue
    // Most legs have others beside them at both ends, and none falls with them.
    const standsAlone =
      (start === source || i32(leaving, start) > 1) && (end === sink || i32(entering, end) > 1)
    const positions = standsAlone ? [leg] : listFalling(legs, leg, source, sink)
    if (positions.length === count) continue
    let gain = 0
    let cost = 0
    for (let at = 0; at < positions.length; at += 1) {
      gain += f64(gains, positions[at] as number)
      cost += f64(costs, positions[at] as number)
    }
    let inRow = 1
    for (let node = end; node !== sink && i32(entering, node) === 1 && i32(leaving, node) === 1; inRow += 1) {
      node = i32(to, i32(someLeaving, node))
    }
    insert(weighed, { positions, inRow, surplus: gain - cost, ratio: gain / cost }, byRatio)
  }
  for (let at = 0; at < count; at += 1) {
    leaving[i32(from, at)] = 0
    entering[i32(to, at)] = 0
  }
  return weighed
}

function growTo(nodeCount: number): void {
  if (nodeCount <= entering.length) return
  entering = growInts(entering, nodeCount)
  leaving = growInts(leaving, nodeCount)
  enteringFallen = growInts(enteringFallen, nodeCount)
  leavingFallen = growInts(leavingFallen, nodeCount)
  someEntering = growInts(someEntering, nodeCount)
  someLeaving = growInts(someLeaving, nodeCount)
}

/** Keeps the list in rising order; it is short, and comparing by a function takes longer than moving. */
function insert(weighed: WeighedLeg[], leg: WeighedLeg, byRatio: boolean): void {
  const value = byRatio ? leg.ratio : leg.surplus
  let at = weighed.length
  for (; at > 0; at -= 1) {
    const before = weighed[at - 1] as WeighedLeg
    if (!((byRatio ? before.ratio : before.surplus) > value)) break
    weighed[at] = before
  }
  weighed[at] = leg
}

/** The leg and all that is fed by it alone or drains into it alone. */
function listFalling(legs: Legs, leg: number, source: number, sink: number): number[] {
  const { from, to } = legs
  // Grows while it is walked: what falls with a leg is looked at in its turn.
  const falling: number[] = []
  fall(legs, falling, leg)
  for (let next = 0; next < falling.length; next += 1) {
    const start = i32(from, falling[next] as number)
    const end = i32(to, falling[next] as number)
    if (start !== source && i32(leavingFallen, start) === i32(leaving, start)) {
      if (i32(entering, start) > 1) fallAll(legs, falling, to, start)
      else if (i32(enteringFallen, start) < i32(entering, start))
        fall(legs, falling, i32(someEntering, start))
    }
    if (end !== sink && i32(enteringFallen, end) === i32(entering, end)) {
      if (i32(leaving, end) > 1) fallAll(legs, falling, from, end)
      else if (i32(leavingFallen, end) < i32(leaving, end)) fall(legs, falling, i32(someLeaving, end))
    }
  }
  for (let next = 0; next < falling.length; next += 1) {
    leavingFallen[i32(from, falling[next] as number)] = 0
    enteringFallen[i32(to, falling[next] as number)] = 0
  }
  return falling
}

function fall({ from, to }: Legs, falling: number[], leg: number): void {
  falling.push(leg)
  leavingFallen[i32(from, leg)] = i32(leavingFallen, i32(from, leg)) + 1
  enteringFallen[i32(to, leg)] = i32(enteringFallen, i32(to, leg)) + 1
}

/** All legs with this end at the node fall too. */
function fallAll(legs: Legs, falling: number[], ends: Int32Array, node: number): void {
  for (let at = 0; at < legs.count; at += 1) {
    if (i32(ends, at) === node && !falling.includes(at)) fall(legs, falling, at)
  }
}
