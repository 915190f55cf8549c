import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rankAscending } from './rankAscending.ts'

describe('rankAscending', () => {
  it('is a stable sort of any finite values', () => {
    const value = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e3, max: 1e3 }),
      fc.constantFrom(0, -0, 1e-9, -1e-9, 1e-300, -1e-300, 1, 1 + Number.EPSILON),
    )
    fc.assert(
      fc.property(fc.array(value, { maxLength: 60 }), (list) => {
        const values = Float64Array.from(list)
        const expected = list.map((_, index) => index).sort((x, y) => (list[x] ?? 0) - (list[y] ?? 0))
        expect([...rankAscending(values)]).toEqual(expected)
      }),
    )
  })
})
