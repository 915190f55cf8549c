/** Bytes that end too early, or say something that no writer writes. */
export class MalformedBytesError extends Error {
  override readonly name = 'MalformedBytesError'
}

/** Reads what ByteWriter wrote, and nothing else: every value has exactly one encoding. */
export class ByteReader {
  readonly #bytes: Uint8Array
  #position: number

  constructor(bytes: Uint8Array, position = 0) {
    this.#bytes = bytes
    this.#position = position
  }

  get position(): number {
    return this.#position
  }

  get remaining(): number {
    return this.#bytes.length - this.#position
  }

  byte(): number {
    const value = this.#bytes[this.#position]
    if (value === undefined) throw new MalformedBytesError('The bytes end too early')
    this.#position += 1
    return value
  }

  uint32(): number {
    let value = 0
    for (let shift = 0; shift < 32; shift += 8) value |= this.byte() << shift
    return value >>> 0
  }

  integer(): number {
    let value = 0
    let scale = 1
    for (;;) {
      const byte = this.byte()
      value += (byte & 127) * scale
      if (value > Number.MAX_SAFE_INTEGER) throw new MalformedBytesError('The integer is too large')
      if (byte < 128) {
        if (byte === 0 && scale > 1) throw new MalformedBytesError('The integer is not in its shortest form')
        return value
      }
      scale *= 128
    }
  }

  bigint(): bigint {
    const size = this.byte()
    let digits = ''
    for (let at = 0; at < size; at += 1) digits = this.byte().toString(16).padStart(2, '0') + digits
    if (digits.startsWith('00')) throw new MalformedBytesError('The integer is not in its shortest form')
    return digits === '' ? 0n : BigInt(`0x${digits}`)
  }

  text(): string {
    const length = this.integer()
    if (length > this.remaining) throw new MalformedBytesError('The text is longer than the bytes')
    let text = ''
    for (let at = 0; at < length; at += 1) {
      const code = this.byte()
      if (code < 32 || code > 126) throw new MalformedBytesError('The text is not printable ASCII')
      text += String.fromCharCode(code)
    }
    return text
  }

  bytes(length: number): Uint8Array {
    if (length > this.remaining) throw new MalformedBytesError('The bytes end too early')
    const bytes = this.#bytes.slice(this.#position, this.#position + length)
    this.#position += length
    return bytes
  }

  /** @throws MalformedBytesError where something follows. */
  end(): void {
    if (this.remaining !== 0) throw new MalformedBytesError('There are bytes after the end')
  }
}
