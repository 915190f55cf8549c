import { comparePrices, LARGEST_EXACT, type Price, reducePrice } from '../price.ts'
import { fromExact, toExact } from './exactNumbers.ts'
import { LevelOrder } from './LevelOrder.ts'

/** Rows are side by side in memory, so that a look at a level costs one cache line. */
export const QUEUE_STRIDE = 4
export const HEAD = 0
export const TAIL = 1
const NEXT_IN_BUCKET = 2
export const TERMS_STRIDE = 4
export const KEY = 0
export const QUOTE = 1
export const BASE = 2

/** Fewer empty levels than these are left where they are: most get an order again, and their place is found by then. */
const FEWEST_DROPPED = 1024

const floatView = new Float64Array(1)
const wordView = new Uint32Array(floatView.buffer)

/** The price levels of one side of a book, found by exact price in constant time and walked from the best. */
export class PriceLevels {
  /** Rows of `QUEUE_STRIDE`: first and last order of the level, and the next level in its hash bucket; or -1. */
  queues = new Int32Array(64 * QUEUE_STRIDE)
  /** Rows of `TERMS_STRIDE`: the key and the coprime terms of the price, NaN where one is not exact as a number. */
  terms = new Float64Array(64 * TERMS_STRIDE)

  readonly #sign: number
  readonly #prices: (Price | undefined)[] = []
  /** The terms with which a level was asked for exactly, as most of its orders will. */
  readonly #asked: (Price | undefined)[] = []
  readonly #order: LevelOrder
  /** No level that is better than this one holds an order; -1 when none does. */
  #best = -1
  #buckets = new Int32Array(128).fill(-1)
  #bucketShift = 25
  readonly #free: number[] = []
  #allocated = 0
  #empty = 0

  /** @param bestIsHighest true for bids. */
  constructor(bestIsHighest: boolean) {
    this.#sign = bestIsHighest ? 1 : -1
    this.#order = new LevelOrder((a, b) => this.#compare(a, b))
  }

  priceOf(level: number): Price {
    const known = this.#prices[level]
    if (known !== undefined) return known
    const row = level * TERMS_STRIDE
    const price = {
      quote: fromExact(this.terms[row + QUOTE] as number),
      base: fromExact(this.terms[row + BASE] as number),
    }
    this.#prices[level] = price
    return price
  }

  keyOf(level: number): number {
    return this.terms[level * TERMS_STRIDE + KEY] as number
  }

  /** The best level that holds an order, or -1. */
  toBest(): number {
    const known = this.#best
    if (known === -1 || this.queues[known * QUEUE_STRIDE + HEAD] !== -1) return known
    this.#best = this.#order.nextWorse(known)
    return this.#best
  }

  /** The next level worse than this one that holds an order, or -1. */
  toNext(level: number): number {
    return this.#order.nextWorse(level)
  }

  /** The level of a price given by its terms as numbers, made where there is none; it must then be given an order. */
  resolve(key: number, quote: number, base: number): number {
    const { terms, queues } = this
    let level = this.#buckets[this.#bucketOf(key)] as number
    while (level !== -1) {
      const row = level * TERMS_STRIDE
      if (terms[row + KEY] === key) {
        if (terms[row + QUOTE] === quote && terms[row + BASE] === base) break
        const left = (terms[row + QUOTE] as number) * base
        const right = quote * (terms[row + BASE] as number)
        if (left <= LARGEST_EXACT && right <= LARGEST_EXACT) {
          if (left === right) break
        } else if (comparePrices(this.priceOf(level), { quote: BigInt(quote), base: BigInt(base) }) === 0)
          break
      }
      level = queues[level * QUEUE_STRIDE + NEXT_IN_BUCKET] as number
    }
    if (level === -1) return this.#createNarrow(key, quote, base)
    if (queues[level * QUEUE_STRIDE + HEAD] === -1) this.#occupy(level, key)
    return level
  }

  /** The level of an exact price, made where there is none; it must then be given an order. */
  resolveExactly(key: number, price: Price): number {
    let level = this.#buckets[this.#bucketOf(key)] as number
    while (
      level !== -1 &&
      !(this.terms[level * TERMS_STRIDE + KEY] === key && this.#isPriceOf(level, price))
    ) {
      level = this.queues[level * QUEUE_STRIDE + NEXT_IN_BUCKET] as number
    }
    if (level === -1) return this.#create(key, price)
    if (this.queues[level * QUEUE_STRIDE + HEAD] === -1) this.#occupy(level, key)
    return level
  }

  #isPriceOf(level: number, price: Price): boolean {
    const asked = this.#asked[level]
    return (
      (asked !== undefined && asked.quote === price.quote && asked.base === price.base) ||
      comparePrices(this.priceOf(level), price) === 0
    )
  }

  /** To be told when a level has lost its last order: it stays for the next order at this price. */
  noteEmptied(level: number): void {
    this.#empty += 1
    this.#order.vacate(level)
  }

  /** Drops the empty levels once they are the majority; not to be called while the levels are walked. */
  dropEmptyLevels(): void {
    if (this.#empty <= FEWEST_DROPPED || this.#empty * 2 <= this.#allocated - this.#free.length) return
    this.toBest()
    this.#order.dropVacant((level) => this.#release(level))
  }

  /** Gives an empty level its place among those that hold an order. */
  #occupy(level: number, key: number): void {
    this.#empty -= 1
    this.#order.occupy(level)
    this.#noteOrderAt(level, key)
  }

  #noteOrderAt(level: number, key: number): void {
    const best = this.#best
    if (best !== -1) {
      const difference = this.#sign * (key - this.keyOf(best))
      if (difference < 0) return
      if (difference === 0 && this.#compare(level, best) <= 0) return
    }
    this.#best = level
  }

  #create(key: number, price: Price): number {
    const reduced = reducePrice(price)
    const quote = toExact(reduced.quote)
    const base = toExact(reduced.base)
    const isNarrow = !Number.isNaN(quote) && !Number.isNaN(base)
    const level = isNarrow
      ? this.#add(key, quote, base, undefined)
      : this.#add(key, Number.NaN, Number.NaN, reduced)
    this.#asked[level] = price
    return level
  }

  #createNarrow(key: number, quote: number, base: number): number {
    const divisor = greatestCommonDivisor(quote, base)
    return this.#add(key, quote / divisor, base / divisor, undefined)
  }

  #add(key: number, quote: number, base: number, price: Price | undefined): number {
    const level = this.#free.pop() ?? this.#allocate()
    const row = level * TERMS_STRIDE
    this.terms[row + KEY] = key
    this.terms[row + QUOTE] = quote
    this.terms[row + BASE] = base
    this.queues[level * QUEUE_STRIDE + HEAD] = -1
    this.queues[level * QUEUE_STRIDE + TAIL] = -1
    this.#prices[level] = price
    this.#asked[level] = undefined
    this.#linkInBucket(level, key)
    this.#order.insert(this.#sign * key, level)
    this.#empty += 1
    this.#occupy(level, key)
    return level
  }

  /** Negative when the level `a` is worse than `b`, by their exact prices. */
  #compare(a: number, b: number): number {
    return this.#sign * comparePrices(this.priceOf(a), this.priceOf(b))
  }

  #linkInBucket(level: number, key: number): void {
    const bucket = this.#bucketOf(key)
    this.queues[level * QUEUE_STRIDE + NEXT_IN_BUCKET] = this.#buckets[bucket] as number
    this.#buckets[bucket] = level
  }

  #release(level: number): void {
    const { queues } = this
    const following = queues[level * QUEUE_STRIDE + NEXT_IN_BUCKET] as number
    const bucket = this.#bucketOf(this.terms[level * TERMS_STRIDE + KEY] as number)
    let other = this.#buckets[bucket] as number
    if (other === level) {
      this.#buckets[bucket] = following
    } else {
      while (queues[other * QUEUE_STRIDE + NEXT_IN_BUCKET] !== level) {
        other = queues[other * QUEUE_STRIDE + NEXT_IN_BUCKET] as number
      }
      queues[other * QUEUE_STRIDE + NEXT_IN_BUCKET] = following
    }
    this.#empty -= 1
    this.#free.push(level)
  }

  #allocate(): number {
    if (this.#allocated * QUEUE_STRIDE === this.queues.length) this.#grow()
    this.#prices.push(undefined)
    this.#asked.push(undefined)
    this.#allocated += 1
    return this.#allocated - 1
  }

  /** Only called while no level is free, so every row is in use. */
  #grow(): void {
    const capacity = this.#allocated * 2
    const queues = new Int32Array(capacity * QUEUE_STRIDE)
    queues.set(this.queues)
    this.queues = queues
    const terms = new Float64Array(capacity * TERMS_STRIDE)
    terms.set(this.terms)
    this.terms = terms
    this.#buckets = new Int32Array(capacity * 2).fill(-1)
    this.#bucketShift = Math.clz32(capacity * 2) + 1
    for (let level = 0; level < this.#allocated; level += 1) {
      this.#linkInBucket(level, terms[level * TERMS_STRIDE + KEY] as number)
    }
  }

  #bucketOf(key: number): number {
    floatView[0] = key
    const low = wordView[0] as number
    const high = wordView[1] as number
    return Math.imul(low ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b) >>> this.#bucketShift
  }
}

function greatestCommonDivisor(a: number, b: number): number {
  if (b === 1) return 1
  let [high, low] = [a, b]
  while (low !== 0) [high, low] = [low, high % low]
  return high
}
