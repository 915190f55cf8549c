import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatUnits } from '../../shared/money/formatUnits.ts'
import { parseUnits } from '../../shared/money/parseUnits.ts'
import { formatAmount, formatExactAmount } from './formatAmount.ts'

const en = { locale: 'en' }
const decimalsArbitrary = fc.integer({ min: 0, max: 36 })
const unitsArbitrary = fc.bigInt({ min: 0n, max: 2n ** 256n - 1n })

describe('formatAmount', () => {
  it.each([
    [1_234_567_890_000_000n, 6, '1,234,567,890'],
    [1_500_000_000_000_000_000n, 18, '1.5'],
    [0n, 18, '0'],
    [1n, 18, '<0.000001'],
    [999_999_999_999_999_999n, 18, '0.999999'],
    [-1_234_500_000n, 6, '−1,234.5'],
    [12_345n, 0, '12,345'],
  ])('writes %d with %d decimals as %s', (units, decimals, text) => {
    expect(formatAmount(units, decimals, en)).toBe(text)
  })

  it('never shows less than what is to be paid when it rounds up', () => {
    expect(formatAmount(1n, 18, { ...en, rounding: 'up' })).toBe('0.000001')
    expect(formatAmount(999_999_999_999_999_999n, 18, { ...en, rounding: 'up' })).toBe('1')
  })

  it('keeps the digits that tell something of a tiny amount', () => {
    expect(formatAmount(21_436_587n, 18, { ...en, maximumFractionDigits: 'significant' })).toBe(
      '0.00000000002143',
    )
  })

  it('uses the separators of the locale', () => {
    expect(formatAmount(1_234_567_500_000n, 6, { locale: 'de' })).toBe('1.234.567,5')
  })

  it('keeps zeros where columns must line up, and never invents digits a token does not have', () => {
    expect(formatAmount(25_000_000n, 6, { ...en, minimumFractionDigits: 2 })).toBe('25.00')
    expect(formatAmount(25n, 0, { ...en, minimumFractionDigits: 2 })).toBe('25')
  })

  it('is exact when it shows every digit', () => {
    fc.assert(
      fc.property(unitsArbitrary, decimalsArbitrary, (units, decimals) => {
        const text = formatExactAmount(units, decimals, 'en').replaceAll(',', '')
        expect(text).toBe(formatUnits(units, decimals))
        expect(parseUnits(text, decimals)).toBe(units)
      }),
      { seed: 20260801 },
    )
  })

  it('rounds down by less than one shown digit, and up by less than one shown digit', () => {
    fc.assert(
      fc.property(
        unitsArbitrary,
        decimalsArbitrary,
        fc.integer({ min: 0, max: 8 }),
        (units, decimals, digits) => {
          const shown = (rounding: 'down' | 'up') => {
            const text = formatAmount(units, decimals, { ...en, rounding, maximumFractionDigits: digits })
            return { isBelow: text.startsWith('<'), units: parseUnits(text.replace(/[<,]/g, ''), decimals) }
          }
          const step = 10n ** BigInt(Math.max(0, decimals - digits))
          const down = shown('down')
          if (down.isBelow) expect(units > 0n && units < down.units).toBe(true)
          else expect(down.units <= units && units - down.units < step).toBe(true)
          const up = shown('up').units
          expect(up >= units && up - units < step).toBe(true)
        },
      ),
      { seed: 20260801 },
    )
  })
})
