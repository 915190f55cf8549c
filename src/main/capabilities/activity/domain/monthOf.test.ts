import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayOf, monthOf, timeOf } from './monthOf.ts'

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

test.each([
  [0, '1970-01-01', '00:00:00'],
  [1_709_251_199_000, '2024-02-29', '23:59:59'],
  [1_709_251_200_000, '2024-03-01', '00:00:00'],
  [1_795_957_500_000, '2026-11-29', '13:05:00'],
  [4_102_444_799_999, '2099-12-31', '23:59:59'],
])('%i is %s at %s', (timestampMs, day, time) => {
  expect([dayOf(timestampMs), timeOf(timestampMs)]).toEqual([day, time])
})

test('every day follows the one before', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 47_000 }), (index) => {
      const [today, tomorrow] = [index, index + 1].map((day) => dayOf(day * 86_400_000))
      expect(String(today) < String(tomorrow)).toBe(true)
    }),
  )
})
