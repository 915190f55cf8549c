import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { encodeHex } from '../memory/bytes.ts'
import { utf8 } from '../testing/createTestSigner.ts'
import { readTestCases } from '../testing/readTestCases.ts'
import { parsePrivateKey } from './parsePrivateKey.ts'
import { createWalletKeys } from './walletKeys.ts'

const accounts = z
  .array(z.object({ privateKey: z.string().optional(), checksumAddress: z.string() }))
  .parse(readTestCases('accounts'))
  .flatMap(({ privateKey, checksumAddress }) => (privateKey ? [{ privateKey, checksumAddress }] : []))

describe('private keys of @ethersproject/testcases', () => {
  it('lead to the published addresses, with the checksum of EIP-55', async () => {
    expect(accounts.length).toBeGreaterThan(1_000)
    for (const { privateKey, checksumAddress } of accounts) {
      const key = parsePrivateKey(utf8(` ${privateKey}\n`))
      const keys = createWalletKeys({ kind: 'privateKey', privateKey: encodeHex(key) })
      expect(await keys.addressAt(undefined)).toBe(checksumAddress)
    }
  })
})

describe('parsePrivateKey', () => {
  it('takes digits with and without 0x, in either case', () => {
    const digits = 'aBcDeF0123456789'.repeat(4)
    for (const text of [digits, `0x${digits}`, `0X${digits.toUpperCase()}`, `\t${digits} \r\n`]) {
      expect(encodeHex(parsePrivateKey(utf8(text)))).toBe(digits.toLowerCase())
    }
  })

  // SEC 2: the order of secp256k1; keys are 1 to n - 1.
  it.each([
    ['nothing', ''],
    ['zero', '00'.repeat(32)],
    ['the order of the curve', 'fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141'],
    ['a key that is too short', '01'.repeat(31)],
    ['a key that is too long', '01'.repeat(33)],
    ['another letter', `g${'1'.repeat(63)}`],
    ['a space in between', `${'1'.repeat(31)} ${'1'.repeat(32)}`],
    ['a phrase', 'legal winner thank year wave sausage worth useful legal winner thank yellow'],
  ])('refuses %s, and quotes nothing', (_what, text) => {
    expect(() => parsePrivateKey(utf8(text))).toThrow(
      expect.objectContaining({ code: 'privateKey.invalid', params: {} }),
    )
  })
})
