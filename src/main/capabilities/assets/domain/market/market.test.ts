import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../../../../shared/testing/thoroughness.ts'
import { createUniswapV2Pool } from '../../../router/index.ts'
import { findExit } from './findExit.ts'
import { findGap, perYear } from './findGap.ts'
import { judgeReference, measurePremium } from './measurePremium.ts'
import { readScaledAmount } from './scaledAmount.ts'

const one = 10n ** 18n

describe('measurePremium', () => {
  it('compares with the reference times the multiplier, rounded away from zero', () => {
    const premium = (tokenUsdE8: bigint, referenceUsdE8: bigint, multiplier = one) =>
      measurePremium({ tokenUsdE8, referenceUsdE8, multiplier })
    expect(premium(19_541_317_500n, 18_420_000_000n, 1_025_000_000_000_000_000n)).toEqual({
      fairUsdE8: 18_880_500_000n,
      bps: 350,
    })
    expect(premium(4_420_000_000n, 5_200_000_000n)?.bps).toBe(-1_500)
    expect(premium(100_000_001n, 100_000_000n)?.bps).toBe(1)
    expect(premium(1n, 0n)).toBeUndefined()
  })

  it('takes no closed or old market for a live one', () => {
    expect(judgeReference(undefined, true)).toBe('unknown')
    expect(judgeReference({ isStale: false }, false)).toBe('marketClosed')
    expect(judgeReference({ isStale: true }, true)).toBe('drifting')
    expect(judgeReference({ isStale: false }, undefined)).toBe('live')
  })
})

describe('scaled amounts (ERC-8056)', () => {
  const word = (value: bigint) => `0x${value.toString(16).padStart(64, '0')}` as const

  it('are read before and after each of a hundred simulated splits', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt(1n, 50n), { minLength: 1, maxLength: 100 }), (splits) => {
        let multiplier = one
        for (const [index, factor] of splits.entries()) {
          const next = multiplier * factor > 10n ** 40n ? multiplier / factor || 1n : multiplier * factor
          const announced = readScaledAmount([word(multiplier), word(next), word(BigInt(index + 2))], 1_000)
          expect(announced?.multiplier).toBe(multiplier)
          if (next !== multiplier) expect(announced?.scheduled?.multiplier).toBe(next)
          const after = readScaledAmount([word(next), word(next), word(BigInt(index + 2))], 1e9)
          expect(after).toEqual({ multiplier: next })
          multiplier = next
        }
      }),
      { numRuns: runs(50), seed: 8 },
    )
  })

  it('are none where the contract has none', () => {
    expect(readScaledAmount([undefined, undefined, undefined], 0)).toBeUndefined()
    expect(readScaledAmount([word(0n), word(1n), word(1n)], 0)).toBeUndefined()
  })
})

describe('findExit', () => {
  const coin = '0x1111111111111111111111111111111111111111'
  const other = '0x2222222222222222222222222222222222222222'
  const pool = createUniswapV2Pool({
    id: 'p',
    venue: 'uniswapV2',
    tokens: [coin, other],
    reserves: [10n ** 13n, 10n ** 13n],
  })
  const sell = (units: bigint) => {
    const found = pool.quoteExactIn(0, 1, units)
    return found.complete ? found.amountOut : undefined
  }
  const quote = async (units: bigint) => sell(units)

  it('finds the largest sale within its limit, to a thousandth', async () => {
    for (const limitBps of [10, 50, 100, 200, 5_000]) {
      const units = await findExit(quote, 10n ** 6n, limitBps)
      if (units === undefined) throw new Error('no exit')
      const lost = (amount: bigint) =>
        1 - Number(sell(amount)) / Number(amount) / (Number(sell(10n ** 6n)) / 1e6)
      expect(lost(units)).toBeLessThanOrEqual(limitBps / 10_000)
      expect(lost((units * 1_003n) / 1_000n)).toBeGreaterThan(limitBps / 10_000 - 1e-6)
    }
  })

  it('finds none where nothing buys', async () => {
    expect(await findExit(async () => undefined, 1n, 10)).toBeUndefined()
    expect(await findExit(async () => 0n, 1n, 10)).toBeUndefined()
  })
})

it('never overstates what closing a gap would bring', () => {
  expect(findGap({ spend: 1_000n, returned: 1_010n, gas: 3n })).toEqual({ result: 7n, resultBps: 70 })
  expect(findGap({ spend: 30_000n, returned: 30_000n, gas: 1n })).toEqual({ result: -1n, resultBps: -1 })
  expect(findGap({ spend: 30_000n, returned: 30_001n, gas: 0n }).resultBps).toBe(0)
  expect(() => findGap({ spend: 0n, returned: 1n, gas: 0n })).toThrow(RangeError)
})

it('counts what a gap brings a year while the money waits, a gain never overstated, a loss never played down', () => {
  expect(perYear(500, 90)).toBe(2_027)
  expect(perYear(500, 365)).toBe(500)
  expect(perYear(-100, 90)).toBe(-406)
  fc.assert(
    fc.property(fc.integer({ min: -5_000, max: 5_000 }), fc.integer({ min: 1, max: 3_650 }), (bps, days) => {
      const yearly = perYear(bps, days)
      expect(yearly * days).toBeLessThanOrEqual(bps * 365)
      expect((yearly + 1) * days).toBeGreaterThan(bps * 365)
    }),
    { seed: 8 },
  )
  expect(() => perYear(100, 0)).toThrow(RangeError)
})
