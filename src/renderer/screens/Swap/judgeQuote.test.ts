import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { baseUnits } from '../../../shared/money/units.ts'
import { judgePromise, type QuotePromise, type SeenPromise, takeSeen } from './judgeQuote.ts'

const receive = (units: bigint): QuotePromise => ({ side: 'receive', units: baseUnits(units) })
const pay = (units: bigint): QuotePromise => ({ side: 'pay', units: baseUnits(units) })

describe('judgePromise', () => {
  it.each([
    [receive(100n), receive(99n), 'worse'],
    [receive(100n), receive(101n), 'better'],
    [receive(100n), receive(100n), 'same'],
    [pay(100n), pay(101n), 'worse'],
    [pay(100n), pay(99n), 'better'],
    [receive(100n), pay(100n), 'new'],
  ] as const)('finds after %o that %o is %s', (before, now, verdict) => {
    expect(judgePromise({ question: 'q', promise: before }, 'q', now)).toBe(verdict)
  })

  it('compares answers to one question only', () => {
    expect(judgePromise({ question: 'q', promise: receive(100n) }, 'other', receive(1n))).toBe('new')
    expect(judgePromise(undefined, 'q', receive(1n))).toBe('new')
  })

  it('asks for a confirmation whenever less is promised than was ever seen, however small the steps', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: 0n, max: 1_000n }), { minLength: 1 }), (amounts) => {
        let seen: SeenPromise | undefined
        let best = -1n
        for (const units of amounts) {
          const verdict = judgePromise(seen, 'q', receive(units))
          expect(verdict === 'worse').toBe(units < best)
          seen = takeSeen(seen, 'q', receive(units))
          best = units > best ? units : best
          expect(seen.promise.units).toBe(best)
        }
      }),
    )
  })
})
