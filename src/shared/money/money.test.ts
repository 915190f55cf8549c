import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../testing/thoroughness.ts'
import { formatUnits } from './formatUnits.ts'
import { mulDivDown, mulDivUp } from './mulDiv.ts'
import { parseUnits } from './parseUnits.ts'
import { baseUnits, gasUnits, wei } from './units.ts'

const amounts = fc.bigInt({ min: 0n, max: 2n ** 256n - 1n })
const decimals = fc.integer({ min: 0, max: 36 })

describe('parseUnits', () => {
  it.each([
    ['1', 18, 10n ** 18n],
    ['0.000001', 6, 1n],
    ['.5', 1, 5n],
    ['7.', 2, 700n],
    [' 1234.50 ', 2, 123450n],
    ['1.500', 1, 15n],
    ['0', 0, 0n],
    ['115792089237316195423570985008687907853269984665640564039457584007913129639935', 0, 2n ** 256n - 1n],
  ])('reads %s with %i decimals', (text, places, expected) => {
    expect(parseUnits(text, places)).toBe(expected)
  })

  it.each([
    '',
    '.',
    '-1',
    '+1',
    '1e3',
    '1,000',
    '1 000',
    '0x10',
    'NaN',
    'Infinity',
    '１',
    '1.2.3',
    '9'.repeat(201),
  ])('refuses %s', (text) => {
    expect(() => parseUnits(text, 18)).toThrow('amount.invalid')
  })

  it('refuses digits that the token does not have instead of rounding them away', () => {
    expect(() => parseUnits('0.0000001', 6)).toThrow('amount.tooManyDecimals')
    expect(() => parseUnits('1.5', 0)).toThrow('amount.tooManyDecimals')
  })

  it('reads back exactly what formatUnits wrote', () => {
    fc.assert(
      fc.property(amounts, decimals, (units, places) => {
        expect(parseUnits(formatUnits(units, places), places)).toBe(units)
      }),
      { numRuns: runs(1_000) },
    )
  })
})

describe('formatUnits', () => {
  it('keeps the sign of a difference', () => {
    expect(formatUnits(-1_500_000n, 6)).toBe('-1.5')
    expect(formatUnits(-1n, 6)).toBe('-0.000001')
  })

  it('never writes trailing zeros or a bare separator', () => {
    fc.assert(
      fc.property(amounts, decimals, (units, places) => {
        expect(formatUnits(units, places)).toMatch(/^\d+(\.\d*[1-9])?$/)
      }),
    )
  })
})

describe('mulDiv', () => {
  it('rounds down and up around the exact quotient', () => {
    fc.assert(
      fc.property(amounts, amounts, fc.bigInt({ min: 1n, max: 2n ** 256n - 1n }), (a, b, denominator) => {
        const down = mulDivDown(a, b, denominator)
        const up = mulDivUp(a, b, denominator)
        expect(down * denominator <= a * b).toBe(true)
        expect(up * denominator >= a * b).toBe(true)
        expect(up - down).toBe((a * b) % denominator === 0n ? 0n : 1n)
      }),
      { numRuns: runs(1_000) },
    )
  })

  it.each([
    [-1n, 1n, 1n],
    [1n, -1n, 1n],
    [1n, 1n, 0n],
    [1n, 1n, -1n],
  ])('refuses %d * %d / %d', (a, b, denominator) => {
    expect(() => mulDivDown(a, b, denominator)).toThrow(RangeError)
    expect(() => mulDivUp(a, b, denominator)).toThrow(RangeError)
  })
})

describe('units', () => {
  it('are never negative', () => {
    for (const make of [baseUnits, wei, gasUnits]) {
      expect(make(0n)).toBe(0n)
      expect(() => make(-1n)).toThrow(RangeError)
    }
  })
})
