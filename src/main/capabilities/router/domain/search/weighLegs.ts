import { createCurveFlow, flowAtDepth, type SwapCurve } from '../pools/SwapCurve.ts'
import type { Flow } from './Flow.ts'
import type { SearchSpace } from './SearchSpace.ts'
import { f64, i32 } from './typedArrays.ts'

/** A leg together with the legs that would have nothing to carry without it. */
export interface WeighedLeg {
  /** Positions in the flow. */
  readonly positions: readonly number[]
  /**
   * What these legs make at the flow's prices, less their gas. By convexity taking them away loses at least what they make,
   * so they can only go where this is negative.
   */
  readonly surplus: number
  /** What they make in relation to their gas; the lower, the better to go. */
  readonly ratio: number
}

const flow = createCurveFlow()

/** Weighs every leg of a flow against its gas, the least worthwhile first. */
export function weighLegs(space: SearchSpace, current: Flow): WeighedLeg[] {
  const { graph, costPerGas } = space
  const count = current.edges.length
  const gains = new Array<number>(count).fill(0)
  const costs = new Array<number>(count).fill(0)
  for (let at = 0; at < count; at += 1) {
    const edge = current.edges[at] as number
    const from = current.prices.get(i32(graph.edgeFrom, edge)) ?? 0
    const to = current.prices.get(i32(graph.edgeTo, edge)) ?? 0
    const depth = Math.max(0, f64(graph.logRate, edge) + to - from)
    flowAtDepth(graph.curves[edge] as SwapCurve, depth, current.lastPieces[at] as number, flow)
    gains[at] = Math.max(0, Math.exp(to) * flow.output - Math.exp(from) * flow.input)
    costs[at] = (f64(graph.swapGas, edge) + f64(graph.tickGas, edge) * flow.piece) * costPerGas
  }
  const wiring = wire(space, current)
  const legs: WeighedLeg[] = []
  for (let leg = 0; leg < count; leg += 1) {
    const positions = dependents(space, current, wiring, leg)
    if (positions.length === count) continue
    let gain = 0
    let cost = 0
    for (const at of positions) {
      gain += gains[at] as number
      cost += costs[at] as number
    }
    legs.push({ positions, surplus: gain - cost, ratio: gain / cost })
  }
  return legs.sort((a, b) => (costPerGas > 0 ? a.ratio - b.ratio : a.surplus - b.surplus))
}

/** Which legs enter and leave each node of a flow. */
interface Wiring {
  readonly entering: ReadonlyMap<number, readonly number[]>
  readonly leaving: ReadonlyMap<number, readonly number[]>
}

function wire({ graph }: SearchSpace, { edges }: Flow): Wiring {
  const entering = new Map<number, number[]>()
  const leaving = new Map<number, number[]>()
  for (let at = 0; at < edges.length; at += 1) {
    append(entering, i32(graph.edgeTo, edges[at] as number), at)
    append(leaving, i32(graph.edgeFrom, edges[at] as number), at)
  }
  return { entering, leaving }
}

function append(lists: Map<number, number[]>, node: number, at: number): void {
  const list = lists.get(node)
  if (list === undefined) lists.set(node, [at])
  else list.push(at)
}

/** The leg and all that is fed by it alone or drains into it alone. */
function dependents(
  { graph, source, sink }: SearchSpace,
  current: Flow,
  wiring: Wiring,
  leg: number,
): number[] {
  // Grows while it is walked: what falls with a leg is looked at in its turn.
  const gone = [leg]
  for (let next = 0; next < gone.length; next += 1) {
    const edge = current.edges[gone[next] as number] as number
    const from = i32(graph.edgeFrom, edge)
    const to = i32(graph.edgeTo, edge)
    if (from !== source && isAllGone(wiring.leaving.get(from), gone)) {
      addMissing(gone, wiring.entering.get(from))
    }
    if (to !== sink && isAllGone(wiring.entering.get(to), gone)) addMissing(gone, wiring.leaving.get(to))
  }
  return gone
}

function isAllGone(legs: readonly number[] | undefined, gone: readonly number[]): boolean {
  if (legs === undefined || legs.length > gone.length) return false
  for (const leg of legs) if (!gone.includes(leg)) return false
  return true
}

function addMissing(gone: number[], legs: readonly number[] = []): void {
  for (const leg of legs) if (!gone.includes(leg)) gone.push(leg)
}
