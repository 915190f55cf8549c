import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../../../../shared/testing/thoroughness.ts'
import { ByteReader, MalformedBytesError } from './ByteReader.ts'
import { ByteWriter } from './ByteWriter.ts'
import { amount, type Codec, choice, flag, integer, list, optional, struct, text, variant } from './codec.ts'
import { crc32 } from './crc32.ts'

function encode<T>(codec: Codec<T>, value: T): Uint8Array {
  const writer = new ByteWriter()
  codec.write(writer, value)
  return writer.toBytes()
}

function decode<T>(codec: Codec<T>, bytes: Uint8Array): T {
  const reader = new ByteReader(bytes)
  const value = codec.read(reader)
  reader.end()
  return value
}

const shape = variant('kind', {
  circle: { size: amount, label: optional(text) },
  square: { sides: list(integer), colour: choice(['red', 'green']), isFilled: flag },
})
const inner = struct({ shapes: list(shape) })

describe('codecs', () => {
  it('read back what they wrote, in the one way there is to write it', () => {
    const shapes = fc.array(
      fc.oneof(
        fc.record({
          kind: fc.constant('circle' as const),
          size: fc.bigInt({ min: 0n, max: 2n ** 256n }),
          label: fc.option(fc.string(), { nil: undefined }),
        }),
        fc.record({
          kind: fc.constant('square' as const),
          sides: fc.array(fc.maxSafeNat()),
          colour: fc.constantFrom('red' as const, 'green' as const),
          isFilled: fc.boolean(),
        }),
      ),
    )
    fc.assert(
      fc.property(shapes, (values) => {
        const bytes = encode(inner, { shapes: values })
        expect(decode(inner, bytes)).toEqual({ shapes: values })
      }),
      { seed: 7 },
    )
  })

  it('refuse bytes that no writer writes, and never take another reading of them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 24 }), (bytes) => {
        try {
          expect(encode(inner, decode(inner, bytes))).toEqual(bytes)
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedBytesError)
        }
      }),
      { seed: 7, numRuns: runs(5_000) },
    )
  })

  it.each([
    ['a longer integer than needed', integer, [128, 0]],
    ['an integer that is no longer exact', integer, [255, 255, 255, 255, 255, 255, 255, 127]],
    ['a longer amount than needed', amount, [2, 1, 0]],
    ['a flag of 2', flag, [2]],
    ['a count beyond the bytes', list(integer), [200, 1]],
    ['text outside ASCII', text, [1, 200]],
  ])('refuse %s', (_, codec, bytes) => {
    expect(() => decode(codec as Codec<unknown>, Uint8Array.from(bytes))).toThrow(MalformedBytesError)
  })

  it('refuse to write what they could not read', () => {
    const writer = new ByteWriter()
    expect(() => writer.integer(-1)).toThrow(RangeError)
    expect(() => writer.integer(1.5)).toThrow(RangeError)
    expect(() => writer.bigint(-1n)).toThrow(RangeError)
    expect(() => writer.bigint(1n << 2048n)).toThrow(RangeError)
    expect(() => writer.text('é')).toThrow(RangeError)
    expect(() => choice(['a']).write(writer, 'b' as 'a')).toThrow(RangeError)
  })
})

describe('crc32', () => {
  it('is the one of ISO 3309, and continues', () => {
    const bytes = new TextEncoder().encode('123456789')
    expect(crc32(bytes)).toBe(0xcbf43926)
    expect(crc32(bytes.slice(4), crc32(bytes.slice(0, 4)))).toBe(0xcbf43926)
  })
})
