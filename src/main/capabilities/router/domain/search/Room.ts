const BLOCK_BYTES = 1 << 18
/** Blocks that stay for the next search. */
const MOST_BLOCKS = 16

const idle: Room[] = []

/**
 * Memory for the arrays of one search, handed out piece by piece and taken back as a whole when the search is over: making an
 * array with memory of its own takes longer than most of what a search does with one.
 */
export class Room {
  readonly #blocks: ArrayBuffer[] = []
  #block = -1
  #used = BLOCK_BYTES

  floats(length: number, value = 0): Float64Array<ArrayBuffer> {
    const bytes = length * 8
    return new Float64Array(this.#reserve(bytes), this.#used - bytes, length).fill(value)
  }

  ints(length: number, value = 0): Int32Array<ArrayBuffer> {
    const bytes = aligned(length * 4)
    return new Int32Array(this.#reserve(bytes), this.#used - bytes, length).fill(value)
  }

  bytes(length: number, value = 0): Uint8Array<ArrayBuffer> {
    const bytes = aligned(length)
    return new Uint8Array(this.#reserve(bytes), this.#used - bytes, length).fill(value)
  }

  /** Gives everything back; no array of it may be used any more. */
  release(): void {
    this.#blocks.length = Math.min(this.#blocks.length, MOST_BLOCKS)
    this.#block = this.#blocks.length > 0 ? 0 : -1
    this.#used = this.#blocks.length > 0 ? 0 : BLOCK_BYTES
    idle.push(this)
  }

  /** Room for so many bytes, which end at `#used`. */
  #reserve(bytes: number): ArrayBuffer {
    const block = this.#blocks[this.#block]
    if (block !== undefined && this.#used + bytes <= block.byteLength) {
      this.#used += bytes
      return block
    }
    this.#block += 1
    this.#used = bytes
    const next = this.#blocks[this.#block]
    if (next !== undefined && next.byteLength >= bytes) return next
    const made = new ArrayBuffer(Math.max(BLOCK_BYTES, bytes))
    this.#blocks[this.#block] = made
    return made
  }
}

export function takeRoom(): Room {
  return idle.pop() ?? new Room()
}

function aligned(bytes: number): number {
  return (bytes + 7) & ~7
}
