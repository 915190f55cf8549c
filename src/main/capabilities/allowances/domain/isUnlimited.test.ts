import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isUnlimited } from './isUnlimited.ts'

test.each([96n, 128n, 160n, 256n])('the largest number of %i bits means no limit', (width) => {
  expect(isUnlimited(2n ** width - 1n)).toBe(true)
})

test('what a token lowered a little since is without limit all the same, and what anybody could own is not', () => {
  fc.assert(
    fc.property(fc.bigInt(1n, 2n ** 90n), (units) => {
      expect(isUnlimited(2n ** 256n - 1n - units)).toBe(true)
      expect(isUnlimited(units)).toBe(false)
    }),
  )
})
