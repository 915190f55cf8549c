import fc from 'fast-check'
import { expect, test } from 'vitest'
import { costMethods } from '../../../../shared/contract/settings.ts'
import { computeBasis } from './computeBasis.ts'
import { settleHeld } from './settleHeld.ts'

test('what was there before is of unknown cost, and never counted as bought for nothing', () => {
  const events = settleHeld(
    [
      { units: -4n, value: 40n },
      { units: 5n, value: 10n },
    ],
    11n,
  )
  expect(computeBasis(events, 'fifo')).toEqual({
    units: 11n,
    knownUnits: 5n,
    cost: 10n,
    realised: 0n,
    unaccountedUnits: 4n,
  })
})

test.each(costMethods)('%s: whatever a history lacks, the end is what is held', (method) => {
  const move = fc.record({
    units: fc.bigInt(-(10n ** 20n), 10n ** 20n).filter((units) => units !== 0n),
    value: fc.option(fc.bigInt(0n, 10n ** 24n), { nil: undefined }),
  })
  fc.assert(
    fc.property(fc.array(move, { maxLength: 30 }), fc.bigInt(0n, 10n ** 21n), (moves, held) => {
      const events = settleHeld(moves, held)
      expect(events.every(({ units }) => units >= 0n)).toBe(true)
      const basis = computeBasis(events, method)
      expect(basis.units).toBe(held)
      expect(basis.knownUnits <= held).toBe(true)
    }),
  )
})
