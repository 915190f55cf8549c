import { bytesToHex } from 'viem/utils'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { utf8 } from '../testing/createTestSigner.ts'
import { readTestCases } from '../testing/readTestCases.ts'
import { createKeystore, openKeystore } from './keystoreV3.ts'

const cases = z
  .array(
    z.object({
      name: z.string(),
      type: z.string(),
      privateKey: z.string(),
      password: z.string(),
      json: z.string(),
    }),
  )
  .parse(readTestCases('wallets'))
  .filter(({ type }) => type === 'secret-storage')
const life = cases.find(({ name }) => name === 'life') ?? cases[0]

function changed(change: (crypto: Record<string, unknown> & { kdfparams: Record<string, unknown> }) => void) {
  const file = JSON.parse(life?.json ?? '{}')
  const crypto = file.crypto ?? file.Crypto
  change(crypto)
  return utf8(JSON.stringify({ version: 3, crypto }))
}

describe('keystore files against @ethersproject/testcases', () => {
  it.each(cases)('$name', async ({ json, password, privateKey }) => {
    expect(bytesToHex(await openKeystore(utf8(json), utf8(password)))).toBe(privateKey)
  })

  it('cover both key derivations', () => {
    const kdfs = new Set(cases.map(({ json }) => /"kdf":"(\w+)"/.exec(json.replaceAll(' ', ''))?.[1]))
    expect([...kdfs].sort()).toEqual(['pbkdf2', 'scrypt'])
  })
})

describe('openKeystore', () => {
  it('refuses a wrong password, and a changed ciphertext, as the same thing', async () => {
    await expect(openKeystore(utf8(life?.json ?? ''), utf8('bar'))).rejects.toMatchObject({
      code: 'keystore.wrongPassword',
    })
    const file = changed((crypto) => {
      crypto.ciphertext = '00'.repeat(32)
    })
    await expect(openKeystore(file, utf8(life?.password ?? ''))).rejects.toMatchObject({
      code: 'keystore.wrongPassword',
    })
  })

  it.each([
    ['memory', { n: 2 ** 24, r: 8, p: 1 }],
    ['time', { n: 2 ** 18, r: 8, p: 64 }],
  ])('refuses what would exhaust the machine’s %s', async (_what, parameters) => {
    const file = changed(({ kdfparams }) => Object.assign(kdfparams, parameters))
    await expect(openKeystore(file, utf8('foo'))).rejects.toMatchObject({ code: 'keystore.tooCostly' })
  })

  it.each([
    ['text', utf8('hello')],
    ['another version', utf8('{"version":1,"crypto":{}}')],
    ['a file that is too large', new Uint8Array(70_000)],
    ['an n that is no power of two', changed(({ kdfparams }) => Object.assign(kdfparams, { n: 1000 }))],
    [
      'another cipher',
      changed((crypto) => {
        crypto.cipher = 'aes-256-cbc'
      }),
    ],
  ])('refuses %s', async (_name, file) => {
    await expect(openKeystore(file, utf8('foo'))).rejects.toMatchObject({ code: 'keystore.invalid' })
  })

  it('takes a password in the other Unicode form too', async () => {
    const key = new Uint8Array(32).fill(5)
    const file = await createKeystore(
      key,
      '0x0000000000000000000000000000000000000001',
      utf8('ガ１'.normalize('NFKC')),
    )
    expect(await openKeystore(file, utf8('ｶﾞ１'))).toEqual(key)
  })
})
