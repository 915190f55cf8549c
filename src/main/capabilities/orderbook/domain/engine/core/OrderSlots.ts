import { fromExact, toExact } from './exactNumbers.ts'

/** Bits of an order's flags. */
export const IS_BID = 1
export const IS_QUOTE_SIZED = 2
export const IS_WIDE = 4
export const HAS_MINIMUM = 8
export const IS_LIVE = 16
/** Of orders with this bit only one of a group may be met by one arriving order. */
export const IS_EXCLUSIVE = 32
/** Above the bits: the number of the book that the order rests in. */
export const BOOK_SHIFT = 8

/** Places in a row of `OrderSlots.rows`. */
export const ROW_STRIDE = 8
export const NEXT = 0
export const PREVIOUS = 1
export const LEVEL = 2
export const OWNER = 3
export const FLAGS = 4
export const NUMBER = 5
/** Places in the same row of `OrderSlots.amounts`. */
export const AMOUNT_STRIDE = 4
export const REMAINING = 3

/**
 * Resting orders as rows of 32 bytes, so that all of an order is in one cache line: a handle is the row's number. A row
 * is used again after its order has ended, so whoever keeps handles keeps them no longer than the order.
 */
export class OrderSlots {
  /**
   * Rows of `ROW_STRIDE`: neighbours in the queue or -1, the price level, the owner, the flags, the number that whoever
   * keeps the orders gave this one, and two of `amounts`.
   */
  rows = new Int32Array(1024 * ROW_STRIDE)
  /**
   * The same memory in rows of `AMOUNT_STRIDE`, of which the last is what is left, in the token that the order is sized
   * in; for wide orders see `setWideRemaining`.
   */
  amounts = new Float64Array(this.rows.buffer)
  readonly #wideRemaining: bigint[] = []
  readonly minimum = new Map<number, bigint>()
  readonly group = new Map<number, number>()
  #free = -1
  #allocated = 0

  take(): number {
    const slot = this.#free
    if (slot !== -1) {
      this.#free = this.rows[slot * ROW_STRIDE + NEXT] as number
      return slot
    }
    if (this.#allocated * ROW_STRIDE === this.rows.length) this.#grow()
    this.#allocated += 1
    return this.#allocated - 1
  }

  release(slot: number): void {
    const { rows } = this
    const row = slot * ROW_STRIDE
    const flags = rows[row + FLAGS] as number
    if ((flags & (IS_WIDE | HAS_MINIMUM | IS_EXCLUSIVE)) !== 0) this.#releaseRareParts(slot, flags)
    rows[row + FLAGS] = 0
    rows[row + NEXT] = this.#free
    this.#free = slot
  }

  remainingOf(slot: number): bigint {
    if ((this.flagsOf(slot) & IS_WIDE) !== 0) return this.#wideRemaining[slot] as bigint
    return fromExact(this.amounts[slot * AMOUNT_STRIDE + REMAINING] as number)
  }

  ownerOf(slot: number): number {
    return this.rows[slot * ROW_STRIDE + OWNER] as number
  }

  numberOf(slot: number): number {
    return this.rows[slot * ROW_STRIDE + NUMBER] as number
  }

  setNumber(slot: number, number: number): void {
    this.rows[slot * ROW_STRIDE + NUMBER] = number
  }

  bookOf(slot: number): number {
    return this.flagsOf(slot) >>> BOOK_SHIFT
  }

  isQuoteSized(slot: number): boolean {
    return (this.flagsOf(slot) & IS_QUOTE_SIZED) !== 0
  }

  flagsOf(slot: number): number {
    return this.rows[slot * ROW_STRIDE + FLAGS] as number
  }

  /** Writes what is left of an order, as a number wherever that is exact. */
  setRemaining(slot: number, remaining: bigint): void {
    const flags = this.flagsOf(slot)
    const narrow = toExact(remaining)
    if (!Number.isNaN(narrow)) {
      this.amounts[slot * AMOUNT_STRIDE + REMAINING] = narrow
      if ((flags & IS_WIDE) !== 0) this.#wideRemaining[slot] = 0n
      this.rows[slot * ROW_STRIDE + FLAGS] = flags & ~IS_WIDE
    } else {
      this.setWideRemaining(slot, remaining)
      this.rows[slot * ROW_STRIDE + FLAGS] = flags | IS_WIDE
    }
  }

  /** Writes what is left of an order with `IS_WIDE`. */
  setWideRemaining(slot: number, remaining: bigint): void {
    const wide = this.#wideRemaining
    // Without holes, and only as far as there is a wide order.
    while (wide.length <= slot) wide.push(0n)
    wide[slot] = remaining
  }

  #releaseRareParts(slot: number, flags: number): void {
    if ((flags & IS_WIDE) !== 0) this.#wideRemaining[slot] = 0n
    if ((flags & HAS_MINIMUM) !== 0) this.minimum.delete(slot)
    if ((flags & IS_EXCLUSIVE) !== 0) this.group.delete(slot)
  }

  #grow(): void {
    const rows = new Int32Array(this.rows.length * 2)
    rows.set(this.rows)
    this.rows = rows
    this.amounts = new Float64Array(rows.buffer)
  }
}
