import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  liquidityForAmounts,
  MIN_TICK,
  Q96,
  sqrtPriceX96AtTick,
  sqrtPriceX96Of,
  squareRoot,
  tickAtSqrtPriceX96,
} from './priceMath.ts'

describe('price mathematics', () => {
  it('takes the integer square root', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 384n }), (value) => {
        const root = squareRoot(value)
        expect(root * root).toBeLessThanOrEqual(value)
        expect((root + 1n) * (root + 1n)).toBeGreaterThan(value)
      }),
      { seed: 1 },
    )
  })

  // Values of TickMath.getSqrtRatioAtTick, published in Uniswap V3's own tests.
  it.each([
    [0, Q96],
    [MIN_TICK, 4295128739n],
    [-MIN_TICK, 1461446703485210103287273052203988822378723970342n],
    [50, 79426470787362580746886972461n],
    [-100_000, 533968626430936354154228408n],
    [250_000, 21246587762933397357449903968194344n],
  ])('agrees with the contracts at tick %i', (tick, expected) => {
    const difference = sqrtPriceX96AtTick(tick) - expected
    // The contracts round up in the end, and carry 128 bits.
    expect(difference < 0n ? -difference : difference).toBeLessThanOrEqual(expected / 10n ** 9n + 1n)
  })

  it('finds the tick of a price', () => {
    fc.assert(
      fc.property(fc.integer({ min: -400_000, max: 400_000 }), (tick) => {
        const between = (sqrtPriceX96AtTick(tick) + sqrtPriceX96AtTick(tick + 1)) / 2n
        expect(tickAtSqrtPriceX96(between)).toBe(tick)
      }),
      { seed: 2 },
    )
  })

  it('never plans more liquidity than the amounts pay for', () => {
    const amount = fc.bigInt({ min: 10n ** 6n, max: 10n ** 30n })
    fc.assert(
      fc.property(amount, amount, fc.integer({ min: 1, max: 5000 }), (amount0, amount1, width) => {
        const sqrtPrice = sqrtPriceX96Of(amount0, amount1)
        const tick = tickAtSqrtPriceX96(sqrtPrice)
        fc.pre(Math.abs(tick) < 400_000)
        const lower = sqrtPriceX96AtTick(tick - width)
        const upper = sqrtPriceX96AtTick(tick + width + 1)
        const liquidity = liquidityForAmounts(sqrtPrice, lower, upper, amount0, amount1)
        const needed0 = (liquidity * Q96 * (upper - sqrtPrice)) / sqrtPrice / upper
        const needed1 = (liquidity * (sqrtPrice - lower)) / Q96
        expect(needed0).toBeLessThanOrEqual(amount0)
        expect(needed1).toBeLessThanOrEqual(amount1)
      }),
      { seed: 3 },
    )
  })
})
