import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../testing/thoroughness.ts'
import { formatUnits } from './formatUnits.ts'
import { parseUnits } from './parseUnits.ts'
import { parseShown, toShown, toShownPrice, toTokenPrice, unscaled } from './scaledAmount.ts'

const amounts = fc.bigInt({ min: 0n, max: 2n ** 128n })
const decimals = fc.integer({ min: 0, max: 24 })
/** From a millionth to a millionfold, also such that nothing comes out even. */
const multipliers = fc.oneof(
  fc.bigInt({ min: 10n ** 12n, max: 10n ** 24n }),
  fc.constantFrom(
    unscaled,
    2n * unscaled,
    unscaled / 10n,
    1_025_000_000_000_000_000n,
    333_333_333_333_333_333n,
  ),
)
const write = ({ units, decimals: places }: ReturnType<typeof toShown>) => formatUnits(units, places)

describe('toShown', () => {
  it.each([
    [4n * unscaled, 18, 2n * unscaled, '8'],
    [20n * unscaled, 18, 1_025_000_000_000_000_000n, '20.5'],
    [-20n * unscaled, 18, 1_025_000_000_000_000_000n, '-20.5'],
    [3n, 0, 1_500_000_000_000_000_000n, '4.5'],
    [1n, 6, unscaled / 2n, '0.0000005'],
    [0n, 18, 2n * unscaled, '0'],
  ])('multiplies %d of %i decimals by %d to %s', (units, places, multiplier, text) => {
    expect(write(toShown(units, places, multiplier))).toBe(text)
  })

  it('changes nothing without a multiplier', () => {
    fc.assert(
      fc.property(amounts, decimals, (units, places) => {
        expect(toShown(units, places, unscaled)).toEqual({ units, decimals: places })
      }),
    )
  })

  it('is never less than the exact product, and more by less than one base unit and a billionth of itself', () => {
    fc.assert(
      fc.property(amounts, decimals, multipliers, (units, places, multiplier) => {
        fc.pre(multiplier !== unscaled)
        const over = toShown(units, places, multiplier).units - units * multiplier
        expect(over >= 0n && over < multiplier).toBe(true)
        expect(over * 10n ** 9n <= units * multiplier).toBe(true)
      }),
      { numRuns: runs(1_000) },
    )
  })
})

describe('parseShown', () => {
  it('reads back exactly what is shown, so that what is seen can be typed', () => {
    fc.assert(
      fc.property(amounts, decimals, multipliers, (units, places, multiplier) => {
        expect(parseShown(write(toShown(units, places, multiplier)), places, multiplier, 'down')).toBe(units)
      }),
      { numRuns: runs(1_000) },
    )
  })

  it('never reads more than was typed for what leaves, and never less for what arrives', () => {
    fc.assert(
      fc.property(amounts, decimals, multipliers, (typed, places, multiplier) => {
        const text = formatUnits(typed, places)
        const exact = parseUnits(text, places) * unscaled
        const down = parseShown(text, places, multiplier, 'down')
        const up = parseShown(text, places, multiplier, 'up')
        expect(down * multiplier <= exact && exact < (down + 1n) * multiplier).toBe(true)
        expect(up * multiplier >= exact && up - down <= 1n).toBe(true)
      }),
      { numRuns: runs(1_000) },
    )
  })

  it('shows what was typed as it was typed', () => {
    const short = fc.tuple(fc.bigInt({ min: 1n, max: 10n ** 9n }), fc.integer({ min: 0, max: 4 }))
    fc.assert(
      fc.property(short, multipliers, ([digits, places], multiplier) => {
        const text = formatUnits(digits, places)
        const units = parseShown(text, 18, multiplier, 'down')
        fc.pre(units >= 10n ** 9n)
        expect(write(toShown(units, 18, multiplier))).toBe(text)
      }),
      { numRuns: runs(1_000) },
    )
  })

  it('refuses what is no amount', () => {
    expect(() => parseShown('1,5', 18, 2n * unscaled, 'down')).toThrow('amount.invalid')
    expect(() => parseShown(`0.${'0'.repeat(40)}1`, 18, 2n * unscaled, 'down')).toThrow(
      'amount.tooManyDecimals',
    )
  })
})

describe('prices', () => {
  it('of a share are those of the token by what it stands for', () => {
    expect(toTokenPrice('184.2', 1_025_000_000_000_000_000n, unscaled)).toBe('188.805')
    expect(toShownPrice('188.805', 1_025_000_000_000_000_000n, unscaled)).toBe('184.2')
    expect(toTokenPrice('0.005', unscaled, 2n * unscaled)).toBe('0.0025')
    expect(toTokenPrice('10.123457', unscaled, 3n * unscaled, 6)).toBe('3.374485')
  })

  it('come back as they were typed', () => {
    const typed = fc.tuple(fc.bigInt({ min: 1n, max: 10n ** 12n }), fc.integer({ min: 0, max: 8 }))
    fc.assert(
      fc.property(typed, multipliers, multipliers, ([digits, places], base, quote) => {
        const text = formatUnits(digits, places)
        expect(toShownPrice(toTokenPrice(text, base, quote), base, quote)).toBe(text)
      }),
      { numRuns: runs(1_000) },
    )
  })

  it('that are no numbers stay as they are', () => {
    expect(toShownPrice('soon', 2n * unscaled, unscaled)).toBe('soon')
  })
})
