import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Address, ChainId } from '../../../../shared/identity/identity.ts'
import { baseUnits } from '../../../../shared/money/units.ts'
import { runs } from '../../../../shared/testing/thoroughness.ts'
import { findOrderRings, type RingOffer } from './findOrderRings.ts'
import { isAtRate } from './orderPrices.ts'

const chainId = 1 as ChainId
const token = (name: string) => `0x${name.padStart(40, '0')}` as Address

function offer(give: string, get: string, sold: bigint, bought: bigint, more: Partial<RingOffer> = {}) {
  const made: RingOffer = {
    id: `${give}-${get}-${sold}-${bought}`,
    source: 'signed',
    isOwn: false,
    give: token(give),
    get: token(get),
    rate: { sold: baseUnits(sold), bought: baseUnits(bought) },
    available: sold,
    isPartial: true,
    ...more,
  }
  return made
}

describe('findOrderRings', () => {
  test('finds who pays whom, and what each gets beyond its limit', () => {
    const own = { source: 'armed', isOwn: true } as const
    const rings = findOrderRings(chainId, [
      offer('a', 'b', 1_000n, 900n, own),
      offer('b', 'c', 900n, 900n),
      // The same token, written otherwise.
      { ...offer('c', 'a', 900n, 900n), give: token('C') },
    ])
    expect(rings).toHaveLength(1)
    expect(rings[0]?.members.map(({ offer: { id } }) => id)).toEqual([
      'a-b-1000-900',
      'b-c-900-900',
      'c-a-900-900',
    ])
    for (const { surplus } of rings[0]?.members ?? []) expect(surplus).toBeGreaterThan(0n)
  })

  test('leaves out what is a fill of an armed order, and what the user would exchange with himself', () => {
    const armed = { source: 'armed', isOwn: true } as const
    const pair = [offer('a', 'b', 1_000n, 900n), offer('b', 'a', 1_000n, 900n)] as const
    expect(findOrderRings(chainId, [{ ...pair[0], ...armed }, pair[1]])).toEqual([])
    expect(
      findOrderRings(
        chainId,
        pair.map((each) => ({ ...each, isOwn: true })),
      ),
    ).toEqual([])
    expect(findOrderRings(chainId, [{ ...pair[0], isOwn: true }, pair[1]])).toHaveLength(1)
  })

  test('gives nobody less than the limit and uses nobody up, whatever the orders', () => {
    const amount = fc.bigInt({ min: 1n, max: 2n ** 96n })
    const name = fc.constantFrom('a', 'b', 'c', 'd', 'e')
    const any = fc.record({
      give: name,
      get: name,
      sold: amount,
      bought: amount,
      available: amount,
      isOwn: fc.boolean(),
      isPartial: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(any, { minLength: 2, maxLength: 30 }), (drawn) => {
        const offers = drawn.map(({ give, get, sold, bought, ...more }, index) =>
          offer(give, get, sold, bought, { ...more, id: `${index}` }),
        )
        const used = new Map<string, bigint>()
        for (const { members } of findOrderRings(chainId, offers)) {
          for (const [index, { offer: each, sold, bought, surplus }] of members.entries()) {
            expect(isAtRate(sold, bought, each.rate)).toBe(true)
            expect(surplus).toBeGreaterThanOrEqual(0n)
            expect(members[(index + 1) % members.length]?.sold).toBe(bought)
            used.set(each.id, (used.get(each.id) ?? 0n) + sold)
          }
        }
        for (const { id, available } of offers) expect(used.get(id) ?? 0n).toBeLessThanOrEqual(available)
      }),
      { seed: 7, numRuns: runs(300) },
    )
  })
})
