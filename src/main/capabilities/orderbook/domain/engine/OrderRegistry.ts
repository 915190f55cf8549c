import type { OrderRecord } from './state.ts'

/**
 * All orders by their identifier. Identifiers of orders that have ended stay known, so that none can be placed twice,
 * even when somebody repeats a request after a crash.
 */
export class OrderRegistry {
  readonly #numbers = new Map<string, number>()
  /** By number, which is never used again; ending an order is then one write, without a look-up. */
  readonly #records: (OrderRecord | undefined)[] = []

  /** Whether the identifier was ever used. */
  has(id: string): boolean {
    return this.#numbers.has(id)
  }

  /** The order, unless it has ended. */
  get(id: string): OrderRecord | undefined {
    const number = this.#numbers.get(id)
    return number === undefined ? undefined : this.#records[number]
  }

  /** The number that the next order must carry. */
  get nextNumber(): number {
    return this.#records.length
  }

  add(record: OrderRecord): void {
    if (record.number !== this.#records.length) throw new RangeError('Orders are numbered in their order')
    this.#numbers.set(record.request.id, record.number)
    this.#records.push(record)
  }

  /** Keeps an identifier from being used, as that of an order that has ended. */
  addEnded(id: string): void {
    this.#numbers.set(id, this.#records.length)
    this.#records.push(undefined)
  }

  end(record: OrderRecord): void {
    this.#records[record.number] = undefined
  }

  isLive(record: OrderRecord): boolean {
    return this.#records[record.number] === record
  }

  /** Every identifier ever used with its order, or `undefined` where that has ended, in the order of their arrival. */
  *entries(): Generator<readonly [string, OrderRecord | undefined]> {
    for (const [id, number] of this.#numbers) yield [id, this.#records[number]]
  }
}
