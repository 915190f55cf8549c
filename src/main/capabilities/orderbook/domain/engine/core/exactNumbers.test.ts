import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromExact, toDouble, toExact } from './exactNumbers.ts'

const largest = BigInt(Number.MAX_SAFE_INTEGER)
const edges = [0n, 1n, 2n ** 31n, 2n ** 32n - 1n, 2n ** 32n, 2n ** 52n, largest - 1n, largest]

describe('exact numbers', () => {
  it('are what Number and BigInt make of an amount that a double holds', () => {
    const amounts = fc.oneof(fc.constantFrom(...edges), fc.bigInt({ min: 0n, max: largest }))
    fc.assert(
      fc.property(amounts, (amount) => {
        expect(toExact(amount)).toBe(Number(amount))
        expect(fromExact(Number(amount))).toBe(amount)
      }),
    )
  })

  it('are doubles as long as those hold the amount', () => {
    const amounts = fc.oneof(
      fc.constantFrom(
        ...edges,
        10n ** 18n,
        10n ** 19n,
        2n ** 63n,
        2n ** 64n - 1n,
        2n ** 64n - 2n ** 11n,
        2n ** 64n,
      ),
      fc.bigInt({ min: -1n, max: 2n ** 65n }),
      fc
        .tuple(fc.bigInt({ min: 0n, max: largest }), fc.integer({ min: 0, max: 12 }))
        .map(([amount, zeros]) => amount << BigInt(zeros)),
    )
    fc.assert(
      fc.property(amounts, (amount) => {
        const isHeld = amount >= 0n && amount < 2n ** 64n && BigInt(Number(amount)) === amount
        expect(toDouble(amount)).toBe(isHeld ? Number(amount) : Number.NaN)
      }),
    )
  })

  it('are not made of anything else', () => {
    const beyond = [largest + 1n, 2n ** 63n, 2n ** 64n - 1n, 2n ** 64n, 2n ** 64n + 1n, 2n ** 256n - 1n]
    const others = fc.oneof(
      fc.constantFrom(...beyond, -1n, -largest, -(2n ** 64n), -(2n ** 64n) + 1n),
      fc.bigInt({ min: largest + 1n, max: 2n ** 256n }),
      fc.bigInt({ min: -(2n ** 70n), max: -1n }),
    )
    fc.assert(
      fc.property(others, (amount) => {
        expect(toExact(amount)).toBeNaN()
      }),
    )
  })
})
