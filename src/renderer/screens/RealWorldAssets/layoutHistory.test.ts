import { expect, it } from 'vitest'
import { layoutHistory } from './layoutHistory.ts'

const box = { left: 0, right: 100, top: 0, bottom: 50 }

it('moves in steps, from the lowest value at the bottom to the highest at the top', () => {
  const points = [
    { atMs: 1_000, usdE8: 100n },
    { atMs: 1_500, usdE8: 150n },
    { atMs: 2_000, usdE8: 200n },
  ]
  expect(layoutHistory(points, box)).toBe('M0 50H50V25H100V0')
})

it('draws what never changed as a line through the middle', () => {
  const points = [
    { atMs: 1_000, usdE8: 100n },
    { atMs: 2_000, usdE8: 100n },
  ]
  expect(layoutHistory(points, box)).toBe('M0 25H100V25')
})
