import type { OrderRequest } from './commands.ts'
import type { OrderSlots } from './core/OrderSlots.ts'
import type { MarketState, OrderRecord } from './state.ts'

/** Places in a row of `RestingOrders`: the order's number and its market's. */
const ROW_STRIDE = 4
const NUMBER = 0
const MARKET = 1
/** Place in the same row of the sequences. */
const SEQUENCE_STRIDE = 2
const SEQUENCE = 1

/**
 * The resting orders of all markets by their handle: of most only what their book does not know, and no record. There
 * may be very many of them, and whatever object lives as long as an order is copied by the collector twice.
 */
export class RestingOrders {
  readonly #slots: OrderSlots
  readonly #markets: MarketState[] = []
  #rows = new Int32Array(1024 * ROW_STRIDE)
  #sequences = new Float64Array(this.#rows.buffer)
  readonly #requests: (OrderRequest | undefined)[] = []
  readonly #filledBase: bigint[] = []
  readonly #filledQuote: bigint[] = []

  constructor(slots: OrderSlots) {
    this.#slots = slots
  }

  /** Takes a market, in the order of their numbers. */
  addMarket(market: MarketState): void {
    this.#markets.push(market)
  }

  /** Takes an order that its book has given a handle. */
  add(record: OrderRecord): void {
    const { slot } = record
    while (slot >= this.#requests.length) this.#addRow()
    const row = slot * ROW_STRIDE
    this.#rows[row + NUMBER] = record.number
    this.#rows[row + MARKET] = record.market.number
    this.#sequences[slot * SEQUENCE_STRIDE + SEQUENCE] = record.sequence
    this.#requests[slot] = record.request
    this.#filledBase[slot] = record.filledBase
    this.#filledQuote[slot] = record.filledQuote
  }

  /** A record of an order that has none, as the order stands. */
  toRecord(slot: number): OrderRecord {
    const request = this.requestOf(slot)
    return {
      id: request.id,
      request,
      number: this.numberOf(slot),
      market: this.marketOf(slot),
      owner: this.#slots.ownerOf(slot),
      sequence: this.#sequences[slot * SEQUENCE_STRIDE + SEQUENCE] as number,
      status: 'resting',
      slot,
      remaining: this.#slots.remainingOf(slot),
      filledBase: this.#filledBase[slot] as bigint,
      filledQuote: this.#filledQuote[slot] as bigint,
      special: undefined,
    }
  }

  /** The parts of an order without a record. */
  requestOf(slot: number): OrderRequest {
    return this.#requests[slot] as OrderRequest
  }

  numberOf(slot: number): number {
    return this.#rows[slot * ROW_STRIDE + NUMBER] as number
  }

  marketOf(slot: number): MarketState {
    return this.#markets[this.#rows[slot * ROW_STRIDE + MARKET] as number] as MarketState
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
    if (this.#requests.length * ROW_STRIDE <= this.#rows.length) return
    const rows = new Int32Array(this.#rows.length * 2)
    rows.set(this.#rows)
    this.#rows = rows
    this.#sequences = new Float64Array(rows.buffer)
  }
}
