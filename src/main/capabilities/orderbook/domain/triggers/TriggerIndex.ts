import { comparePrices, type Price, toPriceKey } from '../engine/price.ts'
import type { PriceRange } from './computePriceRange.ts'

/** `falling` acts at the trigger price or below it, `rising` at it or above. */
export type TriggerDirection = 'falling' | 'rising'

export interface Trigger {
  readonly id: string
  readonly direction: TriggerDirection
  readonly price: Price
  /** Triggers that fire together act in this order; unique. */
  readonly sequence: number
}

interface IndexedTrigger extends Trigger {
  readonly key: number
}

/** The triggers of one market, sorted so that looking at those that do not fire costs nothing. */
export class TriggerIndex {
  /** Sorted so that the next to fire is last. */
  readonly #sorted: Readonly<Record<TriggerDirection, IndexedTrigger[]>> = { falling: [], rising: [] }

  get size(): number {
    return this.#sorted.falling.length + this.#sorted.rising.length
  }

  add(trigger: Trigger): void {
    const indexed = { ...trigger, key: toPriceKey(trigger.price) }
    const sorted = this.#sorted[trigger.direction]
    sorted.splice(findPlace(sorted, indexed), 0, indexed)
  }

  /** Removes a trigger that was added with the same price and sequence; false where there is none. */
  remove(trigger: Trigger): boolean {
    const sorted = this.#sorted[trigger.direction]
    const place = findPlace(sorted, { ...trigger, key: toPriceKey(trigger.price) }) - 1
    if (sorted[place]?.id !== trigger.id) return false
    sorted.splice(place, 1)
    return true
  }

  /** Removes and returns the triggers that the range fires, in the order of their sequence. */
  takeFired(range: PriceRange): readonly Trigger[] {
    const fired: Trigger[] = []
    for (const direction of ['falling', 'rising'] as const) {
      const sorted = this.#sorted[direction]
      for (;;) {
        const next = sorted.at(-1)
        if (next === undefined || !isReached(direction, next.price, range)) break
        fired.push(next)
        sorted.pop()
      }
    }
    return fired.sort((a, b) => a.sequence - b.sequence)
  }
}

/** Whether a trigger at `price` fires in this range. */
export function isReached(direction: TriggerDirection, price: Price, range: PriceRange): boolean {
  return direction === 'falling'
    ? comparePrices(range.high, price) <= 0
    : comparePrices(range.low, price) >= 0
}

/** The place behind everything that does not fire later than the trigger. */
function findPlace(sorted: readonly IndexedTrigger[], trigger: IndexedTrigger): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compareFiring(trigger, sorted[middle] as IndexedTrigger) < 0) high = middle
    else low = middle + 1
  }
  return low
}

/** Negative when `a` fires later than `b`, and so stands before it. */
function compareFiring(a: IndexedTrigger, b: IndexedTrigger): number {
  // Falling prices reach high triggers first, rising ones low triggers.
  const sign = a.direction === 'falling' ? 1 : -1
  if (a.key !== b.key) return sign * (a.key - b.key)
  return sign * comparePrices(a.price, b.price) || b.sequence - a.sequence
}
