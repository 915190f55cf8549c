import { hasIdentifierLength, isIdentifierCode } from './identifier.ts'
import { LongList } from './LongList.ts'
import type { OrderRecord } from './state.ts'

/**
 * All orders by their identifier. Identifiers of orders that have ended stay known, so that none can be placed twice,
 * even when somebody repeats a request after a crash.
 *
 * A table of its own, because looking whether an identifier is free and then taking it is one search here and two in a
 * Map, and because ending an order is a write to a list.
 */
export class OrderRegistry {
  /** By number, which is never used again: the order, or once it has ended, its identifier alone. */
  readonly #entries = new LongList<OrderRecord | string>()
  /** Rows of two: a number plus one, or 0 where the row is free, and the identifier's hash. At most half are taken. */
  #table = new Int32Array(2 * 1024)
  /** The identifier that the last search did not find, and where it belongs. */
  #missing: string | undefined
  #foundHash = 0
  #foundRow = 0
  #isSound = false

  /** Whether the identifier was ever used. */
  has(id: string): boolean {
    return this.#find(id) !== -1
  }

  /** Whether the text last asked for with `has` may name something: each of its characters has been seen by then. */
  get isLastIdentifier(): boolean {
    return this.#isSound
  }

  /** The order, unless it has ended. */
  get(id: string): OrderRecord | undefined {
    const number = this.#find(id)
    const entry = number === -1 ? undefined : this.#entries.at(number)
    return typeof entry === 'string' ? undefined : entry
  }

  /** The number that the next order must carry. */
  get nextNumber(): number {
    return this.#entries.length
  }

  add(record: OrderRecord): void {
    if (record.number !== this.#entries.length) throw new RangeError('Orders are numbered in their order')
    this.#add(record.id, record)
  }

  /** Keeps an identifier from being used, as that of an order that has ended. */
  addEnded(id: string): void {
    this.#add(id, id)
  }

  end(record: OrderRecord): void {
    this.#entries.set(record.number, record.id)
  }

  isLive(record: OrderRecord): boolean {
    return this.#entries.at(record.number) === record
  }

  /** Every identifier ever used with its order, or `undefined` where that has ended, in the order of their arrival. */
  *entries(): Generator<readonly [string, OrderRecord | undefined]> {
    for (const entry of this.#entries) {
      if (typeof entry === 'string') yield [entry, undefined]
      else yield [entry.id, entry]
    }
  }

  #add(id: string, entry: OrderRecord | string): void {
    if (this.#missing !== id && this.#find(id) !== -1)
      throw new RangeError(`The identifier was used before: ${id}`)
    this.#table[this.#foundRow] = this.#entries.length + 1
    this.#table[this.#foundRow + 1] = this.#foundHash
    this.#missing = undefined
    this.#entries.push(entry)
    if (this.#entries.length * 4 > this.#table.length) this.#grow()
  }

  /** The number of an identifier, or -1. */
  #find(id: string): number {
    const table = this.#table
    const mask = table.length - 2
    const hash = this.#hash(id)
    let row = (hash << 1) & mask
    for (;;) {
      const number = (table[row] as number) - 1
      if (number === -1) break
      if (table[row + 1] === hash && this.#idOf(number) === id) return number
      row = (row + 2) & mask
    }
    this.#missing = id
    this.#foundHash = hash
    this.#foundRow = row
    return -1
  }

  #idOf(number: number): string {
    const entry = this.#entries.at(number)
    return typeof entry === 'string' ? entry : entry.id
  }

  /**
   * Identifiers that differ only in their last character, as those that are counted up mostly do, get adjacent rows: to
   * take one is then mostly a look at memory that the one before has just brought into the cache.
   */
  #hash(text: string): number {
    let hash = 0
    let isSound = hasIdentifierLength(text)
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at)
      if (!isIdentifierCode(code)) isSound = false
      hash = (Math.imul(hash, 0x01000193) + code) | 0
    }
    this.#isSound = isSound
    return hash
  }

  #grow(): void {
    const before = this.#table
    const table = new Int32Array(before.length * 2)
    const mask = table.length - 2
    for (let from = 0; from < before.length; from += 2) {
      if (before[from] === 0) continue
      let row = ((before[from + 1] as number) << 1) & mask
      while (table[row] !== 0) row = (row + 2) & mask
      table[row] = before[from] as number
      table[row + 1] = before[from + 1] as number
    }
    this.#table = table
  }
}
