import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addGasMargin } from './addGasMargin.ts'

test('a plain payment needs none, so that sending everything leaves nothing', () => {
  expect(addGasMargin(21_000n)).toBe(21_000n)
})

test('everything else gets a fifth, rounded up', () => {
  expect(addGasMargin(21_001n)).toBe(25_202n)
  fc.assert(
    fc.property(fc.bigInt({ min: 21_001n, max: 10n ** 9n }), (estimate) => {
      const limit = addGasMargin(estimate)
      expect(limit * 5n).toBeGreaterThanOrEqual(estimate * 6n)
      expect((limit - 1n) * 5n).toBeLessThan(estimate * 6n)
    }),
  )
})
