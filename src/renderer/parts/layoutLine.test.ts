import fc from 'fast-check'
import { expect, test } from 'vitest'
import { layoutLine } from './layoutLine.ts'

const box = { left: 0, right: 100, top: 0, bottom: 50 }

test('runs from the lowest to the highest value, and breaks where nothing is known', () => {
  const points = [0, 1, 2, 3, 9, 10].map((atMs) => ({ atMs, value: BigInt(atMs) * 10n ** 30n }))
  expect(layoutLine(points, 0, 10, box).path).toBe('M0 50L10 45L20 40L30 35M90 5L100 0')
})

test('a value that stays is a line in the middle', () => {
  const points = [0, 5, 10].map((atMs) => ({ atMs, value: 7n }))
  expect(layoutLine(points, 0, 10, box).places).toEqual([
    { x: 0, y: 25 },
    { x: 50, y: 25 },
    { x: 100, y: 25 },
  ])
})

test('whatever the money, every point lies in the box', () => {
  fc.assert(
    fc.property(fc.array(fc.bigInt(0n, 10n ** 40n), { minLength: 1, maxLength: 50 }), (values) => {
      const { places } = layoutLine(
        values.map((value, atMs) => ({ atMs, value })),
        0,
        values.length,
        box,
      )
      expect(places.every(({ x, y }) => x >= 0 && x <= 100 && y >= 0 && y <= 50)).toBe(true)
    }),
  )
})
