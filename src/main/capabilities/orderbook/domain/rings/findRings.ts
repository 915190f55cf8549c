import { rankAscending } from './rankAscending.ts'
import type { Ring, RingOrder } from './ringOrder.ts'
import { type RingMember, sell, splitSurplus } from './splitSurplus.ts'
import { TokenGraph } from './TokenGraph.ts'
import { TwoStepPaths } from './TwoStepPaths.ts'

const MOST_EDGES = 4

/** Rounding of the logarithms can hide a ring without any surplus or show one that is none; the exact split decides. */
const TOLERANCE = 1e-9

/**
 * Finds rings of two to four orders whose limits leave a surplus and fills them, the largest surplus first, until none is
 * left among the best orders of each pair. An order can take part in several rings with what it has left.
 */
export function findRings(orders: readonly RingOrder[]): readonly Ring[] {
  const graph = new TokenGraph(orders)
  const paths = new TwoStepPaths(graph)
  const rings: Ring[] = []
  for (;;) {
    const before = rings.length
    const { pairs, order } = findCycles(graph, paths)
    for (const cycle of order) {
      // A cycle is used up before the next one: the first of them has the largest surplus to share.
      for (;;) {
        const ring = fillCycle(graph, pairs, cycle * MOST_EDGES)
        if (ring === undefined) break
        rings.push(ring)
      }
    }
    if (rings.length === before) return rings
    paths.renewRisen()
    graph.forgetRises()
  }
}

/** Fills the best orders of a cycle, whose pairs stand from `row` on. */
function fillCycle(graph: TokenGraph, pairs: Int32Array, row: number): Ring | undefined {
  let weight = 0
  let end = row
  for (; end < row + MOST_EDGES; end += 1) {
    const pair = pairs[end] as number
    if (pair === -1) break
    weight += graph.weights[pair] as number
  }
  // By now most cycles have lost an order that they needed to another one.
  if (weight > TOLERANCE) return undefined
  const members: RingMember[] = []
  for (let at = row; at < end; at += 1) members.push(graph.best(pairs[at] as number) as RingMember)
  const ring = splitSurplus(members)
  if (ring === undefined) return undefined
  for (let at = row; at < end; at += 1) {
    sell(members[at - row] as RingMember, ring[at - row]?.sold ?? 0n)
    graph.advance(pairs[at] as number)
  }
  return ring
}

interface Cycles {
  /** Rows of `MOST_EDGES`: pairs of tokens, -1 behind the last. */
  readonly pairs: Int32Array
  /** The rows in the order of their surplus, the largest first. */
  readonly order: Uint32Array
}

/** Cycles of two, three and four edges with a surplus, each once. */
function findCycles({ weights, tokenCount }: TokenGraph, paths: TwoStepPaths): Cycles {
  let pairs = new Int32Array(1024 * MOST_EDGES)
  const surplus: number[] = []
  const consider = (weight: number, a: number, b: number, c: number, d: number) => {
    const row = surplus.length * MOST_EDGES
    if (row === pairs.length) {
      const larger = new Int32Array(row * 2)
      larger.set(pairs)
      pairs = larger
    }
    pairs[row] = a * tokenCount + b
    pairs[row + 1] = b * tokenCount + (c === -1 ? a : c)
    pairs[row + 2] = c === -1 ? -1 : c * tokenCount + (d === -1 ? a : d)
    pairs[row + 3] = d === -1 ? -1 : d * tokenCount + a
    surplus.push(weight)
  }
  for (let a = 0; a < tokenCount; a += 1) {
    for (let c = 0; c < tokenCount; c += 1) {
      if (a === c) continue
      const there = a * tokenCount + c
      const back = c * tokenCount + a
      const direct = (weights[there] as number) + (weights[back] as number)
      if (a < c && direct <= TOLERANCE) consider(direct, a, c, -1, -1)
      for (let one = 0; one < 2; one += 1) {
        const weight = paths.weights[there * 2 + one] as number
        const between = paths.between[there * 2 + one] as number
        // Each triangle shows up at each of its corners; where it begins at its lowest token it is kept.
        const closed = weight + (weights[back] as number)
        if (closed <= TOLERANCE && a < between && a < c) consider(closed, a, between, c, -1)
        if (a > c) continue
        for (let other = 0; other < 2; other += 1) {
          const around = weight + (paths.weights[back * 2 + other] as number)
          const opposite = paths.between[back * 2 + other] as number
          if (around <= TOLERANCE && opposite !== between) consider(around, a, between, c, opposite)
        }
      }
    }
  }
  return { pairs, order: rankAscending(Float64Array.from(surplus)) }
}
