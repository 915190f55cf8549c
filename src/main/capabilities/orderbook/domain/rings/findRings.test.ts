import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRingOrders } from '../../../../../../bench/orderbook/createRingOrders.ts'
import { runs } from '../../../../../shared/testing/thoroughness.ts'
import { findRings } from './findRings.ts'
import type { Ring, RingOrder } from './ringOrder.ts'
import { floorRoot, splitSurplus as splitMembers, toMember } from './splitSurplus.ts'

function order(
  sell: string,
  buy: string,
  sellAmount: bigint,
  buyAmount: bigint,
  more: Partial<RingOrder> = {},
) {
  const id = `${sell}-${buy}-${sellAmount}-${buyAmount}`
  const made: RingOrder = {
    id,
    sellToken: sell,
    buyToken: buy,
    sellAmount,
    buyAmount,
    available: sellAmount,
    isPartial: true,
    ...more,
  }
  return made
}

const splitSurplus = (orders: readonly RingOrder[]) => splitMembers(orders.map(toMember))

function expectFair(rings: readonly Ring[], orders: readonly RingOrder[]): void {
  const sold = new Map<string, bigint>()
  for (const ring of rings) {
    expect(ring.length).toBeGreaterThanOrEqual(2)
    expect(ring.length).toBeLessThanOrEqual(4)
    expect(new Set(ring.map((fill) => fill.order.sellToken)).size).toBe(ring.length)
    for (const [index, fill] of ring.entries()) {
      const next = ring[(index + 1) % ring.length]
      expect(next?.order.sellToken).toBe(fill.order.buyToken)
      expect(next?.sold).toBe(fill.bought)
      expect(fill.sold > 0n && fill.bought > 0n).toBe(true)
      expect(fill.bought * fill.order.sellAmount >= fill.sold * fill.order.buyAmount).toBe(true)
      sold.set(fill.order.id, (sold.get(fill.order.id) ?? 0n) + fill.sold)
    }
  }
  for (const { id, available, isPartial } of orders) {
    const used = sold.get(id) ?? 0n
    expect(used <= available).toBe(true)
    if (!isPartial) expect(used === 0n || used === available).toBe(true)
  }
}

describe('splitSurplus', () => {
  it('shares the surplus evenly', () => {
    const ring = splitSurplus([order('a', 'b', 400n, 100n), order('b', 'a', 100n, 100n)])
    // The limits leave a factor of four: each price is bettered by two.
    expect(ring?.map(({ sold, bought }) => [sold, bought])).toEqual([
      [200n, 100n],
      [100n, 200n],
    ])
  })

  it('leaves the limits as they are where nothing is to share', () => {
    const ring = splitSurplus([order('a', 'b', 3n, 7n), order('b', 'a', 7n, 3n)])
    expect(ring?.map(({ sold }) => sold)).toEqual([3n, 7n])
    expect(splitSurplus([order('a', 'b', 3n, 8n), order('b', 'a', 7n, 3n)])).toBeUndefined()
  })

  it('takes the orders in the order given, whichever of them is the smallest', () => {
    for (const scale of [1n, 1_000n]) {
      const ring = splitSurplus([
        order('a', 'b', 1_000n * scale, 900n * scale),
        order('b', 'c', 1_000_000n / scale, 900_000n / scale),
        order('c', 'a', 50_000n, 45_000n),
      ])
      expect(ring?.map((fill) => fill.order.sellToken)).toEqual(['a', 'b', 'c'])
    }
  })

  it('never cuts an order that must be filled whole', () => {
    const whole = { isPartial: false }
    expect(
      splitSurplus([order('a', 'b', 100n, 90n, whole), order('b', 'a', 95n, 90n, whole)])?.map((f) => f.sold),
    ).toEqual([100n, 95n])
    expect(
      splitSurplus([order('a', 'b', 100n, 90n, whole), order('b', 'a', 9_500n, 9_000n, whole)]),
    ).toBeUndefined()
  })

  it('finds the amounts at which orders that are filled as a whole fit, however small', () => {
    const ratio = fc.record({ sell: fc.bigInt({ min: 1n, max: 50n }), buy: fc.bigInt({ min: 1n, max: 50n }) })
    const scale = fc.constantFrom(1n, 7n, 10n ** 6n, 10n ** 18n)
    fc.assert(
      fc.property(fc.array(ratio, { minLength: 1, maxLength: 3 }), scale, (ratios, first) => {
        // Each sells exactly what the one before asks for at its limit, and the last asks for what the first sells.
        const amounts = [first]
        for (const { sell, buy } of ratios) amounts.push(((amounts.at(-1) ?? 0n) * buy + sell - 1n) / sell)
        const orders = amounts.map((available, index) => {
          const limit = ratios[index] ?? { sell: available, buy: first }
          const next = (index + 1) % amounts.length
          return order(`t${index}`, `t${next}`, limit.sell, limit.buy, { available, isPartial: false })
        })
        // Rounding up may have asked for more than the last limit leaves.
        const [bought, sold] = orders.reduce(([b, s], e) => [b * e.buyAmount, s * e.sellAmount], [1n, 1n])
        fc.pre(bought <= sold)
        const ring = splitSurplus(orders)
        expect(ring?.map((fill) => fill.sold)).toEqual(amounts)
        expectFair([ring ?? []], orders)
      }),
      { seed: 7, numRuns: runs(1_000) },
    )
  })

  it('gives everybody the limit and loses no unit, for any amounts', () => {
    const amount = fc.bigInt({ min: 1n, max: 2n ** 120n })
    const entry = fc.record({ sell: amount, buy: amount, available: amount })
    fc.assert(
      fc.property(fc.array(entry, { minLength: 2, maxLength: 4 }), (entries) => {
        const orders = entries.map(({ sell, buy, available }, index) =>
          order(`t${index}`, `t${(index + 1) % entries.length}`, sell, buy, { available }),
        )
        const ring = splitSurplus(orders)
        if (ring !== undefined) expectFair([ring], orders)
        // Without a surplus there is no ring; with a plain one there is.
        const [bought, sold] = entries.reduce(([b, s], e) => [b * e.buy, s * e.sell], [1n, 1n])
        if (bought > sold) expect(ring).toBeUndefined()
      }),
      { seed: 7, numRuns: runs(1_000) },
    )
  })

  it('betters every price by the same factor', () => {
    const amount = fc.bigInt({ min: 10n ** 18n, max: 10n ** 24n })
    fc.assert(
      fc.property(amount, amount, amount, fc.integer({ min: 1, max: 50 }), (a, b, c, percent) => {
        const more = (value: bigint) => (value * BigInt(100 + percent)) / 100n
        const ring = splitSurplus([order('a', 'b', more(a), b), order('b', 'c', b, c), order('c', 'a', c, a)])
        const gains = (ring ?? []).map(
          ({ order: { sellAmount, buyAmount }, sold, bought }) =>
            Number(((bought * sellAmount - sold * buyAmount) * 10n ** 12n) / (sold * buyAmount)) / 1e12,
        )
        expect(gains).toHaveLength(3)
        for (const gain of gains)
          expect(Math.abs(gain - ((1 + percent / 100) ** (1 / 3) - 1))).toBeLessThan(1e-9)
      }),
      { seed: 7, numRuns: runs(200) },
    )
  })
})

describe('floorRoot', () => {
  it('is the largest root', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 2n ** 800n }),
        fc.integer({ min: 2, max: 4 }),
        (value, degree) => {
          const root = floorRoot(value, degree)
          expect(root ** BigInt(degree) <= value && (root + 1n) ** BigInt(degree) > value).toBe(true)
        },
      ),
      { seed: 7, numRuns: runs(500) },
    )
  })
})

describe('findRings', () => {
  it.each([2, 3, 4])('finds a ring of %i orders and nothing else', (length) => {
    const tokens = ['a', 'b', 'c', 'd'].slice(0, length)
    const orders = tokens.map((token, index) =>
      order(token, tokens[(index + 1) % length] ?? '', 1_000n, 990n),
    )
    const rings = findRings([...orders, order('x', 'a', 10n, 11n), order('a', 'x', 10n, 10n)])
    expect(rings).toHaveLength(1)
    expect(rings[0]).toHaveLength(length)
    expectFair(rings, orders)
  })

  it('goes on with what an order has left', () => {
    const large = order('a', 'b', 1_000n, 900n)
    const small = [order('b', 'a', 300n, 290n), order('b', 'a', 400n, 390n)]
    const rings = findRings([large, ...small])
    expect(rings).toHaveLength(2)
    expectFair(rings, [large, ...small])
  })

  it('takes nobody below the limit in crowded markets', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2 ** 31 - 1 }),
        fc.integer({ min: 2, max: 12 }),
        (seed, tokens) => {
          const orders = createRingOrders(seed, 150, tokens, 0.02)
          expectFair(findRings(orders), orders)
        },
      ),
      { seed: 7, numRuns: runs(150) },
    )
  })
})
