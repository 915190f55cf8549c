import { expect, test } from 'vitest'
import { monthOf } from './monthOf.ts'

test.each([
  [0, '1970-01'],
  [1_709_208_000_000, '2024-02'],
  [1_793_491_199_000, '2026-10'],
  [1_793_491_200_000, '2026-11'],
  [1_798_761_599_999, '2026-12'],
  [1_798_761_600_000, '2027-01'],
])('%i is in %s', (timestampMs, month) => {
  expect(monthOf(timestampMs)).toBe(month)
})
