import fc from 'fast-check'
import { encodeAbiParameters, hexToBytes, stringToHex } from 'viem'
import { expect, test } from 'vitest'
import type { Address, ChainId } from '../../../../shared/identity/identity.ts'
import { decodeTokenDecimals } from './decodeTokenDecimals.ts'
import { decodeTokenText } from './decodeTokenText.ts'
import { nameListedToken } from './nameListedToken.ts'
import { readMetadata } from './readMetadata.ts'

const text = (value: string) => hexToBytes(encodeAbiParameters([{ type: 'string' }], [value]))
const word = (value: bigint) => hexToBytes(encodeAbiParameters([{ type: 'uint256' }], [value]))
const address = `0x${'a'.repeat(40)}` as Address

test('reads ABI strings and the 32 bytes of early tokens', () => {
  expect(decodeTokenText(text('USDC'), 32)).toBe('USDC')
  expect(decodeTokenText(text('EUR₵ 港'), 32)).toBe('EUR₵ 港')
  expect(decodeTokenText(hexToBytes(stringToHex('MKR', { size: 32 })), 32)).toBe('MKR')
  expect(decodeTokenText(hexToBytes(stringToHex('A'.repeat(32), { size: 32 })), 32)).toBe('A'.repeat(32))
})

test.each([
  ['nothing', undefined],
  ['no bytes', new Uint8Array()],
  ['an empty string', text('')],
  ['only invisible characters', text('\u200b\u202e')],
  ['zeros', new Uint8Array(32)],
  ['an offset beyond the data', new Uint8Array(64).fill(255)],
])('has no text for %s', (_name, data) => {
  expect(decodeTokenText(data, 32)).toBeUndefined()
})

test('cleans and cuts hostile text', () => {
  expect(decodeTokenText(text('USD\u202eC\nfree money'), 32)).toBe('USD C free money')
  expect([...(decodeTokenText(text('V'.repeat(100_000)), 32) ?? '')].length).toBe(32)
})

test('any bytes give clean text or none', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (data) => {
      const decoded = decodeTokenText(data, 32)
      if (decoded === undefined) return
      expect([...decoded].length).toBeLessThanOrEqual(32)
      expect(decoded).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    }),
  )
})

test('decimals are one word within a byte', () => {
  expect(decodeTokenDecimals(word(6n))).toBe(6)
  expect(decodeTokenDecimals(word(255n))).toBe(255)
  expect(decodeTokenDecimals(word(256n))).toBeUndefined()
  expect(decodeTokenDecimals(new Uint8Array(31))).toBeUndefined()
  expect(decodeTokenDecimals(undefined)).toBeUndefined()
})

test('a token needs a symbol and decimals; its symbol stands in for a missing name', () => {
  const raw = { address, symbol: text('ABC'), name: undefined, decimals: word(18n) }
  expect(readMetadata(raw)).toEqual({ symbol: 'ABC', name: 'ABC', decimals: 18 })
  expect(readMetadata({ ...raw, symbol: undefined })).toBeUndefined()
  expect(readMetadata({ ...raw, decimals: undefined })).toBeUndefined()
})

test('a listed token without decimals is confirmed by a contract of the same symbol only', () => {
  const listed = {
    ref: { chainId: 1 as ChainId, address },
    symbol: 'USDT',
    name: 'Tether USD',
    assetClass: 'stablecoin' as const,
    pegCurrency: 'USD',
  }
  expect(nameListedToken(listed, undefined)).toBeUndefined()
  expect(nameListedToken(listed, { symbol: 'SCAM', name: 'Tether USD', decimals: 6 })).toBeUndefined()
  expect(nameListedToken(listed, { symbol: 'USDt', name: 'other', decimals: 6 })).toEqual({
    ...listed,
    decimals: 6,
    source: 'list',
  })
  expect(nameListedToken({ ...listed, decimals: 6 }, undefined)).toMatchObject({ decimals: 6 })
})
