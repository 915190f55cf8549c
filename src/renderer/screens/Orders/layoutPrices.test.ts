import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Order } from '../../../shared/contract/orders.ts'
import { listMarks, scalePrices } from './layoutPrices.ts'

const box = { left: 0, right: 600, top: 10, bottom: 160 }

describe('the scale of a price picture', () => {
  it('leads from a price to a height and back, and holds the market and all that is near it', () => {
    const price = fc.double({ min: 1e-6, max: 1e9, noNaN: true })
    fc.assert(
      fc.property(
        price,
        fc.array(fc.double({ min: 0.5, max: 1.5, noNaN: true }), { maxLength: 5 }),
        (market, shares) => {
          const past = shares.map((share) => share * market)
          const scale = scalePrices(past, [], market, box)
          for (const each of [...past, market]) {
            const y = scale.toY(each)
            expect(y).toBeGreaterThanOrEqual(box.top - 1e-6)
            expect(y).toBeLessThanOrEqual(box.bottom + 1e-6)
            expect(Math.abs(scale.toPrice(y) - each)).toBeLessThanOrEqual(market * 1e-9)
          }
          expect(scale.toY(scale.most)).toBeLessThan(scale.toY(scale.least))
        },
      ),
      { seed: 7 },
    )
  })

  it('is stretched by an order near the market, and not by one far away', () => {
    expect(scalePrices([], [150], 100, box).most).toBeGreaterThan(150)
    expect(scalePrices([], [1_000], 100, box).most).toBeLessThan(150)
  })
})

it('draws each part of a bracket on the side that it trades', () => {
  const token = (address: string, decimals: number) => ({ ref: { chainId: 1, address }, decimals })
  const pair = { base: token('0x1', 18), quote: token('0x2', 6) }
  const leg = (role: string, side: string, quote: bigint) => ({
    id: role,
    role,
    side,
    state: 'armed',
    limit: { quote, base: 10n ** 12n },
  })
  const order = {
    ...pair,
    side: 'buy',
    terms: { type: 'bracket' },
    legs: [leg('entry', 'buy', 3n), leg('takeProfit', 'sell', 4n), leg('stopLoss', 'sell', 2n)],
  } as unknown as Order
  expect(listMarks([order], pair as never).map(({ role, side, price }) => [role, side, price])).toEqual([
    ['entry', 'buy', 3],
    ['takeProfit', 'sell', 4],
    ['stopLoss', 'sell', 2],
  ])
})
