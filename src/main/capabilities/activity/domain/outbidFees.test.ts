import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findNonceGaps } from './findNonceGaps.ts'
import { outbidFees } from './outbidFees.ts'

const caps = fc
  .tuple(fc.bigInt(0n, 10n ** 14n), fc.bigInt(0n, 10n ** 14n))
  .map(([a, b]) => ({ maxFeePerGas: a + b, maxPriorityFeePerGas: b }))

describe('fees of a replacement', () => {
  test('raise both by a tenth at least, as every node asks, and stay in order', () => {
    fc.assert(
      fc.property(caps, caps, (former, usual) => {
        const fees = outbidFees(former, usual)
        expect(fees.maxFeePerGas * 10n >= former.maxFeePerGas * 11n).toBe(true)
        expect(fees.maxPriorityFeePerGas * 10n >= former.maxPriorityFeePerGas * 11n).toBe(true)
        expect(fees.maxFeePerGas >= usual.maxFeePerGas).toBe(true)
        expect(fees.maxFeePerGas >= fees.maxPriorityFeePerGas).toBe(true)
      }),
    )
  })
})

describe('gaps between transaction numbers', () => {
  test.each([
    ['none without waiting ones', 5, [], []],
    ['none in an unbroken row', 5, [5, 6, 6, 7], []],
    ['one before all', 5, [6, 7], [{ nonce: 5, waiting: 2 }]],
    [
      'several, each with how many wait for it',
      5,
      [5, 7, 10],
      [
        { nonce: 6, waiting: 2 },
        { nonce: 8, waiting: 1 },
        { nonce: 9, waiting: 1 },
      ],
    ],
    ['of what is settled already, none', 9, [5, 7], []],
  ])('%s', (_name, latest, open, gaps) => {
    expect(findNonceGaps(latest, open)).toEqual(gaps)
  })
})
