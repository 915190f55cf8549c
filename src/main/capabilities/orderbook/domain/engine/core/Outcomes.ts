import type { Execution } from './computeExecution.ts'
import { fromExact } from './exactNumbers.ts'

/** What happened to a resting order when an order arrived. */
export const FILLED = 0
export const SELF_TRADE_CANCELLED = 1
export const SELF_TRADE_DECREMENTED = 2
export type OutcomeKind = typeof FILLED | typeof SELF_TRADE_CANCELLED | typeof SELF_TRADE_DECREMENTED

/** The outcomes of the last matching, in order, as columns that are written over by the next one. */
export class Outcomes {
  count = 0
  kinds = new Uint8Array(256)
  /** Handles of the resting orders; of one that has ended the row is not used again before the next order rests. */
  makers = new Int32Array(256)
  bases = new Float64Array(256)
  quotes = new Float64Array(256)
  /** 1 where the resting order has ended with this. */
  ended = new Uint8Array(256)
  /** Amounts that are not exact as numbers; where set, `bases` and `quotes` hold NaN. */
  readonly exact: (Execution | undefined)[] = []
  /** What a cancelled resting order had left, in the unit of its size. */
  readonly cancelled: (bigint | undefined)[] = []

  add(kind: OutcomeKind, maker: number, base: number, quote: number, hasEnded: boolean): void {
    if (this.count === this.kinds.length) this.#grow()
    const at = this.count
    this.kinds[at] = kind
    this.makers[at] = maker
    this.bases[at] = base
    this.quotes[at] = quote
    this.ended[at] = hasEnded ? 1 : 0
    this.count = at + 1
  }

  addExact(kind: OutcomeKind, maker: number, execution: Execution, hasEnded: boolean): void {
    this.exact[this.count] = execution
    this.add(kind, maker, Number.NaN, Number.NaN, hasEnded)
  }

  addCancelled(maker: number, remaining: bigint): void {
    this.cancelled[this.count] = remaining
    this.add(SELF_TRADE_CANCELLED, maker, 0, 0, true)
  }

  cancelledAt(index: number): bigint {
    return this.cancelled[index] ?? 0n
  }

  baseAt(index: number): bigint {
    const base = this.bases[index] as number
    return Number.isNaN(base) ? (this.exact[index] as Execution).base : fromExact(base)
  }

  quoteAt(index: number): bigint {
    const quote = this.quotes[index] as number
    return Number.isNaN(quote) ? (this.exact[index] as Execution).quote : fromExact(quote)
  }

  #grow(): void {
    const capacity = this.kinds.length * 2
    this.kinds = enlarge(this.kinds, new Uint8Array(capacity))
    this.makers = enlarge(this.makers, new Int32Array(capacity))
    this.bases = enlarge(this.bases, new Float64Array(capacity))
    this.quotes = enlarge(this.quotes, new Float64Array(capacity))
    this.ended = enlarge(this.ended, new Uint8Array(capacity))
  }
}

function enlarge<T extends Int32Array | Float64Array | Uint8Array>(from: T, to: T): T {
  to.set(from)
  return to
}
