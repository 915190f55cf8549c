import { LARGEST_EXACT_BIGINT } from '../price.ts'

/** Bits of an order's flags. */
export const IS_BID = 1
export const IS_QUOTE_SIZED = 2
export const IS_WIDE = 4
export const HAS_MINIMUM = 8
export const IS_LIVE = 16
/** Of orders with this bit only one of a group may be met by one arriving order. */
export const IS_EXCLUSIVE = 32

export const LINK_STRIDE = 4
export const NEXT = 0
export const PREVIOUS = 1
export const LEVEL = 2
export const OWNER = 3

/**
 * Resting orders as columns: a handle is the row's number. A row is used again after its order has ended, so whoever
 * keeps handles keeps them no longer than the order.
 */
export class OrderSlots {
  /** Rows of `LINK_STRIDE`: neighbours in the queue or -1, the price level, the owner. */
  links = new Int32Array(1024 * LINK_STRIDE)
  flags = new Uint8Array(1024)
  /** What is left, in the token that the order is sized in; for wide orders see `wideRemaining`. */
  remaining = new Float64Array(1024)
  readonly wideRemaining: bigint[] = []
  readonly minimum = new Map<number, bigint>()
  readonly group = new Map<number, number>()
  liveCount = 0
  #free = -1
  #allocated = 0

  take(): number {
    this.liveCount += 1
    const slot = this.#free
    if (slot !== -1) {
      this.#free = this.links[slot * LINK_STRIDE + NEXT] as number
      return slot
    }
    if (this.#allocated === this.flags.length) this.#grow()
    this.wideRemaining.push(0n)
    this.#allocated += 1
    return this.#allocated - 1
  }

  release(slot: number): void {
    const flags = this.flags[slot] as number
    if ((flags & IS_WIDE) !== 0) this.wideRemaining[slot] = 0n
    if ((flags & HAS_MINIMUM) !== 0) this.minimum.delete(slot)
    if ((flags & IS_EXCLUSIVE) !== 0) this.group.delete(slot)
    this.flags[slot] = 0
    this.links[slot * LINK_STRIDE + NEXT] = this.#free
    this.#free = slot
    this.liveCount -= 1
  }

  remainingOf(slot: number): bigint {
    if (((this.flags[slot] as number) & IS_WIDE) !== 0) return this.wideRemaining[slot] as bigint
    return BigInt(this.remaining[slot] as number)
  }

  /** Writes what is left of an order, as a number wherever that is exact. */
  setRemaining(slot: number, remaining: bigint): void {
    const flags = this.flags[slot] as number
    if (remaining <= LARGEST_EXACT_BIGINT) {
      this.remaining[slot] = Number(remaining)
      if ((flags & IS_WIDE) !== 0) this.wideRemaining[slot] = 0n
      this.flags[slot] = flags & ~IS_WIDE
    } else {
      this.wideRemaining[slot] = remaining
      this.flags[slot] = flags | IS_WIDE
    }
  }

  #grow(): void {
    const capacity = this.flags.length * 2
    this.links = enlarge(this.links, new Int32Array(capacity * LINK_STRIDE))
    this.flags = enlarge(this.flags, new Uint8Array(capacity))
    this.remaining = enlarge(this.remaining, new Float64Array(capacity))
  }
}

function enlarge<T extends Int32Array | Float64Array | Uint8Array>(from: T, to: T): T {
  to.set(from)
  return to
}
