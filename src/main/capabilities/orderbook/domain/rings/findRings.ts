import { rankAscending } from './rankAscending.ts'
import type { Ring, RingOrder } from './ringOrder.ts'
import { type RingMember, sell, splitSurplus, toMember } from './splitSurplus.ts'

/** The orders from one token to another, the best price first. */
interface Edge {
  /** In the list of all. */
  readonly place: number
  readonly from: number
  readonly to: number
  readonly orders: readonly RingMember[]
  /** Place of the best order that still has something. */
  next: number
}

interface Edges {
  readonly all: readonly Edge[]
  /** By place, the logarithm of the best price, buy over sell; a guide for the search only, never for amounts. */
  readonly weights: Float64Array
  readonly tokenCount: number
}

const MOST_EDGES = 4

/** Rounding of the logarithms can hide a ring without any surplus or show one that is none; the exact split decides. */
const TOLERANCE = 1e-9

/**
 * Finds rings of two to four orders whose limits leave a surplus and fills them, the largest surplus first, until none is
 * left among the best orders of each pair. An order can take part in several rings with what it has left.
 */
export function findRings(orders: readonly RingOrder[]): readonly Ring[] {
  const edges = buildEdges(orders)
  const rings: Ring[] = []
  for (;;) {
    const before = rings.length
    const { places, order } = findCycles(edges)
    for (const cycle of order) {
      // A cycle is used up before the next one: the first of them has the largest surplus to share.
      for (;;) {
        const ring = fillCycle(edges, places, cycle * MOST_EDGES)
        if (ring === undefined) break
        rings.push(ring)
      }
    }
    if (rings.length === before) return rings
  }
}

/** Fills the best orders of a cycle, whose edges stand from `row` on. */
function fillCycle({ all, weights }: Edges, places: Int32Array, row: number): Ring | undefined {
  let weight = 0
  let end = row
  for (; end < row + MOST_EDGES; end += 1) {
    const place = places[end] as number
    if (place === -1) break
    weight += weights[place] as number
  }
  // By now most cycles have lost an order that they needed to another one.
  if (weight > TOLERANCE) return undefined
  const edges: Edge[] = []
  const members: RingMember[] = []
  for (let at = row; at < end; at += 1) {
    const edge = all[places[at] as number] as Edge
    edges.push(edge)
    members.push(edge.orders[edge.next] as RingMember)
  }
  const ring = splitSurplus(members)
  if (ring === undefined) return undefined
  for (let at = 0; at < edges.length; at += 1) {
    const edge = edges[at] as Edge
    sell(members[at] as RingMember, ring[at]?.sold ?? 0n)
    weights[edge.place] = advance(edge)
  }
  return ring
}

function buildEdges(orders: readonly RingOrder[]): Edges {
  const tokens = new Map<string, number>()
  const numberOf = (token: string) => {
    const known = tokens.get(token)
    if (known !== undefined) return known
    tokens.set(token, tokens.size)
    return tokens.size - 1
  }
  const byPair = new Map<number, RingMember[]>()
  const most = orders.length * 2
  for (const order of orders) {
    const from = numberOf(order.sellToken)
    const to = numberOf(order.buyToken)
    if (from === to || order.available <= 0n || order.sellAmount <= 0n || order.buyAmount <= 0n) continue
    const pair = from * most + to
    const known = byPair.get(pair)
    if (known === undefined) byPair.set(pair, [toMember(order)])
    else known.push(toMember(order))
  }
  const all = [...byPair].map(([pair, members], place): Edge => {
    members.sort((a, b) => a.price - b.price || (a.order.id < b.order.id ? -1 : 1))
    return {
      from: Math.floor(pair / most),
      to: pair % most,
      orders: members,
      next: 0,
      place,
    }
  })
  const weights = Float64Array.from(all, (edge) => edge.orders[0]?.price ?? 0)
  return { all, weights, tokenCount: tokens.size }
}

interface Cycles {
  /** Rows of `MOST_EDGES`: places of edges in the list of all, -1 behind the last. */
  readonly places: Int32Array
  /** The rows in the order of their surplus, the largest first. */
  readonly order: Uint32Array
}

/** Cycles of two, three and four edges with a surplus, each once. */
function findCycles({ all, weights: edgeWeights, tokenCount }: Edges): Cycles {
  const placeOf = new Int32Array(tokenCount * tokenCount).fill(-1)
  const weights = new Float64Array(tokenCount * tokenCount).fill(Number.POSITIVE_INFINITY)
  for (const { place, from, to } of all) {
    placeOf[from * tokenCount + to] = place
    weights[from * tokenCount + to] = edgeWeights[place] as number
  }
  let places = new Int32Array(1024 * MOST_EDGES)
  const surplus: number[] = []
  const consider = (weight: number, a: number, b: number, c: number, d: number) => {
    const row = surplus.length * MOST_EDGES
    if (row === places.length) {
      const larger = new Int32Array(row * 2)
      larger.set(places)
      places = larger
    }
    places[row] = placeOf[a * tokenCount + b] as number
    places[row + 1] = placeOf[b * tokenCount + (c === -1 ? a : c)] as number
    places[row + 2] = c === -1 ? -1 : (placeOf[c * tokenCount + (d === -1 ? a : d)] as number)
    places[row + 3] = d === -1 ? -1 : (placeOf[d * tokenCount + a] as number)
    surplus.push(weight)
  }
  const paths = findTwoStepPaths(weights, tokenCount)
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
  return { places, order: rankAscending(Float64Array.from(surplus)) }
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
      const from = b * tokenCount
      let place = a * tokenCount * 2
      for (let c = 0; c < tokenCount; c += 1, place += 2) {
        const weight = first + (edgeWeights[from + c] as number)
        if (weight >= (weights[place + 1] as number) || c === a) continue
        if (weight < (weights[place] as number)) {
          weights[place + 1] = weights[place] as number
          between[place + 1] = between[place] as number
          weights[place] = weight
          between[place] = b
        } else {
          weights[place + 1] = weight
          between[place + 1] = b
        }
      }
    }
  }
  return { weights, between }
}

/** Moves on to the best order that has something left, and returns its weight. */
function advance(edge: Edge): number {
  let member = edge.orders[edge.next]
  while (member !== undefined && member.available === 0n) {
    edge.next += 1
    member = edge.orders[edge.next]
  }
  return member === undefined ? Number.POSITIVE_INFINITY : member.price
}
