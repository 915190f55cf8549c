import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../../../../../shared/testing/thoroughness.ts'
import { comparePrices, type Price, reducePrice, toPriceKey } from '../price.ts'
import { computeExecution } from './computeExecution.ts'

const small = fc.bigInt({ min: 1n, max: 40n })
const prices = fc.record({ quote: small, base: small })
const wide = fc.bigInt({ min: 1n, max: 2n ** 256n - 1n })
const isWithin = (isBid: boolean, limit: Price, base: bigint, quote: bigint) =>
  isBid ? quote * limit.base <= base * limit.quote : quote * limit.base >= base * limit.quote

describe('computeExecution', () => {
  it('keeps both limits and both sizes, and finds a trade wherever whole lots of the price fit', () => {
    const sizes = fc.option(fc.bigInt({ min: 1n, max: 60n }), { nil: undefined })
    fc.assert(
      fc.property(
        prices,
        prices,
        fc.boolean(),
        sizes,
        sizes,
        (made, taken, isMakerBid, baseLimit, quoteLimit) => {
          fc.pre(baseLimit !== undefined || quoteLimit !== undefined)
          const order = comparePrices(made, taken)
          fc.pre(isMakerBid ? order >= 0 : order <= 0)
          const makerPrice = reducePrice(made)
          const execution = computeExecution({
            isMakerBid,
            makerPrice,
            takerLimit: taken,
            baseLimit,
            quoteLimit,
          })
          const fits = (base: bigint, quote: bigint) =>
            (baseLimit === undefined || base <= baseLimit) &&
            (quoteLimit === undefined || quote <= quoteLimit)
          if (execution === undefined) {
            expect(fits(makerPrice.base, makerPrice.quote)).toBe(false)
            return
          }
          const { base, quote } = execution
          expect(base > 0n && quote > 0n && fits(base, quote)).toBe(true)
          expect(isWithin(isMakerBid, makerPrice, base, quote)).toBe(true)
          expect(isWithin(!isMakerBid, taken, base, quote)).toBe(true)
          // The maker's favour is less than one unit of either token.
          const isTight = isMakerBid
            ? !isWithin(true, makerPrice, base - 1n, quote) || !isWithin(true, makerPrice, base, quote + 1n)
            : !isWithin(false, makerPrice, base + 1n, quote) || !isWithin(false, makerPrice, base, quote - 1n)
          expect(isTight).toBe(true)
        },
      ),
      { seed: 7, numRuns: runs(5_000) },
    )
  })
})

describe('prices', () => {
  it('are never put in the wrong order by their keys', () => {
    const price = fc.record({ quote: wide, base: wide })
    fc.assert(
      fc.property(price, price, (a, b) => {
        const [left, right] = [toPriceKey(a), toPriceKey(b)]
        if (left !== right) expect(Math.sign(comparePrices(a, b))).toBe(Math.sign(left - right))
      }),
      { seed: 7, numRuns: runs(2_000) },
    )
  })

  it('have one key however they are written', () => {
    fc.assert(
      fc.property(
        fc.maxSafeNat(),
        fc.maxSafeNat(),
        fc.bigInt({ min: 1n, max: 2n ** 190n }),
        (a, b, factor) => {
          const [quote, base] = [BigInt(a) + 1n, BigInt(b) + 1n]
          const price = { quote, base }
          const scaled = { quote: quote * factor, base: base * factor }
          expect(toPriceKey(scaled)).toBe(toPriceKey(price))
          expect(reducePrice(scaled)).toEqual(reducePrice(price))
        },
      ),
      { seed: 7, numRuns: runs(2_000) },
    )
  })

  it('differ by their exact comparison where their keys are the same', () => {
    const one = { quote: 10n ** 40n, base: 10n ** 40n }
    const more = { quote: 10n ** 40n + 1n, base: 10n ** 40n }
    expect(toPriceKey(one)).toBe(toPriceKey(more))
    expect(comparePrices(one, more)).toBe(-1)
  })
})
