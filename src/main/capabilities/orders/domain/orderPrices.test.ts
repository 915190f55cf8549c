import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ChainId } from '../../../../shared/identity/identity.ts'
import type { Token } from '../../../../shared/identity/token.ts'
import { distanceBps, isAtRate, leastBought, parsePrice, toRate, worsenPrice } from './orderPrices.ts'

const token = (decimals: number): Token => ({
  ref: { chainId: 1 as ChainId, address: 'native' },
  symbol: 'T',
  name: 'T',
  decimals,
  assetClass: 'token',
  source: 'list',
})
const decimals = fc.integer({ min: 0, max: 18 })
const texts = fc
  .tuple(fc.bigInt({ min: 1n, max: 10n ** 12n }), fc.stringMatching(/^\d{0,12}$/))
  .map(([units, fraction]) => (fraction === '' ? String(units) : `${units}.${fraction}`))
const prices = fc
  .tuple(fc.bigInt({ min: 1n, max: 10n ** 40n }), fc.bigInt({ min: 1n, max: 10n ** 40n }))
  .map(([quote, base]) => ({ quote, base }))
const sides = fc.constantFrom('buy' as const, 'sell' as const)

describe('a price', () => {
  it('is read exactly, whatever the decimals of the two tokens', () => {
    fc.assert(
      fc.property(texts, decimals, decimals, (text, baseDecimals, quoteDecimals) => {
        const { quote, base } = parsePrice(text, token(baseDecimals), token(quoteDecimals))
        const [whole = '', fraction = ''] = text.split('.')
        const digits = BigInt(whole + fraction)
        expect(quote * 10n ** BigInt(baseDecimals + fraction.length)).toBe(
          digits * 10n ** BigInt(quoteDecimals) * base,
        )
      }),
    )
  })

  it.each(['0', '0.000', '', '-1', '1e5', `1${'0'.repeat(60)}`])('is not %j', (text) => {
    expect(() => parsePrice(text, token(18), token(6))).toThrow()
  })

  it('that is worsened is worse for its side', () => {
    fc.assert(
      fc.property(prices, sides, fc.integer({ min: 1, max: 9_999 }), (price, side, bps) => {
        const worse = worsenPrice(price, side, bps)
        const difference = worse.quote * price.base - price.quote * worse.base
        expect(side === 'sell' ? difference < 0n : difference > 0n).toBe(true)
      }),
    )
  })

  it('asks for the least that is still at it: a unit less is not', () => {
    fc.assert(
      fc.property(prices, sides, fc.bigInt({ min: 1n, max: 10n ** 30n }), (price, side, sold) => {
        const rate = toRate(price, side)
        const least = leastBought(sold, rate)
        expect(isAtRate(sold, least, rate)).toBe(true)
        expect(isAtRate(sold, least - 1n, rate)).toBe(false)
      }),
    )
  })

  it('is no way off where the market is at it or better, and some way where it is not', () => {
    fc.assert(
      fc.property(prices, prices, sides, (market, wanted, side) => {
        const [now, then] = [toRate(market, side), toRate(wanted, side)]
        expect(distanceBps(now, then) === 0).toBe(isAtRate(now.sold, now.bought, then))
      }),
    )
  })
})
