import type { RingOrder } from './ringOrder.ts'
import { type RingMember, toMember } from './splitSurplus.ts'

/** The orders from one token to another, the best price first. */
interface Edge {
  readonly orders: RingMember[]
  /** Place of the best order that still has something. */
  next: number
}

/** The tokens of all orders, and between them the best order of each pair. A pair is `from * tokenCount + to`. */
export class TokenGraph {
  readonly tokenCount: number
  /** By pair, the logarithm of the best price, buy over sell; a guide for the search only, never for amounts. */
  readonly weights: Float64Array
  /** By pair, 1 where the weight has risen since `forgetRises`. None ever falls, as orders are only used up. */
  readonly risen: Uint8Array
  readonly #edges: readonly Edge[]
  /** By pair, the place of its edge in the list, or -1. */
  readonly #placeOf: Int32Array

  constructor(orders: readonly RingOrder[]) {
    const tokens = new Map<string, number>()
    const numberOf = (token: string) => {
      const known = tokens.get(token)
      if (known !== undefined) return known
      tokens.set(token, tokens.size)
      return tokens.size - 1
    }
    const from = new Int32Array(orders.length)
    const to = new Int32Array(orders.length)
    for (const [index, { sellToken, buyToken }] of orders.entries()) {
      from[index] = numberOf(sellToken)
      to[index] = numberOf(buyToken)
    }
    this.tokenCount = tokens.size
    const pairCount = this.tokenCount * this.tokenCount
    this.weights = new Float64Array(pairCount).fill(Number.POSITIVE_INFINITY)
    this.risen = new Uint8Array(pairCount)
    this.#placeOf = new Int32Array(pairCount).fill(-1)
    const edges: Edge[] = []
    for (let index = 0; index < orders.length; index += 1) {
      const order = orders[index] as RingOrder
      if (from[index] === to[index]) continue
      if (order.available <= 0n || order.sellAmount <= 0n || order.buyAmount <= 0n) continue
      const pair = (from[index] as number) * this.tokenCount + (to[index] as number)
      const place = this.#placeOf[pair] as number
      if (place === -1) {
        this.#placeOf[pair] = edges.length
        edges.push({ orders: [toMember(order)], next: 0 })
      } else edges[place]?.orders.push(toMember(order))
    }
    this.#edges = edges
    for (let pair = 0; pair < pairCount; pair += 1) {
      const edge = this.#edges[this.#placeOf[pair] as number]
      if (edge === undefined) continue
      if (edge.orders.length > 1) {
        edge.orders.sort((a, b) => a.price - b.price || (a.order.id < b.order.id ? -1 : 1))
      }
      this.weights[pair] = edge.orders[0]?.price ?? Number.POSITIVE_INFINITY
    }
  }

  /** The best order of a pair that still has something. */
  best(pair: number): RingMember | undefined {
    const edge = this.#edges[this.#placeOf[pair] as number]
    return edge?.orders[edge.next]
  }

  /** Moves a pair on to its best order that still has something. */
  advance(pair: number): void {
    const edge = this.#edges[this.#placeOf[pair] as number]
    if (edge === undefined) return
    let member = edge.orders[edge.next]
    if (member === undefined || member.available > 0n) return
    while (member !== undefined && member.available === 0n) {
      edge.next += 1
      member = edge.orders[edge.next]
    }
    this.weights[pair] = member?.price ?? Number.POSITIVE_INFINITY
    this.risen[pair] = 1
  }

  forgetRises(): void {
    this.risen.fill(0)
  }
}
