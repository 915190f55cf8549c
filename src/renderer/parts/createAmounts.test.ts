import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Token } from '../../shared/identity/token.ts'
import { unscaled } from '../../shared/money/scaledAmount.ts'
import { createAmounts } from './createAmounts.ts'

const token = (symbol: string, decimals: number) =>
  ({ ref: { chainId: 1, address: symbol }, symbol, decimals, assetClass: 'token' }) as unknown as Token
const [usdc, share] = [token('USDC', 6), token('HKTR', 18)]
const twice = createAmounts('en', ({ address }) =>
  (address as string) === 'HKTR' ? 2_050_000_000_000_000_000n : unscaled,
)
const ofShares = (text: string) => BigInt(text) * 10n ** 18n

describe('check', () => {
  it.each([
    ['25', undefined],
    ['25.000001', 'amount.overBalance'],
    ['25.0000001', 'amount.tooManyDecimals'],
    ['0.0', 'amount.zero'],
    ['1,000', 'amount.invalid'],
    ['1e3', 'amount.invalid'],
    ['-1', 'amount.invalid'],
    ['', 'amount.invalid'],
    ['max', undefined],
  ])('judges %j of a balance of 25 with 6 decimals as %s', (text, code) => {
    expect(twice.check(text, usdc, 25_000_000n)?.code).toBe(code)
  })

  it('has nothing to send of an empty balance', () => {
    expect(twice.check('max', usdc, 0n)?.code).toBe('amount.overBalance')
  })

  it('compares shown amounts with what the balance is shown as', () => {
    expect(twice.check('20.5', share, ofShares('10'))).toBeUndefined()
    expect(twice.check('20.500001', share, ofShares('10'))?.code).toBe('amount.overBalance')
  })
})

describe('a price as one would type it', () => {
  const plain = createAmounts('en', () => unscaled)
  const [yen, euro] = [token('JPYC', 18), token('EURS', 2)]

  it('has six digits that tell something, however few decimals the money has', () => {
    expect(plain.plainRate(ofShares('1'), yen, 6_666n, usdc)).toBe('0.006666')
    expect(plain.plainRate(ofShares('1000'), yen, 6_666_553n, usdc)).toBe('0.00666655')
    expect(plain.plainRate(ofShares('1000'), yen, 584n, euro)).toBe('0.00584')
    expect(plain.plainRate(ofShares('1000000'), yen, 12_345_678n, usdc)).toBe('0.0000123456')
    expect(plain.plainRate(ofShares('100'), yen, 105_205_855n, euro)).toBe('10520.5855')
  })
})

describe('a token with a multiplier', () => {
  it('is shown multiplied in every way of writing', () => {
    expect(twice.exact(ofShares('10'), share)).toBe('20.5 HKTR')
    expect(twice.short(ofShares('10'), share, 'down')).toBe('20.5 HKTR')
    expect(twice.write(ofShares('10'), share)).toBe('20.5 HKTR')
    expect(twice.number(ofShares('10'), share)).toBe('20.5')
    expect(twice.digits(ofShares('10'), share)).toBe('20.5')
    expect(twice.plain(ofShares('10'), share, 'down')).toBe('20.5')
    expect(10 ** (18 - twice.drawnDecimals(share))).toBeCloseTo(2.05, 10)
  })

  it('is priced by the shown unit, and is worth the same', () => {
    // 10 tokens are 20.5 shares; 3,776.10 for them are 184.20 each.
    expect(twice.rate(ofShares('10'), share, 3_776_100_000n, usdc)).toBe('184.2')
    expect(twice.plainRate(ofShares('10'), share, 3_776_100_000n, usdc)).toBe('184.2')
    expect(twice.perShown(377_610_000_00n, share)).toBe(184_200_000_00n)
    const request = twice.priceToRequest(' 184.2 ', share, usdc)
    expect(request).toBe('377.61')
    expect(twice.priceFromRequest(request, share, usdc)).toBe('184.2')
    expect(twice.priceToRequest('dear', share, usdc)).toBe('dear')
  })

  it('crosses to the services in its own units, never more than was typed', () => {
    expect(twice.toRequest('20.5', share)).toBe('10')
    expect(twice.toRequest('4', share)).toBe('1.951219512195121951')
    expect(twice.toRequest('4', share, 'up')).toBe('1.951219512195121952')
    expect(twice.toRequest('max', share)).toBe('max')
    expect(twice.toRequest(' 4 ', usdc)).toBe('4')
    expect(twice.read('4', share)).toBe(1_951_219_512_195_121_951n)
  })

  it('can be sent whole by typing the balance that is shown', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 30n }), (units) => {
        const typed = twice.digits(units, share)
        expect(twice.read(typed, share)).toBe(units)
        expect(twice.check(typed, share, units)).toBeUndefined()
      }),
    )
  })
})
