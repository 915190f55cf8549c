import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseTokenList } from './parseTokenList.ts'
import { writeTokenList } from './writeTokenList.ts'

const hex = fc.array(fc.constantFrom(...'0123456789abcdef'), { minLength: 40, maxLength: 40 })
const list = fc.record({
  name: fc.string({ minLength: 1, maxLength: 60 }).filter((name) => name.trim() !== ''),
  version: fc.record({ major: fc.nat(9), minor: fc.nat(9), patch: fc.nat(9) }),
  tokens: fc.array(
    fc.record({
      chainId: fc.integer({ min: 1, max: 100 }),
      address: hex.map((digits) => `0x${digits.join('')}`),
      symbol: fc.string({ minLength: 1, maxLength: 20 }),
      name: fc.string({ maxLength: 50 }),
      decimals: fc.nat(36),
    }),
    { minLength: 1, maxLength: 10 },
  ),
})

test('what was read from a list is read from its writing again', () => {
  fc.assert(
    fc.property(list, (raw) => {
      let read: ReturnType<typeof parseTokenList>
      try {
        read = parseTokenList(JSON.stringify(raw))
      } catch {
        // A list without a token that can be named is none.
        return
      }
      expect(parseTokenList(writeTokenList(read))).toEqual({ ...read, skipped: 0 })
    }),
  )
})
