// Indexes below are within bounds by construction; `as number` says so where the compiler cannot know.

/** As many as one word has bits. */
const CHUNK_BITS = 5
const CHUNK_CAPACITY = 1 << CHUNK_BITS
const PLACE_MASK = CHUNK_CAPACITY - 1

/** Decides between two levels whose keys are the same double: negative when `a` comes before `b`. */
export type CompareLevels = (a: number, b: number) => number

/**
 * Level numbers in ascending order of their key, the best one last, and which of them hold an order.
 *
 * They are in chunks with one bit for each level: from a level to the next worse one that holds an order is a look at
 * a word or two, however many empty ones are between, and an insertion moves at most one chunk whatever the width of
 * the price domain.
 */
export class LevelOrder {
  /** By chunk, `CHUNK_CAPACITY` places each: keys and levels. */
  #keys = new Float64Array(16 * CHUNK_CAPACITY)
  #levels = new Int32Array(16 * CHUNK_CAPACITY)
  /** By chunk: how many levels it has, the bits of those that hold an order, and the next worse chunk or -1. */
  #counts = new Uint8Array(16)
  #occupied = new Int32Array(16)
  #worse = new Int32Array(16)
  /** By level: where it is. */
  #places = new Int32Array(64)
  /** The chunks in ascending order, and the first key of each, side by side so that a search touches few cache lines. */
  #ranked = new Int32Array(16)
  #firstKeys = new Float64Array(16)
  #ranks = 0
  #allocated = 0
  readonly #compareExactly: CompareLevels

  constructor(compareExactly: CompareLevels) {
    this.#compareExactly = compareExactly
  }

  /** To be told when a level is given its first order. */
  occupy(level: number): void {
    const place = this.#places[level] as number
    const chunk = place >>> CHUNK_BITS
    this.#occupied[chunk] = (this.#occupied[chunk] as number) | (1 << (place & PLACE_MASK))
  }

  /** To be told when a level has lost its last order. */
  vacate(level: number): void {
    const place = this.#places[level] as number
    const chunk = place >>> CHUNK_BITS
    this.#occupied[chunk] = (this.#occupied[chunk] as number) & ~(1 << (place & PLACE_MASK))
  }

  /** The best level worse than this one that holds an order, or -1. */
  nextWorse(level: number): number {
    const occupied = this.#occupied
    const place = this.#places[level] as number
    let chunk = place >>> CHUNK_BITS
    let bits = (occupied[chunk] as number) & ((1 << (place & PLACE_MASK)) - 1)
    while (bits === 0) {
      chunk = this.#worse[chunk] as number
      if (chunk === -1) return -1
      bits = occupied[chunk] as number
    }
    return this.#levels[(chunk << CHUNK_BITS) + 31 - Math.clz32(bits)] as number
  }

  /** Takes a level, which holds no order yet. */
  insert(key: number, level: number): void {
    if (this.#ranks === 0) this.#insertChunk(0, this.#takeChunk())
    let rank = this.#findRank(key, level)
    let chunk = this.#ranked[rank] as number
    if (this.#counts[chunk] === CHUNK_CAPACITY) {
      const upper = this.#split(rank)
      if (!this.#isBefore(key, level, upper << CHUNK_BITS)) {
        chunk = upper
        rank += 1
      }
    }
    const start = chunk << CHUNK_BITS
    const count = this.#counts[chunk] as number
    let low = 0
    let high = count
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#isBefore(key, level, start + middle)) high = middle
      else low = middle + 1
    }
    for (let at = start + count; at > start + low; at -= 1) {
      this.#put(at, this.#keys[at - 1] as number, this.#levels[at - 1] as number)
    }
    if (level >= this.#places.length) this.#places = enlarge(this.#places, new Int32Array(level * 2))
    this.#put(start + low, key, level)
    this.#counts[chunk] = count + 1
    const bits = this.#occupied[chunk] as number
    const below = (1 << low) - 1
    this.#occupied[chunk] = ((bits & ~below) << 1) | (bits & below)
    if (low === 0) this.#firstKeys[rank] = key
  }

  /** Forgets the levels that hold no order, after `forget` was told each of them. */
  dropVacant(forget: (level: number) => void): void {
    const keys = this.#keys
    const levels = this.#levels
    const counts = this.#counts
    const occupied = this.#occupied
    const before = this.#ranked.slice(0, this.#ranks)
    this.#keys = new Float64Array(keys.length)
    this.#levels = new Int32Array(levels.length)
    this.#counts = new Uint8Array(counts.length)
    this.#occupied = new Int32Array(occupied.length)
    this.#ranks = 0
    this.#allocated = 0
    let target = -1
    for (const chunk of before) {
      for (let at = 0; at < (counts[chunk] as number); at += 1) {
        const place = (chunk << CHUNK_BITS) + at
        const level = levels[place] as number
        if (((occupied[chunk] as number) & (1 << at)) === 0) {
          forget(level)
          continue
        }
        // Chunks are left with room, or each insertion after a clean-up would split one.
        if (target === -1 || this.#counts[target] === CHUNK_CAPACITY >>> 1) {
          target = this.#takeChunk()
          this.#put(target << CHUNK_BITS, keys[place] as number, level)
          this.#insertChunk(this.#ranks, target)
        } else {
          this.#put((target << CHUNK_BITS) + (this.#counts[target] as number), keys[place] as number, level)
        }
        this.#counts[target] = (this.#counts[target] as number) + 1
        this.occupy(level)
      }
    }
  }

  #put(place: number, key: number, level: number): void {
    this.#keys[place] = key
    this.#levels[place] = level
    this.#places[level] = place
  }

  /** The last chunk that does not begin after the level, or the first. */
  #findRank(key: number, level: number): number {
    const firstKeys = this.#firstKeys
    let low = 0
    let high = this.#ranks - 1
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      const first = firstKeys[middle] as number
      const isBefore =
        key === first
          ? this.#isBefore(key, level, (this.#ranked[middle] as number) << CHUNK_BITS)
          : key < first
      if (isBefore) high = middle - 1
      else low = middle
    }
    return low
  }

  /** Moves the upper half of a full chunk to a new one, which it returns. */
  #split(rank: number): number {
    const chunk = this.#ranked[rank] as number
    const upper = this.#takeChunk()
    const kept = CHUNK_CAPACITY >>> 1
    for (let at = kept; at < CHUNK_CAPACITY; at += 1) {
      const place = (chunk << CHUNK_BITS) + at
      this.#put((upper << CHUNK_BITS) + at - kept, this.#keys[place] as number, this.#levels[place] as number)
    }
    const bits = this.#occupied[chunk] as number
    this.#occupied[upper] = bits >>> kept
    this.#occupied[chunk] = bits & ((1 << kept) - 1)
    this.#counts[upper] = CHUNK_CAPACITY - kept
    this.#counts[chunk] = kept
    this.#insertChunk(rank + 1, upper)
    return upper
  }

  #insertChunk(rank: number, chunk: number): void {
    const count = this.#ranks
    const ranked = this.#ranked
    ranked.copyWithin(rank + 1, rank, count)
    ranked[rank] = chunk
    this.#firstKeys.copyWithin(rank + 1, rank, count)
    this.#firstKeys[rank] = this.#keys[chunk << CHUNK_BITS] as number
    this.#worse[chunk] = rank === 0 ? -1 : (ranked[rank - 1] as number)
    if (rank < count) this.#worse[ranked[rank + 1] as number] = chunk
    this.#ranks = count + 1
  }

  #takeChunk(): number {
    const capacity = this.#counts.length
    if (this.#allocated === capacity) {
      this.#keys = enlarge(this.#keys, new Float64Array(capacity * 2 * CHUNK_CAPACITY))
      this.#levels = enlarge(this.#levels, new Int32Array(capacity * 2 * CHUNK_CAPACITY))
      this.#counts = enlarge(this.#counts, new Uint8Array(capacity * 2))
      this.#occupied = enlarge(this.#occupied, new Int32Array(capacity * 2))
      this.#worse = enlarge(this.#worse, new Int32Array(capacity * 2))
      this.#ranked = enlarge(this.#ranked, new Int32Array(capacity * 2))
      this.#firstKeys = enlarge(this.#firstKeys, new Float64Array(capacity * 2))
    }
    this.#allocated += 1
    return this.#allocated - 1
  }

  #isBefore(key: number, level: number, place: number): boolean {
    const other = this.#keys[place] as number
    if (key !== other) return key < other
    return this.#compareExactly(level, this.#levels[place] as number) < 0
  }
}

function enlarge<T extends Int32Array | Float64Array | Uint8Array>(from: T, to: T): T {
  to.set(from)
  return to
}
