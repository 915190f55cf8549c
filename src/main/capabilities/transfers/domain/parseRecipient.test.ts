import fc from 'fast-check'
import { getAddress } from 'viem'
import { expect, test } from 'vitest'
import { codePoint } from '../../../../shared/testing/codePoint.ts'
import { isNormalisedName } from './isNormalisedName.ts'
import { parseRecipient } from './parseRecipient.ts'

const addresses = fc
  .uint8Array({ minLength: 20, maxLength: 20 })
  .map((bytes) => getAddress(`0x${Buffer.from(bytes).toString('hex')}`))

const codeOf = (text: string) => {
  try {
    return parseRecipient(text)
  } catch (thrown) {
    return (thrown as { code: string }).code
  }
}

test('any address is taken with its checksum, or in one case, and comes back with it', () => {
  fc.assert(
    fc.property(addresses, (address) => {
      const expected = { kind: 'address', address }
      expect(parseRecipient(` ${address}\n`)).toEqual(expected)
      expect(parseRecipient(address.toLowerCase())).toEqual(expected)
      expect(parseRecipient(`0x${address.slice(2).toUpperCase()}`)).toEqual(expected)
    }),
  )
})

test('an address with one letter in the other case is refused', () => {
  fc.assert(
    fc.property(addresses, fc.nat({ max: 39 }), (address, position) => {
      const digits = [...address.slice(2)]
      const letter = digits[position] ?? ''
      digits[position] = letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase()
      const other = digits.join('')
      // One case throughout states no checksum, and a figure has no case.
      fc.pre(/[a-f]/i.test(letter) && other !== other.toLowerCase() && other !== other.toUpperCase())
      expect(codeOf(`0x${other}`)).toBe('address.wrongChecksum')
    }),
  )
})

test.each([
  ['', 'address.invalid'],
  ['hana', 'address.invalid'],
  ['0x', 'address.invalid'],
  [`0x${'1'.repeat(39)}`, 'address.invalid'],
  [`0x${'1'.repeat(41)}`, 'address.invalid'],
  [`0X${'1'.repeat(40)}`, 'address.invalid'],
  ['1'.repeat(40), 'address.invalid'],
  ['ha na.eth', 'address.invalid'],
  ['h\u0430na.eth', 'address.invalid'],
  ['.eth', 'address.invalid'],
])('%j is refused', (text, code) => {
  expect(codeOf(text)).toBe(code)
})

test('names are normalised', () => {
  expect(parseRecipient('Hana.ETH')).toEqual({ kind: 'name', name: 'hana.eth' })
  expect(parseRecipient('港.eth')).toEqual({ kind: 'name', name: '港.eth' })
})

test('never throws anything but its own errors', () => {
  fc.assert(
    fc.property(fc.string({ unit: codePoint, maxLength: 60 }), (text) => {
      const result = codeOf(text)
      if (typeof result === 'string') expect(result).toMatch(/^address\.(invalid|wrongChecksum)$/)
    }),
  )
})

test('a claimed name counts only in its normal form', () => {
  expect(isNormalisedName('hana.eth')).toBe(true)
  expect(isNormalisedName('Hana.eth')).toBe(false)
  expect(isNormalisedName('hana')).toBe(false)
  expect(isNormalisedName('h\u0430na.eth')).toBe(false)
})
