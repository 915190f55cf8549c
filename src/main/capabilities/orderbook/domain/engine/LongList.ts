const CHUNK_BITS = 12
const CHUNK_LENGTH = 1 << CHUNK_BITS

/** A list that only grows, in chunks, because an array that grows is copied again and again. */
export class LongList<T> {
  readonly #chunks: T[][] = []
  #length = 0

  get length(): number {
    return this.#length
  }

  /** The item at an index below the length. */
  at(index: number): T {
    return this.#chunkOf(index)[index & (CHUNK_LENGTH - 1)] as T
  }

  push(item: T): void {
    const index = this.#length
    if ((index & (CHUNK_LENGTH - 1)) === 0) this.#chunks.push(new Array<T>(CHUNK_LENGTH))
    this.#length = index + 1
    this.#chunkOf(index)[index & (CHUNK_LENGTH - 1)] = item
  }

  *[Symbol.iterator](): Generator<T> {
    for (let index = 0; index < this.#length; index += 1) yield this.at(index)
  }

  #chunkOf(index: number): T[] {
    return this.#chunks[index >>> CHUNK_BITS] as T[]
  }
}
