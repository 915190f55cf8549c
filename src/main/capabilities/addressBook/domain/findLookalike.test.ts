import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Address } from '../../../../shared/identity/identity.ts'
import { findLookalike } from './findLookalike.ts'

const known = '0x8ba1f109551bD432803012645Ac136ddd64DBA72' as Address
/** `known` with everything in the middle exchanged. */
const forge = (prefix: number, suffix: number): Address => {
  const digits = known.slice(2).toLowerCase()
  const middle = [...digits.slice(prefix, 40 - suffix)].map((digit) =>
    ((Number.parseInt(digit, 16) + 1) % 16).toString(16),
  )
  return `0x${digits.slice(0, prefix)}${middle.join('')}${digits.slice(40 - suffix)}`
}

describe('an address that was made to look like a known one', () => {
  test.each([
    [4, 4],
    [3, 4],
    [5, 3],
    [6, 6],
    [12, 12],
  ])('is found when %i characters in front and %i at the end agree', (prefix, suffix) => {
    expect(findLookalike(forge(prefix, suffix), [known])).toEqual({ address: known, prefix, suffix })
  })

  test.each([
    [0, 12],
    [12, 0],
    [2, 8],
    [3, 3],
  ])('is none when only %i and %i agree', (prefix, suffix) => {
    expect(findLookalike(forge(prefix, suffix), [known])).toBeUndefined()
  })

  test('is compared with every known one, and the most similar is named', () => {
    const closer = forge(8, 8)
    const found = findLookalike(forge(9, 9), [known, closer])
    expect(found?.address).toBe(known)
  })
})

describe('what is no lookalike', () => {
  test('a known address, in whatever case, although another known one resembles it', () => {
    expect(findLookalike(known.toLowerCase() as Address, [forge(6, 6), known])).toBeUndefined()
  })

  test('contracts with many zeros in front, which are chosen to save gas', () => {
    const seaport = '0x0000000000000068F116a894984e2DB1123eB395' as Address
    const other = '0x00000000000000ADc04C56Bf30aC9d3c0aAF1395' as Address
    expect(findLookalike(other, [seaport])).toBeUndefined()
  })

  test('ordinary addresses, by chance, hardly ever', () => {
    const address = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 40, maxLength: 40 })
    fc.assert(
      fc.property(address, fc.array(address, { maxLength: 20 }), (one, others) => {
        fc.pre(!others.includes(one))
        expect(
          findLookalike(
            `0x${one}`,
            others.map((each) => `0x${each}` as const),
          ),
        ).toBeUndefined()
      }),
    )
  })
})
