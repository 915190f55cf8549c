import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Address } from '../../../../shared/identity/identity.ts'
import { baseUnits } from '../../../../shared/money/units.ts'
import { runs } from '../../../../shared/testing/thoroughness.ts'
import { createUniswapV2Pool } from '../../router/index.ts'
import { createMarket, nativeTokenId } from '../../swaps/index.ts'
import { bareVenues, searchHere } from '../testing/searchHere.ts'
import { findFill } from './findFill.ts'
import { distanceBps, type ExchangeRate, isAtRate, leastBought } from './orderPrices.ts'

const token: Address = '0x00000000000000000000000000000000000000aa'
const coin = nativeTokenId as Address
const wrapped: Address = '0x00000000000000000000000000000000000000ee'
const whole = 10n ** 18n

function marketOf(reserveToken: bigint, reserveCoin: bigint) {
  const address: Address = '0x00000000000000000000000000000000000000bb'
  const pool = createUniswapV2Pool({
    id: address,
    venue: 'uniswapV2',
    tokens: [token, wrapped],
    reserves: [reserveToken, reserveCoin],
  })
  return createMarket(
    [{ pool, key: { venue: 'uniswapV2', address, feePips: 3000, tickSpacing: 0 } }],
    bareVenues,
  )
}

const rateOf = (sold: bigint, bought: bigint): ExchangeRate => ({
  sold: baseUnits(sold),
  bought: baseUnits(bought),
})
const ask = (
  market: ReturnType<typeof marketOf>,
  size: bigint,
  rate: ExchangeRate,
  changes: { gasPrice?: bigint; minimumFill?: bigint; isWhole?: boolean } = {},
) =>
  findFill(searchHere, market, {
    tokenIn: token,
    tokenOut: coin,
    size,
    minimumFill: 0n,
    isWhole: false,
    rate,
    gasPrice: 0n,
    ...changes,
  })

/** Rounded down, by Newton's method from above. */
function squareRoot(value: bigint): bigint {
  let root = 1n << BigInt(Math.ceil(value.toString(2).length / 2))
  for (;;) {
    const next = (root + value / root) / 2n
    if (next >= root) return root
    root = next
  }
}

const reserves = fc.bigInt({ min: 1_000n * whole, max: 10_000_000n * whole })

describe('the largest fill', () => {
  it('of one constant-product pool is the one that its formula gives: (sqrt(g x y / p) - x) / g', async () => {
    await fc.assert(
      fc.asyncProperty(reserves, reserves, fc.integer({ min: 80, max: 99 }), async (x, y, percent) => {
        // Marginal price wanted: so many percent of the pool's own, of which it keeps three thousandths.
        const rate = rateOf(x * 100n, y * BigInt(percent))
        const exact = ((squareRoot((997n * x * x * 100n) / (1000n * BigInt(percent))) - x) * 1000n) / 997n
        const found = await ask(marketOf(x, y), x, rate)
        if (found.kind !== 'fill') throw new Error(found.kind)
        // Never beyond, but for the last part by which it is measured, and close to it.
        expect(found.sold).toBeLessThanOrEqual((exact * 104n) / 100n)
        expect(found.sold).toBeGreaterThanOrEqual((exact * 90n) / 100n - x / 128n)
        expect(isAtRate(found.sold, found.bought, rate)).toBe(true)
      }),
      { seed: 3, numRuns: runs(60) },
    )
  })

  it('gains more against the price than its gas, and says what it would cost where it does not', async () => {
    await fc.assert(
      fc.asyncProperty(
        reserves,
        reserves,
        fc.integer({ min: 90, max: 110 }),
        fc.bigInt({ min: 0n, max: 10n ** 14n }),
        fc.bigInt({ min: 10n ** 12n, max: 10_000n * whole }),
        async (x, y, percent, gasPrice, size) => {
          const rate = rateOf(x * 100n, y * BigInt(percent))
          const found = await ask(marketOf(x, y), size, rate, { gasPrice })
          if (found.kind === 'fill') {
            expect(found.sold).toBeLessThanOrEqual(size)
            expect(found.bought).toBeGreaterThanOrEqual(leastBought(found.sold, rate) + found.fee)
          } else if (found.kind === 'gasWouldEatGain') {
            expect(found.fee).toBeGreaterThan(found.gain)
          } else if (found.kind === 'priceAway') {
            expect(distanceBps(found.market, rate)).toBeGreaterThan(0)
          }
          // Above the pool's own price nothing is ever filled.
          if (percent >= 100) expect(found.kind).not.toBe('fill')
        },
      ),
      { seed: 4, numRuns: runs(200) },
    )
  })

  it('is all of a small order, and never less than its least part', async () => {
    const market = marketOf(1_000_000n * whole, 1_000n * whole)
    const rate = rateOf(1_000n, 1n)
    const better = rateOf(1_010n, 1n)
    expect(await ask(market, 100n * whole, better)).toMatchObject({ kind: 'fill', sold: 100n * whole })
    expect(await ask(market, 100n * whole, rate)).toMatchObject({ kind: 'priceAway' })
    const partly = await ask(market, 1_000_000n * whole, better)
    if (partly.kind !== 'fill') throw new Error(partly.kind)
    expect(partly.sold).toBeLessThan(10_000n * whole)
    expect(await ask(market, 1_000_000n * whole, better, { minimumFill: 500_000n * whole })).toEqual({
      kind: 'belowMinimum',
      available: partly.sold,
    })
    expect(await ask(market, 1_000_000n * whole, better, { isWhole: true })).toMatchObject({
      kind: 'priceAway',
    })
    expect(await ask(market, 5_000n * whole, better, { isWhole: true })).toMatchObject({
      sold: 5_000n * whole,
    })
  })

  it('is none where nothing joins the two', async () => {
    expect(await ask(createMarket([], bareVenues), whole, rateOf(1n, 1n))).toEqual({ kind: 'noRoute' })
  })
})
