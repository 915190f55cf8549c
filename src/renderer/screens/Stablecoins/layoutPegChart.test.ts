import fc from 'fast-check'
import { expect, it } from 'vitest'
import { layoutPegChart } from './layoutPegChart.ts'

const box = { left: 0, right: 100, top: 0, bottom: 100 }

it('draws steps around the peg, with its bands', () => {
  const layout = layoutPegChart(
    [
      { atMs: 0, deviationBps: 0 },
      { atMs: 50, deviationBps: -30 },
      { atMs: 100, deviationBps: 0 },
    ],
    box,
  )
  expect(layout.zero).toBe(50)
  expect(layout.line).toBe('M0 50H50V75H100V50')
  expect(layout.bands.map(({ bps }) => bps)).toEqual([25, 50])
})

it('makes room for a depeg', () => {
  const layout = layoutPegChart([{ atMs: 0, deviationBps: -1_200 }], box)
  expect(layout.bands.map(({ bps }) => bps)).toEqual([25, 50, 100])
  expect(layout.line).toMatch(/^M0 9\d/)
})

it('labels the worst that was measured, and never one label upon another', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -9_000, max: 9_000 }), { minLength: 1 }), (deviations) => {
      const points = deviations.map((deviationBps, atMs) => ({ atMs, deviationBps }))
      const { ticks } = layoutPegChart(points, box)
      const heights = ticks.map(({ at }) => at).sort((a, b) => a - b)
      for (const [index, at] of heights.entries()) {
        if (index > 0) expect(at - (heights[index - 1] ?? 0)).toBeGreaterThanOrEqual(13)
      }
      const worst = Math.max(...deviations.map(Math.abs))
      if (worst > 100) expect(ticks.map(({ bps }) => Math.abs(bps))).toContain(worst)
    }),
  )
})
