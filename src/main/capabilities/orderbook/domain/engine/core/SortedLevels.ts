// Indexes below are within bounds by construction; `as number` says so where the compiler cannot know.

const CHUNK_CAPACITY = 64

interface Chunk {
  readonly keys: Float64Array
  readonly levels: Int32Array
  count: number
}

/** Decides between two levels whose keys are the same double: negative when `a` comes before `b`. */
export type CompareLevels = (a: number, b: number) => number

/**
 * Level numbers in ascending order of their key, the best one last, in chunks of bounded length: an insertion moves
 * at most one chunk whatever the width of the price domain, and near the best price, where most happens, a few entries.
 */
export class SortedLevels {
  #chunks: Chunk[] = []
  /** The first key of each chunk, side by side so that a search touches few cache lines. */
  #firstKeys = new Float64Array(64)
  readonly #compareExactly: CompareLevels

  constructor(compareExactly: CompareLevels) {
    this.#compareExactly = compareExactly
  }

  /** The best level, or -1. */
  get best(): number {
    const chunk = this.#chunks[this.#chunks.length - 1]
    return chunk === undefined ? -1 : (chunk.levels[chunk.count - 1] as number)
  }

  removeBest(): void {
    const chunk = this.#chunks[this.#chunks.length - 1]
    if (chunk === undefined) return
    chunk.count -= 1
    if (chunk.count === 0) this.#chunks.pop()
  }

  /** Takes a level and returns the next better one, or -1. */
  insert(key: number, level: number): number {
    if (this.#chunks.length === 0) this.#insertChunk(0, createChunk())
    let index = this.#findChunk(key, level)
    let chunk = this.#chunks[index] as Chunk
    if (chunk.count === CHUNK_CAPACITY) {
      const upper = splitChunk(chunk)
      this.#insertChunk(index + 1, upper)
      if (!this.#isBefore(key, level, upper, 0)) {
        chunk = upper
        index += 1
      }
    }
    let low = 0
    let high = chunk.count
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#isBefore(key, level, chunk, middle)) high = middle
      else low = middle + 1
    }
    const { keys, levels } = chunk
    for (let at = chunk.count; at > low; at -= 1) {
      keys[at] = keys[at - 1] as number
      levels[at] = levels[at - 1] as number
    }
    keys[low] = key
    levels[low] = level
    chunk.count += 1
    if (low === 0) this.#firstKeys[index] = key
    if (low + 1 < chunk.count) return levels[low + 1] as number
    return this.#chunks[index + 1]?.levels[0] ?? -1
  }

  /** Keeps only the levels that `isKept` accepts, which is asked from the worst to the best. */
  retain(isKept: (level: number) => boolean): void {
    const chunks: Chunk[] = []
    let target = createChunk()
    for (const chunk of this.#chunks) {
      for (let at = 0; at < chunk.count; at += 1) {
        const level = chunk.levels[at] as number
        if (!isKept(level)) continue
        // Chunks are left with room, or each insertion after a clean-up would split one.
        if (target.count === CHUNK_CAPACITY >>> 1) {
          chunks.push(target)
          target = createChunk()
        }
        target.keys[target.count] = chunk.keys[at] as number
        target.levels[target.count] = level
        target.count += 1
      }
    }
    if (target.count > 0) chunks.push(target)
    this.#chunks = chunks
    if (chunks.length > this.#firstKeys.length) this.#firstKeys = new Float64Array(chunks.length * 2)
    for (const [index, chunk] of chunks.entries()) this.#firstKeys[index] = chunk.keys[0] as number
  }

  /** The last chunk that does not begin after the level, or the first. */
  #findChunk(key: number, level: number): number {
    const firstKeys = this.#firstKeys
    let low = 0
    let high = this.#chunks.length - 1
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      const first = firstKeys[middle] as number
      if (key < first || (key === first && this.#isBefore(key, level, this.#chunks[middle] as Chunk, 0))) {
        high = middle - 1
      } else {
        low = middle
      }
    }
    return low
  }

  #insertChunk(index: number, chunk: Chunk): void {
    const count = this.#chunks.length
    this.#chunks.splice(index, 0, chunk)
    if (count === this.#firstKeys.length) {
      const firstKeys = new Float64Array(count * 2)
      firstKeys.set(this.#firstKeys)
      this.#firstKeys = firstKeys
    }
    this.#firstKeys.copyWithin(index + 1, index, count)
    this.#firstKeys[index] = chunk.keys[0] as number
  }

  #isBefore(key: number, level: number, chunk: Chunk, position: number): boolean {
    if (position >= chunk.count) return false
    const other = chunk.keys[position] as number
    if (key !== other) return key < other
    return this.#compareExactly(level, chunk.levels[position] as number) < 0
  }
}

function createChunk(): Chunk {
  return { keys: new Float64Array(CHUNK_CAPACITY), levels: new Int32Array(CHUNK_CAPACITY), count: 0 }
}

function splitChunk(chunk: Chunk): Chunk {
  const upper = createChunk()
  const kept = chunk.count >>> 1
  upper.keys.set(chunk.keys.subarray(kept, chunk.count))
  upper.levels.set(chunk.levels.subarray(kept, chunk.count))
  upper.count = chunk.count - kept
  chunk.count = kept
  return upper
}
