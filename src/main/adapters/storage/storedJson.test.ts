import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeStored, encodeStored } from './storedJson.ts'

test('returns what was written, bigints of any size included', () => {
  const value = fc.letrec((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      fc.bigInt({ min: -(2n ** 256n), max: 2n ** 256n }),
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('node'), { maxLength: 4 }),
      fc.dictionary(
        fc.string().filter((key) => key !== '$bigint' && key !== '__proto__'),
        tie('node'),
        { maxKeys: 4, noNullPrototype: true },
      ),
    ),
  })).node
  fc.assert(
    fc.property(value, (written) => {
      expect(decodeStored(encodeStored(written))).toEqual(written)
    }),
  )
})

test('refuses a forged bigint', () => {
  expect(() => decodeStored('{"$bigint":"1e9"}')).toThrow(SyntaxError)
  expect(() => decodeStored('{"$bigint":7}')).toThrow(SyntaxError)
})
