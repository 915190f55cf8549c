import { logarithm } from './logarithm.ts'
import type { Ring, RingOrder } from './ringOrder.ts'
import { splitSurplus } from './splitSurplus.ts'

/** The orders from one token to another, the best price first. */
interface Edge {
  readonly from: number
  readonly to: number
  readonly orders: RingOrder[]
  /** Place of the best order that still has something. */
  next: number
  /** Logarithm of the best price, buy over sell; a guide for the search only, never for amounts. */
  weight: number
}

/** Places of edges in the list of all. */
type Cycle = readonly number[]

/** Rounding of the logarithms can hide a ring without any surplus or show one that is none; the exact split decides. */
const TOLERANCE = 1e-9

/**
 * Finds rings of two to four orders whose limits leave a surplus and fills them, the largest surplus first, until none is
 * left among the best orders of each pair. An order can take part in several rings with what it has left.
 */
export function findRings(orders: readonly RingOrder[]): readonly Ring[] {
  const { edges, tokenCount } = buildEdges(orders)
  const available = new Map(orders.map((order) => [order.id, order.available]))
  const rings: Ring[] = []
  for (;;) {
    const before = rings.length
    for (const cycle of findCycles(edges, tokenCount)) {
      const members = cycle.flatMap((place) => edges[place] ?? [])
      // A cycle is used up before the next one: the first of them has the largest surplus to share.
      for (;;) {
        const ring = fillCycle(members, available)
        if (ring === undefined) break
        rings.push(ring)
      }
    }
    if (rings.length === before) return rings
  }
}

function fillCycle(edges: readonly Edge[], available: Map<string, bigint>): Ring | undefined {
  if (weightOf(edges) > TOLERANCE) return undefined
  const ring = splitSurplus(edges.flatMap((edge) => currentOrder(edge, available) ?? []))
  for (const { order, sold } of ring ?? []) {
    available.set(order.id, (available.get(order.id) ?? 0n) - sold)
  }
  if (ring !== undefined) for (const edge of edges) advance(edge, available)
  return ring
}

function weightOf(edges: readonly Edge[]): number {
  return edges.reduce((sum, edge) => sum + edge.weight, 0)
}

function buildEdges(orders: readonly RingOrder[]): {
  readonly edges: readonly Edge[]
  readonly tokenCount: number
} {
  const tokens = new Map<string, number>()
  const numberOf = (token: string) => {
    const known = tokens.get(token)
    if (known !== undefined) return known
    tokens.set(token, tokens.size)
    return tokens.size - 1
  }
  const byPair = new Map<number, { order: RingOrder; weight: number }[]>()
  const most = orders.length * 2
  for (const order of orders) {
    const from = numberOf(order.sellToken)
    const to = numberOf(order.buyToken)
    if (from === to || order.available <= 0n || order.sellAmount <= 0n || order.buyAmount <= 0n) continue
    const pair = from * most + to
    const entry = { order, weight: logarithm(order.buyAmount) - logarithm(order.sellAmount) }
    const known = byPair.get(pair)
    if (known === undefined) byPair.set(pair, [entry])
    else known.push(entry)
  }
  const edges = [...byPair].map(([pair, entries]): Edge => {
    entries.sort((a, b) => a.weight - b.weight || (a.order.id < b.order.id ? -1 : 1))
    return {
      from: Math.floor(pair / most),
      to: pair % most,
      orders: entries.map((entry) => entry.order),
      next: 0,
      weight: entries[0]?.weight ?? 0,
    }
  })
  return { edges, tokenCount: tokens.size }
}

/** Cycles of two, three and four edges with a surplus, each once, the largest surplus first. */
function findCycles(edges: readonly Edge[], tokenCount: number): readonly Cycle[] {
  const placeOf = new Int32Array(tokenCount * tokenCount).fill(-1)
  const weights = new Float64Array(tokenCount * tokenCount).fill(Number.POSITIVE_INFINITY)
  for (const [place, edge] of edges.entries()) {
    if (edge.next >= edge.orders.length) continue
    placeOf[edge.from * tokenCount + edge.to] = place
    weights[edge.from * tokenCount + edge.to] = edge.weight
  }
  const cycles: { readonly cycle: Cycle; readonly weight: number }[] = []
  const consider = (weight: number, ...tokens: readonly number[]) => {
    const cycle = tokens.map(
      (token, index) => placeOf[token * tokenCount + (tokens[(index + 1) % tokens.length] ?? 0)] ?? -1,
    )
    cycles.push({ cycle, weight })
  }
  const paths = findTwoStepPaths(weights, tokenCount)
  for (let a = 0; a < tokenCount; a += 1) {
    for (let c = 0; c < tokenCount; c += 1) {
      if (a === c) continue
      const there = a * tokenCount + c
      const back = c * tokenCount + a
      const direct = (weights[there] as number) + (weights[back] as number)
      if (a < c && direct <= TOLERANCE) consider(direct, a, c)
      for (let one = 0; one < 2; one += 1) {
        const weight = paths.weights[there * 2 + one] as number
        const between = paths.between[there * 2 + one] as number
        // Each triangle shows up at each of its corners; where it begins at its lowest token it is kept.
        const closed = weight + (weights[back] as number)
        if (closed <= TOLERANCE && a < between && a < c) consider(closed, a, between, c)
        if (a > c) continue
        for (let other = 0; other < 2; other += 1) {
          const around = weight + (paths.weights[back * 2 + other] as number)
          const opposite = paths.between[back * 2 + other] as number
          if (around <= TOLERANCE && opposite !== between) consider(around, a, between, c, opposite)
        }
      }
    }
  }
  return cycles.sort((x, y) => x.weight - y.weight).map(({ cycle }) => cycle)
}

interface TwoStepPaths {
  /** For each pair of tokens the weights of the best and the second best way through one token between. */
  readonly weights: Float64Array
  /** That token. */
  readonly between: Int32Array
}

/** Two ways for each pair, so that a way back can avoid the token of the way there. */
function findTwoStepPaths(edgeWeights: Float64Array, tokenCount: number): TwoStepPaths {
  const weights = new Float64Array(tokenCount * tokenCount * 2).fill(Number.POSITIVE_INFINITY)
  const between = new Int32Array(tokenCount * tokenCount * 2).fill(-1)
  for (let a = 0; a < tokenCount; a += 1) {
    for (let b = 0; b < tokenCount; b += 1) {
      const first = edgeWeights[a * tokenCount + b] as number
      if (first === Number.POSITIVE_INFINITY) continue
      for (let c = 0; c < tokenCount; c += 1) {
        const weight = first + (edgeWeights[b * tokenCount + c] as number)
        const place = (a * tokenCount + c) * 2
        if (weight >= (weights[place + 1] as number) || c === a) continue
        const isBest = weight < (weights[place] as number)
        if (isBest) {
          weights[place + 1] = weights[place] as number
          between[place + 1] = between[place] as number
        }
        weights[isBest ? place : place + 1] = weight
        between[isBest ? place : place + 1] = b
      }
    }
  }
  return { weights, between }
}

function currentOrder(edge: Edge, available: ReadonlyMap<string, bigint>): RingOrder | undefined {
  const order = edge.orders[edge.next]
  return order && { ...order, available: available.get(order.id) ?? 0n }
}

/** Moves on to the best order that has something left. */
function advance(edge: Edge, available: ReadonlyMap<string, bigint>): void {
  for (;;) {
    const order = edge.orders[edge.next]
    if (order === undefined || (available.get(order.id) ?? 0n) > 0n) break
    edge.next += 1
  }
  const order = edge.orders[edge.next]
  edge.weight =
    order === undefined ? Number.POSITIVE_INFINITY : logarithm(order.buyAmount) - logarithm(order.sellAmount)
}
