import fc from 'fast-check'
import { expect, test } from 'vitest'
import { runs } from '../../src/shared/testing/thoroughness.ts'
import { nodeCodec } from './nodeCodec.ts'

const roundTrip = (value: unknown): unknown => nodeCodec.decode(nodeCodec.encode(value))

test('anything made of plain values, bigints, bytes, dates, maps and sets survives', () => {
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.anything({
        withBigInt: true,
        withDate: true,
        withMap: true,
        withSet: true,
        withTypedArray: true,
        withSparseArray: true,
        withNullPrototype: false,
      }),
      fc.dictionary(fc.string(), tie('value')),
    ),
  }))
  fc.assert(
    fc.property(value, (input) => {
      expect(roundTrip(input)).toEqual(structuredClone(input))
    }),
    { seed: 7, numRuns: runs(150) },
  )
})

test('cycles and shared references stay what they are', () => {
  const shared = { big: 1n }
  const value: Record<string, unknown> = { first: shared, second: shared, list: [], map: new Map() }
  value['self'] = value
  ;(value['list'] as unknown[]).push(value)
  ;(value['map'] as Map<unknown, unknown>).set(value, shared)
  const copy = roundTrip(value) as typeof value
  expect(copy['self']).toBe(copy)
  expect(copy['first']).toBe(copy['second'])
  expect((copy['list'] as unknown[])[0]).toBe(copy)
  expect((copy['map'] as Map<unknown, unknown>).get(copy)).toBe(copy['first'])
})

test('errors keep name, message, stack and cause, and lose the rest, as in a structured clone', () => {
  const error = Object.assign(new RangeError('out', { cause: new TypeError('why') }), { code: 5 })
  const copy = roundTrip(error) as RangeError
  expect(copy).toBeInstanceOf(RangeError)
  expect(copy.message).toBe('out')
  expect(copy.stack).toBe(error.stack)
  expect(copy.cause).toBeInstanceOf(TypeError)
  expect(copy).not.toHaveProperty('code')
  class OwnError extends Error {
    override name = 'OwnError'
  }
  expect((roundTrip(new OwnError('x')) as Error).name).toBe('Error')
})

test('a key named __proto__ stays a key', () => {
  const copy = roundTrip(JSON.parse('{"__proto__": {"polluted": true}}')) as object
  expect(Object.getPrototypeOf(copy)).toBe(Object.prototype)
  expect(Object.keys(copy)).toEqual(['__proto__'])
})

test('only the bytes of a view are carried, and a Buffer arrives as a Uint8Array', () => {
  const bytes = new Uint8Array([1, 2, 3, 4]).subarray(1, 3)
  const copy = roundTrip(bytes) as Uint8Array
  expect(copy).toEqual(new Uint8Array([2, 3]))
  expect(copy.buffer.byteLength).toBe(2)
  const fromBuffer = roundTrip(Buffer.from('ab')) as Uint8Array
  expect(fromBuffer.constructor).toBe(Uint8Array)
  expect(fromBuffer.buffer.byteLength).toBe(2)
})

test('instances lose their class', () => {
  class Point {
    x = 1
    get y(): number {
      return 2
    }
  }
  const copy = roundTrip(new Point()) as object
  expect(copy).toEqual({ x: 1 })
  expect(Object.getPrototypeOf(copy)).toBe(Object.prototype)
})

test.each([
  ['a function', () => {}],
  ['a nested function', { list: [() => {}] }],
  ['a symbol', Symbol('x')],
  ['a promise', Promise.resolve()],
  ['a weak map', new WeakMap()],
])('%s is refused', (_what, value) => {
  expect(() => nodeCodec.encode(value)).toThrow(expect.objectContaining({ name: 'DataCloneError' }))
})
