import { comparePrices, LARGEST_EXACT, LARGEST_EXACT_BIGINT, type Price, reducePrice } from '../price.ts'
import { SortedLevels } from './SortedLevels.ts'

/** Rows are side by side in memory, so that a look at a level costs one cache line. */
export const QUEUE_STRIDE = 4
export const HEAD = 0
export const TAIL = 1
const NEXT_IN_BUCKET = 2
export const TERMS_STRIDE = 4
const KEY = 0
export const QUOTE = 1
export const BASE = 2

const floatView = new Float64Array(1)
const wordView = new Uint32Array(floatView.buffer)

/** The price levels of one side of a book, found by exact price in constant time and walked from the best. */
export class PriceLevels {
  /** Rows of `QUEUE_STRIDE`: first and last order of the level or -1, and the next level in the hash bucket. */
  queues = new Int32Array(64 * QUEUE_STRIDE)
  /** Rows of `TERMS_STRIDE`: the key and the coprime terms of the price, NaN where one is not exact as a number. */
  terms = new Float64Array(64 * TERMS_STRIDE)
  /** Orders resting on this side. */
  orderCount = 0

  readonly #sign: number
  readonly #prices: (Price | undefined)[] = []
  readonly #sorted: SortedLevels
  /** The last in `#sorted`, once it has been looked for and until a level is added; -1 for not known. */
  #best = -1
  #isCursorAtBest = false
  #buckets = new Int32Array(128).fill(-1)
  #bucketShift = 25
  readonly #free: number[] = []
  #allocated = 0
  #empty = 0

  /** @param bestIsHighest true for bids. */
  constructor(bestIsHighest: boolean) {
    this.#sign = bestIsHighest ? 1 : -1
    this.#sorted = new SortedLevels((a, b) => this.#sign * comparePrices(this.priceOf(a), this.priceOf(b)))
  }

  priceOf(level: number): Price {
    const known = this.#prices[level]
    if (known !== undefined) return known
    const row = level * TERMS_STRIDE
    const price = {
      quote: BigInt(this.terms[row + QUOTE] as number),
      base: BigInt(this.terms[row + BASE] as number),
    }
    this.#prices[level] = price
    return price
  }

  keyOf(level: number): number {
    return this.terms[level * TERMS_STRIDE + KEY] as number
  }

  /** The best level that holds an order, or -1; empty levels on the way are dropped. */
  toBest(): number {
    this.#isCursorAtBest = true
    const known = this.#best
    if (known !== -1 && this.queues[known * QUEUE_STRIDE + HEAD] !== -1) return known
    let level = this.#sorted.toBest()
    while (level !== -1 && this.queues[level * QUEUE_STRIDE + HEAD] === -1) {
      this.#sorted.removeBest()
      this.#release(level)
      level = this.#sorted.toBest()
    }
    this.#best = level
    return level
  }

  /** The next worse level that holds an order, or -1. */
  toNext(): number {
    // The best is found without the cursor, which most arriving orders never need.
    if (this.#isCursorAtBest) this.#sorted.toBest()
    this.#isCursorAtBest = false
    let level = this.#sorted.toNext()
    while (level !== -1 && this.queues[level * QUEUE_STRIDE + HEAD] === -1) level = this.#sorted.toNext()
    return level
  }

  /** The level of a price given by its terms as numbers, made where there is none. */
  resolve(key: number, quote: number, base: number): number {
    const { terms, queues } = this
    let level = this.#buckets[this.#bucketOf(key)] as number
    while (level !== -1) {
      const row = level * TERMS_STRIDE
      if (terms[row + KEY] === key) {
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
    if (queues[level * QUEUE_STRIDE + HEAD] === -1) this.#empty -= 1
    return level
  }

  /** The level of an exact price, made where there is none. */
  resolveExactly(key: number, price: Price): number {
    let level = this.#buckets[this.#bucketOf(key)] as number
    while (
      level !== -1 &&
      !(this.terms[level * TERMS_STRIDE + KEY] === key && comparePrices(this.priceOf(level), price) === 0)
    ) {
      level = this.queues[level * QUEUE_STRIDE + NEXT_IN_BUCKET] as number
    }
    if (level === -1) return this.#create(key, price)
    if (this.queues[level * QUEUE_STRIDE + HEAD] === -1) this.#empty -= 1
    return level
  }

  /** To be told when a level has lost its last order: it stays for the next order at this price. */
  noteEmptied(): void {
    this.#empty += 1
  }

  /** Drops the empty levels once they are the majority; not to be called between `toBest` and `toNext`. */
  dropEmptyLevels(): void {
    if (this.#empty <= 64 || this.#empty * 2 <= this.#allocated - this.#free.length) return
    this.#sorted.retain((level) => {
      const isKept = this.queues[level * QUEUE_STRIDE + HEAD] !== -1
      if (!isKept) this.#release(level)
      return isKept
    })
  }

  #create(key: number, price: Price): number {
    const reduced = reducePrice(price)
    if (reduced.quote <= LARGEST_EXACT_BIGINT && reduced.base <= LARGEST_EXACT_BIGINT) {
      return this.#createNarrow(key, Number(reduced.quote), Number(reduced.base))
    }
    const level = this.#add(key, Number.NaN, Number.NaN)
    this.#prices[level] = reduced
    this.#sorted.insert(this.#sign * key, level)
    return level
  }

  #createNarrow(key: number, quote: number, base: number): number {
    const divisor = greatestCommonDivisor(quote, base)
    const level = this.#add(key, quote / divisor, base / divisor)
    this.#prices[level] = undefined
    this.#sorted.insert(this.#sign * key, level)
    return level
  }

  #add(key: number, quote: number, base: number): number {
    const level = this.#free.pop() ?? this.#allocate()
    const row = level * TERMS_STRIDE
    this.terms[row + KEY] = key
    this.terms[row + QUOTE] = quote
    this.terms[row + BASE] = base
    this.queues[level * QUEUE_STRIDE + HEAD] = -1
    this.queues[level * QUEUE_STRIDE + TAIL] = -1
    this.#linkInBucket(level, key)
    this.#best = -1
    return level
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
