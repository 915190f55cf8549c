import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseUnits } from '../../../../shared/money/parseUnits.ts'
import { writeDecimal } from '../../../../shared/money/writeDecimal.ts'
import { runs } from '../../../../shared/testing/thoroughness.ts'
import { splitByWeights } from './splitByWeights.ts'

it('splits without a rest, whatever the weights', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 10n ** 30n), fc.integer({ min: 1, max: 9_998 }), (units, first) => {
      const second = Math.max(1, Math.floor((10_000 - first) / 2))
      const parts = splitByWeights(units, [first, second, 10_000 - first - second])
      expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(units)
      expect(parts.every((part) => part >= 0n)).toBe(true)
    }),
    { numRuns: runs(300), seed: 8 },
  )
  expect(() => splitByWeights(1n, [5_000, 4_999])).toThrow(RangeError)
  expect(() => splitByWeights(1n, [10_000, 0])).toThrow(RangeError)
})

it('writes what is read back to the same units', () => {
  fc.assert(
    fc.property(fc.bigInt(1n, 10n ** 30n), fc.integer({ min: 0, max: 18 }), (units, decimals) => {
      expect(parseUnits(writeDecimal(units, decimals), decimals)).toBe(units)
    }),
    { numRuns: runs(300), seed: 8 },
  )
})
