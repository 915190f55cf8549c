import type { OrderRequest } from './commands.ts'
import type { OrderSlots } from './core/OrderSlots.ts'
import type { MarketState, OrderRecord } from './state.ts'

/**
 * The resting orders of all markets by their handle: of most only what their book does not know, and no record. There
 * may be very many of them, and whatever object lives as long as an order is copied by the collector twice.
 */
export class RestingOrders {
  readonly #slots: OrderSlots
  /** By the number of their book. */
  readonly #markets: MarketState[] = []
  #sequences = new Float64Array(1024)
  readonly #requests: (OrderRequest | undefined)[] = []
  readonly #filledBase: bigint[] = []
  readonly #filledQuote: bigint[] = []

  constructor(slots: OrderSlots) {
    this.#slots = slots
  }

  /** Takes a market, in the order of their books' numbers. */
  addMarket(market: MarketState): void {
    this.#markets.push(market)
  }

  /** Takes an order that its book has given a handle. */
  add(
    slot: number,
    number: number,
    sequence: number,
    request: OrderRequest,
    filledBase: bigint,
    filledQuote: bigint,
  ): void {
    while (slot >= this.#requests.length) this.#addRow()
    this.#slots.setNumber(slot, number)
    this.#sequences[slot] = sequence
    this.#requests[slot] = request
    this.#filledBase[slot] = filledBase
    this.#filledQuote[slot] = filledQuote
  }

  /** A record of an order that has none, as the order stands. */
  toRecord(slot: number): OrderRecord {
    const request = this.#requests[slot] as OrderRequest
    return {
      id: request.id,
      request,
      number: this.#slots.numberOf(slot),
      market: this.marketOf(slot),
      owner: this.#slots.ownerOf(slot),
      sequence: this.#sequences[slot] as number,
      status: 'resting',
      slot,
      remaining: this.#slots.remainingOf(slot),
      filledBase: this.#filledBase[slot] as bigint,
      filledQuote: this.#filledQuote[slot] as bigint,
      special: undefined,
    }
  }

  marketOf(slot: number): MarketState {
    return this.#markets[this.#slots.bookOf(slot)] as MarketState
  }

  noteFill(slot: number, base: bigint, quote: bigint): void {
    this.#filledBase[slot] = (this.#filledBase[slot] as bigint) + base
    this.#filledQuote[slot] = (this.#filledQuote[slot] as bigint) + quote
  }

  /** To be told when an order has left its book. */
  remove(slot: number): void {
    this.#requests[slot] = undefined
  }

  #addRow(): void {
    this.#requests.push(undefined)
    this.#filledBase.push(0n)
    this.#filledQuote.push(0n)
    if (this.#requests.length <= this.#sequences.length) return
    const sequences = new Float64Array(this.#sequences.length * 2)
    sequences.set(this.#sequences)
    this.#sequences = sequences
  }
}
