import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../../../../shared/testing/thoroughness.ts'
import { computeHoldOut } from './computeHoldOut.ts'
import { measureConcentration, measureDaysToExit } from './measureConcentration.ts'

describe('measureConcentration', () => {
  it('knows a monopoly and an even split', () => {
    expect(measureConcentration([5n])).toEqual({ hhi: 10_000, largestBps: 10_000, holders: 1 })
    expect(measureConcentration([1n, 1n, 1n, 1n, 0n])).toEqual({ hhi: 2_500, largestBps: 2_500, holders: 4 })
    expect(measureConcentration([])).toEqual({ hhi: 0, largestBps: 0, holders: 0 })
  })
})

it('rounds days to exit up', () => {
  expect(measureDaysToExit(1_000n, 100n, 1_000)).toBe(100)
  expect(measureDaysToExit(1_001n, 100n, 1_000)).toBe(101)
  expect(measureDaysToExit(1n, 0n, 1_000)).toBeUndefined()
})

describe('computeHoldOut', () => {
  const offers = [
    { units: 30n, cost: 90n },
    { units: 20n, cost: 20n },
    { units: 10n, cost: 100n },
  ]

  it('takes the cheapest first, the last in part', () => {
    const found = computeHoldOut({ supply: 100n, owned: 10n, offers, holders: [], thresholdBps: 6_500 })
    // 10 own, 20 for 20, 30 for 90, and half of the last ten.
    expect(found.costToThreshold).toBe(160n)
    expect(found.missing).toBe(0n)
    expect(found.curve.at(-1)).toEqual({ shareBps: 7_000, cost: 210n })
  })

  it('says what is missing, and who can block', () => {
    const found = computeHoldOut({
      supply: 100n,
      owned: 0n,
      offers,
      holders: [4n, 12n, 9n, 15n],
      thresholdBps: 7_500,
    })
    expect(found.costToThreshold).toBeUndefined()
    expect(found.missing).toBe(15n)
    // More than 25 may not stay out: 15 + 12.
    expect(found).toMatchObject({ blockingHolders: 2, blockingUnits: 27n })
  })

  it('rises, and never below the cost of the same share bought otherwise', () => {
    const offer = fc.record({ units: fc.bigInt(1n, 10n ** 6n), cost: fc.bigInt(0n, 10n ** 9n) })
    fc.assert(
      fc.property(
        fc.array(offer, { maxLength: 30 }),
        fc.integer({ min: 1, max: 10_000 }),
        (all, thresholdBps) => {
          const supply = all.reduce((sum, { units }) => sum + units, 1_000n)
          const { curve, costToThreshold } = computeHoldOut({
            supply,
            owned: 0n,
            offers: all,
            holders: [],
            thresholdBps,
          })
          for (const [index, point] of curve.entries()) {
            const before = curve[index - 1]
            if (before) expect(point.cost >= before.cost && point.shareBps >= before.shareBps).toBe(true)
          }
          const everything = all.reduce((sum, { cost }) => sum + cost, 0n)
          if (costToThreshold !== undefined) expect(costToThreshold <= everything).toBe(true)
        },
      ),
      { numRuns: runs(200), seed: 8 },
    )
  })

  it('refuses a threshold that is none', () => {
    expect(() => computeHoldOut({ supply: 1n, owned: 0n, offers: [], holders: [], thresholdBps: 0 })).toThrow(
      RangeError,
    )
  })
})
