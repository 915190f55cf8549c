/** Appends to a growing buffer; multi-byte integers are little-endian, of variable length where it pays. */
export class ByteWriter {
  #bytes = new Uint8Array(256)
  #length = 0

  get length(): number {
    return this.#length
  }

  /** A copy of what was written. */
  toBytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length)
  }

  byte(value: number): void {
    this.#reserve(1)
    this.#bytes[this.#length] = value
    this.#length += 1
  }

  uint32(value: number): void {
    this.#reserve(4)
    for (let shift = 0; shift < 32; shift += 8) {
      this.#bytes[this.#length] = value >>> shift
      this.#length += 1
    }
  }

  /** A non-negative safe integer, seven bits a byte. */
  integer(value: number): void {
    if (!Number.isSafeInteger(value) || value < 0)
      throw new RangeError(`Not a non-negative integer: ${value}`)
    let rest = value
    while (rest > 127) {
      this.byte((rest % 128) | 128)
      rest = Math.floor(rest / 128)
    }
    this.byte(rest)
  }

  /** A non-negative bigint of at most 2040 bits: its length in bytes, then its bytes. */
  bigint(value: bigint): void {
    if (value < 0n) throw new RangeError(`Not a non-negative integer: ${value}`)
    const digits = value === 0n ? '' : value.toString(16)
    const size = (digits.length + 1) >>> 1
    if (size > 255) throw new RangeError('The integer is too large to be written')
    this.byte(size)
    for (let end = digits.length; end > 0; end -= 2) {
      this.byte(Number.parseInt(digits.slice(Math.max(0, end - 2), end), 16))
    }
  }

  /** Printable ASCII, as all identifiers are. */
  text(value: string): void {
    this.integer(value.length)
    this.#reserve(value.length)
    for (let at = 0; at < value.length; at += 1) {
      const code = value.charCodeAt(at)
      if (code < 32 || code > 126) throw new RangeError('Only printable ASCII can be written')
      this.#bytes[this.#length] = code
      this.#length += 1
    }
  }

  bytes(value: Uint8Array): void {
    this.#reserve(value.length)
    this.#bytes.set(value, this.#length)
    this.#length += value.length
  }

  #reserve(count: number): void {
    const needed = this.#length + count
    if (needed <= this.#bytes.length) return
    const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2))
    larger.set(this.#bytes)
    this.#bytes = larger
  }
}
