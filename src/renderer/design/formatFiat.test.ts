import { expect, test } from 'vitest'
import { formatFiat } from './formatFiat.ts'

const unit = 10n ** 18n

test.each([
  [1_234_567n * unit + unit / 2n, 'USD', 'en', '$1,234,567.50'],
  [1_234_567n * unit + unit / 2n, 'JPY', 'ja', '￥1,234,568'],
  [1_234n * unit, 'EUR', 'en', '€1,234.00'],
  [995n * 10n ** 13n, 'USD', 'en', '$0.01'],
  [unit / 1000n, 'USD', 'en', '< $0.01'],
  [0n, 'USD', 'en', '$0.00'],
  [-5n * unit, 'USD', 'en', '−$5.00'],
])('%d of %s in %s is %s', (value, currency, locale, expected) => {
  expect(formatFiat(value, { currency, locale })).toBe(expected)
})

test('no digit goes through a floating-point number', () => {
  const value = 9_007_199_254_740_993n * unit + unit / 100n
  expect(formatFiat(value, { currency: 'USD', locale: 'en' })).toBe('$9,007,199,254,740,993.01')
})

test('a price keeps digits that tell something, a change its sign', () => {
  const price = 6_666_670_000_000_000n
  expect(formatFiat(price, { currency: 'USD', locale: 'en', isPrice: true })).toBe('$0.006667')
  expect(formatFiat(2n * unit, { currency: 'USD', locale: 'en', isPrice: true })).toBe('$2.00')
  expect(formatFiat(2n * unit, { currency: 'USD', locale: 'en', isChange: true })).toBe('+$2.00')
})
