import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { costMethods } from '../../../../shared/contract/settings.ts'
import { type BasisEvent, computeBasis } from './computeBasis.ts'

const buy = (units: bigint, value?: bigint): BasisEvent => ({ direction: 'in', units, value })
const sell = (units: bigint, value?: bigint): BasisEvent => ({ direction: 'out', units, value })

describe('cost and gain', () => {
  test('first in, first out', () => {
    const basis = computeBasis([buy(10n, 100n), buy(10n, 200n), sell(15n, 300n)], 'fifo')
    // Sold for 300: ten that cost 100, and five of those that cost 200.
    expect(basis).toEqual({ units: 5n, knownUnits: 5n, cost: 100n, realised: 100n, unaccountedUnits: 0n })
  })

  test('by average', () => {
    const basis = computeBasis([buy(10n, 100n), buy(10n, 200n), sell(15n, 300n)], 'average')
    expect(basis).toEqual({ units: 5n, knownUnits: 5n, cost: 75n, realised: 75n, unaccountedUnits: 0n })
  })

  test.each(costMethods)('%s: of what nobody knows the cost, no gain is claimed', (method) => {
    const basis = computeBasis([buy(10n), buy(10n, 100n), sell(10n, 500n), sell(5n, 100n)], method)
    expect(basis).toEqual({ units: 5n, knownUnits: 5n, cost: 50n, realised: 50n, unaccountedUnits: 10n })
  })

  test.each(costMethods)('%s: more may go out than was seen coming in', (method) => {
    expect(computeBasis([sell(5n, 100n), buy(1n, 10n)], method)).toEqual({
      units: 1n,
      knownUnits: 1n,
      cost: 10n,
      realised: 0n,
      unaccountedUnits: 5n,
    })
  })
})

const event = fc.record({
  direction: fc.constantFrom('in' as const, 'out' as const),
  units: fc.bigInt(1n, 10n ** 24n),
  value: fc.option(fc.bigInt(0n, 10n ** 26n), { nil: undefined }),
})

describe('whatever the events', () => {
  test.each(costMethods)('%s: units are conserved, and known cost is within all cost', (method) => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        const basis = computeBasis(events, method)
        let held = 0n
        for (const { direction, units } of events) {
          held = direction === 'in' ? held + units : held > units ? held - units : 0n
        }
        expect(basis.units).toBe(held)
        expect(basis.knownUnits <= basis.units).toBe(true)
        expect(basis.cost >= 0n).toBe(true)
      }),
    )
  })

  test('both methods agree on the gain once everything known is sold, to the unit', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.bigInt(1n, 10n ** 20n), fc.bigInt(0n, 10n ** 22n)), {
          minLength: 1,
          maxLength: 20,
        }),
        fc.bigInt(0n, 10n ** 24n),
        (buys, proceeds) => {
          const total = buys.reduce((sum, [units]) => sum + units, 0n)
          const cost = buys.reduce((sum, [, value]) => sum + value, 0n)
          const events = [...buys.map(([units, value]) => buy(units, value)), sell(total, proceeds)]
          for (const method of costMethods) {
            expect(computeBasis(events, method)).toMatchObject({
              units: 0n,
              cost: 0n,
              realised: proceeds - cost,
            })
          }
        },
      ),
    )
  })
})

describe('the gain of all that ever happened', () => {
  test.each(costMethods)('%s: what was paid, got and is still held add up', (method) => {
    const known = fc.record({
      direction: fc.constantFrom('in' as const, 'out' as const),
      units: fc.bigInt(1n, 10n ** 24n),
      value: fc.bigInt(0n, 10n ** 26n),
    })
    fc.assert(
      fc.property(fc.array(known, { maxLength: 40 }), (events) => {
        // Never more out than in: then every unit has a cost.
        let held = 0n
        const possible = events.filter(({ direction, units }) => {
          if (direction === 'out' && units > held) return false
          held += direction === 'in' ? units : -units
          return true
        })
        const total = (side: 'in' | 'out') =>
          possible.reduce((sum, { direction, value }) => (direction === side ? sum + value : sum), 0n)
        const basis = computeBasis(possible, method)
        expect(basis.realised).toBe(total('out') - (total('in') - basis.cost))
        expect(basis.unaccountedUnits).toBe(0n)
      }),
    )
  })
})
