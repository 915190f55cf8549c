import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layoutRoute, type RouteBox, type RouteLeg } from './layoutRoute.ts'

const leg = (from: string, to: string, shareBps = 10_000): RouteLeg => ({ from, to, shareBps })
const split = [
  { ...leg('ETH', 'WETH'), isPassage: true },
  leg('WETH', 'USDC', 6_000),
  leg('WETH', 'USDC', 1_000),
  leg('WETH', 'DAI', 3_000),
  leg('DAI', 'USDC'),
]
const overlap = (a: RouteBox, b: RouteBox) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

describe('layoutRoute', () => {
  it('runs from the token sold on the left to the token bought on the right', () => {
    const { boxes, width } = layoutRoute(split, 900)
    const x = (id: string) => boxes.find((box) => box.kind === 'token' && box.id === id)?.x ?? Number.NaN
    expect(x('ETH')).toBe(0)
    expect(x('ETH') < x('WETH') && x('WETH') < x('DAI') && x('DAI') < x('USDC')).toBe(true)
    const last = boxes.find((box) => box.id === 'USDC')
    expect((last?.x ?? 0) + (last?.width ?? 0)).toBeCloseTo(width)
  })

  it('draws streams as thick as their part of the whole', () => {
    const widths = layoutRoute(split, 900).streams.map((stream) => stream.width)
    expect(widths[0]).toBe(16)
    expect(widths[1]).toBeCloseTo(9.6)
    expect(widths[4]).toBeCloseTo(4.8)
  })

  it('takes less room where there is little, and fits a wrapped split of two hops into the narrowest window', () => {
    expect(layoutRoute(split, 900).isTight).toBe(false)
    const narrow = layoutRoute(split, 618)
    expect(narrow.isTight).toBe(true)
    expect(narrow.width).toBeLessThanOrEqual(618)
  })

  it('never draws two boxes over one another, for any route without a circle', () => {
    const tokens = ['a', 'b', 'c', 'd', 'e']
    const anyLeg = fc
      .tuple(
        fc.integer({ min: 0, max: 3 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 10_000 }),
      )
      .map(([from, step, shareBps]) =>
        leg(tokens[from] ?? 'a', tokens[Math.min(4, from + step)] ?? 'e', shareBps),
      )
    fc.assert(
      fc.property(fc.array(anyLeg, { minLength: 1, maxLength: 9 }), (legs) => {
        const { boxes, streams, width, height } = layoutRoute(legs, 700)
        expect(streams).toHaveLength(legs.length)
        for (const [index, box] of boxes.entries()) {
          expect(box.x >= -0.01 && box.x + box.width <= width + 0.01).toBe(true)
          expect(box.y >= -0.01 && box.y + box.height <= height + 0.01).toBe(true)
          for (const other of boxes.slice(index + 1)) expect(overlap(box, other)).toBe(false)
        }
      }),
    )
  })

  it('ends for a circle as well', () => {
    expect(layoutRoute([leg('a', 'b'), leg('b', 'a')], 700).streams).toHaveLength(2)
  })
})
