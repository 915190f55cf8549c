import { hasIdentifierLength, isIdentifierCode } from './identifier.ts'
import { LongList } from './LongList.ts'
import type { RestingOrders } from './RestingOrders.ts'
import type { OrderRecord } from './state.ts'

const DIGIT_ZERO = 48
const DIGIT_NINE = 57
/** Ten, so that numbers that follow each other get rows that do, without a gap and without meeting each other. */
const DIGIT_FACTOR = 10

/** Instead of a handle: of an order that has ended, and of one that has a record. */
const HAS_ENDED = -1
const HAS_RECORD = -2

/**
 * All orders by their identifier. Identifiers of orders that have ended stay known, so that none can be placed twice,
 * even when somebody repeats a request after a crash.
 *
 * A table of its own, because looking whether an identifier is free and then taking it is one search here and two in a
 * Map, and because ending an order is a write to a column.
 */
export class OrderRegistry {
  /** By number, which is never used again. */
  readonly #ids = new LongList<string>()
  /** By number: the handle under which the order rests, or one of the above. */
  #handles = new Int32Array(1024)
  /** By number: the orders of which more is to be known than what `resting` does. */
  readonly #records = new Map<number, OrderRecord>()
  readonly #resting: RestingOrders
  /** Rows of two: a number plus one, or 0 where the row is free, and the identifier's hash. At most half are taken. */
  #table = new Int32Array(2 * 1024)
  /** The identifier that the last search did not find, and where it belongs. */
  #missing: string | undefined
  #foundHash = 0
  #foundRow = 0
  #isSound = false

  constructor(resting: RestingOrders) {
    this.#resting = resting
  }

  /** Whether the identifier was ever used. */
  has(id: string): boolean {
    return this.#find(id) !== -1
  }

  /** Whether the text last asked for with `has` may name something: each of its characters has been seen by then. */
  get isLastIdentifier(): boolean {
    return this.#isSound
  }

  /** The order unless it has ended: its record, or the handle under which it rests without one. */
  find(id: string): OrderRecord | number | undefined {
    const number = this.#find(id)
    if (number === -1) return undefined
    const handle = this.#handles[number] as number
    return handle >= 0 ? handle : this.recordAt(number)
  }

  /** The order's record, unless it has ended; it is kept from now on. */
  get(id: string): OrderRecord | undefined {
    const found = this.find(id)
    if (typeof found !== 'number') return found
    const record = this.#resting.toRecord(found)
    this.keep(record)
    return record
  }

  /** The order as it stands, unless it has ended; for reading only. */
  look(id: string): OrderRecord | undefined {
    const found = this.find(id)
    return typeof found === 'number' ? this.#resting.toRecord(found) : found
  }

  idAt(number: number): string {
    return this.#ids.at(number)
  }

  /** The record under a number, unless the order has ended or rests without one. */
  recordAt(number: number): OrderRecord | undefined {
    return this.#handles[number] === HAS_RECORD ? this.#records.get(number) : undefined
  }

  /** Takes an identifier, as that of an order that has ended until its record is kept or it rests; its number. */
  add(id: string): number {
    if (this.#missing !== id && this.#find(id) !== -1)
      throw new RangeError(`The identifier was used before: ${id}`)
    const number = this.#ids.length
    this.#table[this.#foundRow] = number + 1
    this.#table[this.#foundRow + 1] = this.#foundHash
    this.#missing = undefined
    this.#ids.push(id)
    if (number === this.#handles.length) this.#growHandles()
    this.#handles[number] = HAS_ENDED
    if (number * 4 >= this.#table.length - 4) this.#growTable()
    return number
  }

  keep(record: OrderRecord): void {
    this.#handles[record.number] = HAS_RECORD
    this.#records.set(record.number, record)
  }

  /** To be told when an order rests of which no record is needed. */
  rest(number: number, slot: number): void {
    this.#setHandle(number, slot)
  }

  end(number: number): void {
    this.#setHandle(number, HAS_ENDED)
  }

  isLive(record: OrderRecord): boolean {
    return this.recordAt(record.number) === record
  }

  /** Every identifier ever used with its order, or `undefined` where that has ended, in the order of their arrival. */
  *entries(): Generator<readonly [string, OrderRecord | undefined]> {
    let number = 0
    for (const id of this.#ids) {
      const handle = this.#handles[number] as number
      yield [id, handle >= 0 ? this.#resting.toRecord(handle) : this.recordAt(number)]
      number += 1
    }
  }

  #setHandle(number: number, handle: number): void {
    if (this.#handles[number] === HAS_RECORD) this.#records.delete(number)
    this.#handles[number] = handle
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
      if (table[row + 1] === hash && this.#ids.at(number) === id) return number
      row = (row + stepOf(hash)) & mask
    }
    this.#missing = id
    this.#foundHash = hash
    this.#foundRow = row
    return -1
  }

  /**
   * Identifiers that are counted up get rows close to each other, as digits are added as in a number: to take one is then
   * mostly a look at memory that the one before has just brought into the cache.
   */
  #hash(text: string): number {
    let hash = 0
    let isSound = hasIdentifierLength(text)
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at)
      if (!isIdentifierCode(code)) isSound = false
      const isDigit = code >= DIGIT_ZERO && code <= DIGIT_NINE
      hash = (Math.imul(hash, isDigit ? DIGIT_FACTOR : 0x01000193) + code) | 0
    }
    this.#isSound = isSound
    return hash
  }

  #growHandles(): void {
    const handles = new Int32Array(this.#handles.length * 2)
    handles.set(this.#handles)
    this.#handles = handles
  }

  #growTable(): void {
    const before = this.#table
    const table = new Int32Array(before.length * 2)
    const mask = table.length - 2
    for (let from = 0; from < before.length; from += 2) {
      if (before[from] === 0) continue
      const hash = before[from + 1] as number
      let row = (hash << 1) & mask
      while (table[row] !== 0) row = (row + stepOf(hash)) & mask
      table[row] = before[from] as number
      table[row + 1] = hash
    }
    this.#table = table
  }
}

/** To the row to try next, so that identifiers do not queue behind a long row of neighbours. */
function stepOf(hash: number): number {
  return ((Math.imul(hash, 0x9e3779b1) >>> 15) | 1) << 1
}
