import { describe, expect, it } from 'vitest'
import { baseUnits } from '../../../shared/money/units.ts'
import { costAt, largestWithin, layoutDepth, logOf } from './layoutDepth.ts'

const one = 10n ** 18n
const points = [
  [one / 10n, 5],
  [one, 8],
  [10n * one, 35],
  [100n * one, 300],
  [1_000n * one, 2_500],
  [9_000n * one, 9_900],
].map(([units, costBps]) => ({
  sellUnits: baseUnits(BigInt(units ?? 0)),
  buyUnits: baseUnits(1n),
  costBps: Number(costBps),
}))
const box = { left: 50, right: 650, top: 10, bottom: 130 }

describe('layoutDepth', () => {
  it('marks the user’s size on the curve, and cuts off what would flatten it', () => {
    const layout = layoutDepth(points, 18, one, 10, box)
    expect(layout.mark?.costBps).toBe(8)
    expect(layout.yTicks.at(-1)).toEqual({ at: 10, value: 20 })
    expect(layout.mark?.y).toBeCloseTo(130 - (8 / 20) * 120)
    expect(layout.reference).toBe(70)
    expect(layout.line.startsWith('M50 ')).toBe(true)
    expect(layout.line).toMatch(/L650 10$/)
  })

  it('marks no size that the pools cannot serve', () => {
    expect(layoutDepth(points, 18, 50_000n * one, 10, box).mark).toBeUndefined()
    expect(layoutDepth(points, 18, 0n, 10, box).mark).toBeUndefined()
  })

  it('labels whole powers of ten', () => {
    const { xTicks } = layoutDepth(points, 18, 100n * one, 10, box)
    expect(xTicks.map(({ value }) => value)).toEqual([-1, 0, 1, 2])
  })
})

it('finds costs between the points, and none outside of them', () => {
  const samples = points.map((point) => ({ log: logOf(point.sellUnits, 18), costBps: point.costBps }))
  expect(costAt(samples, 0)).toBe(8)
  expect(costAt(samples, 0.5)).toBeCloseTo(21.5)
  expect(costAt(samples, -2)).toBeUndefined()
  expect(costAt(samples, 9)).toBeUndefined()
})

it('finds the largest size that costs no more than a limit', () => {
  expect(largestWithin(points, 10)).toBe(one)
  expect(largestWithin(points, 4)).toBeUndefined()
})

it('takes logarithms of amounts beyond what a number holds', () => {
  expect(logOf(10n ** 60n, 18)).toBeCloseTo(42)
  expect(logOf(1n, 18)).toBeCloseTo(-18)
})
