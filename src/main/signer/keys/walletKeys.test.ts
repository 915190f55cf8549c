import { HDKey } from '@scure/bip32'
import { bytesToHex } from 'viem/utils'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { isSameAddress } from '../../../shared/identity/identity.ts'
import { encodeHex } from '../memory/bytes.ts'
import { parsePhrase } from '../phrase/parsePhrase.ts'
import { otherPublishedPhrase, utf8 } from '../testing/createTestSigner.ts'
import { readTestCases } from '../testing/readTestCases.ts'
import type { PhraseSecret } from '../vault/payload.ts'
import { deriveSeed } from './deriveSeed.ts'
import { createWalletKeys } from './walletKeys.ts'

const defaultParentPath = "m/44'/60'/0'/0"

const cases = z
  .array(
    z.object({
      locale: z.string(),
      entropy: z.string(),
      mnemonic: z.string(),
      password: z.string().optional(),
      seed: z.string(),
      hdnodes: z.array(z.object({ path: z.string(), address: z.string(), privateKey: z.string() })),
    }),
  )
  .parse(readTestCases('hdnode'))

function secretOf(phrase: string): PhraseSecret {
  const { language, entropy } = parsePhrase(utf8(phrase))
  return { kind: 'phrase', language, entropy: encodeHex(entropy) }
}

function keysOf(phrase: string, passphrase?: string) {
  return createWalletKeys(secretOf(phrase), passphrase)
}

describe('deriveSeed against @ethersproject/testcases', () => {
  it.each(['en', 'es', 'fr', 'it', 'ja', 'ko', 'zh_cn', 'zh_tw'])('language %s', async (locale) => {
    const ofLanguage = cases.filter((each) => each.locale === locale)
    expect(ofLanguage.length).toBeGreaterThanOrEqual(45)
    for (const { mnemonic, password = '', entropy, seed } of ofLanguage.slice(-200)) {
      const secret = secretOf(mnemonic)
      expect(`0x${secret.entropy}`).toBe(entropy)
      expect(bytesToHex(await deriveSeed(secret, password))).toBe(seed)
    }
  })
})

describe('createWalletKeys against @ethersproject/testcases', () => {
  it('derives the published keys and addresses', async () => {
    let checked = 0
    // Some phrases of every kind: each step of a path costs a point multiplication.
    for (const { mnemonic, password, hdnodes } of cases.filter((_, index) => index % 20 === 0)) {
      const keys = keysOf(mnemonic, password)
      // No account is the root itself.
      for (const { path, address, privateKey } of hdnodes.filter((node) => node.path !== 'm').slice(0, 4)) {
        const key = await keys.keyAt(path)
        expect(bytesToHex(key.privateKey)).toBe(privateKey)
        expect(key.address.toLowerCase()).toBe(address.toLowerCase())
        checked++
      }
    }
    expect(checked).toBeGreaterThan(100)
  })
})

describe('createWalletKeys', () => {
  it('gives the same account through the cached parent as through the whole path', async () => {
    const keys = keysOf(otherPublishedPhrase)
    // Widely published first account of this phrase under BIP-44.
    const first = await keys.addressAt(`${defaultParentPath}/0`)
    expect(isSameAddress(first, '0x9858EfFD232B4033E47d90003D41EC34EcaEda94')).toBe(true)
    for (const index of [0, 1, 7, 999]) {
      const path = `${defaultParentPath}/${index}`
      const cached = await keys.addressAt(path)
      expect(cached).toBe(await keysOf(otherPublishedPhrase).addressAt(path))
      expect((await keys.keyAt(path)).address).toBe(cached)
    }
  })

  it('gives nothing more after it was wiped, not even from a derivation under way', async () => {
    const keys = keysOf(otherPublishedPhrase)
    const underWay = keys.addressAt(`${defaultParentPath}/0`)
    keys.wipe()
    await expect(underWay).rejects.toMatchObject({ code: 'vault.locked' })
    await expect(keys.keyAt(`${defaultParentPath}/0`)).rejects.toMatchObject({ code: 'vault.locked' })
  })

  it('refuses what is no account path', async () => {
    const keys = keysOf(otherPublishedPhrase)
    for (const path of ['', 'm', "m/44'/60'/0'/0/", "44'/60'/0'/0/0", 'm/0/x', 'm/-1']) {
      await expect(keys.addressAt(path)).rejects.toMatchObject({ code: 'path.invalid' })
    }
  })
})

describe('the derivation library against the vectors printed in BIP-32', () => {
  const vectors = [
    [
      '000102030405060708090a0b0c0d0e0f',
      "m/0'/1/2'/2/1000000000",
      'xprvA41z7zogVVwxVSgdKUHDy1SKmdb533PjDz7J6N6mV6uS3ze1ai8FHa8kmHScGpWmj4WggLyQjgPie1rFSruoUihUZREPSL39UNdE3BBDu76',
    ],
    [
      'fffcf9f6f3f0edeae7e4e1dedbd8d5d2cfccc9c6c3c0bdbab7b4b1aeaba8a5a29f9c999693908d8a8784817e7b7875726f6c696663605d5a5754514e4b484542',
      "m/0/2147483647'/1/2147483646'/2",
      'xprvA2nrNbFZABcdryreWet9Ea4LvTJcGsqrMzxHx98MMrotbir7yrKCEXw7nadnHM8Dq38EGfSh6dqA9QWTyefMLEcBYJUuekgW4BYPJcr9E7j',
    ],
    [
      '4b381541583be4423346c643850da4b320e46a87ae3d2a4e6da11eba819cd4acba45d239319ac14f863b8d5ab5a0d0c64d2e8a1e7d1457df2e5a3c51c73235be',
      "m/0'",
      'xprv9uPDJpEQgRQfDcW7BkF7eTya6RPxXeJCqCJGHuCJ4GiRVLzkTXBAJMu2qaMWPrS7AANYqdq6vcBcBUdJCVVFceUvJFjaPdGZ2y9WACViL4L',
    ],
    [
      '3ddd5602285899a946114506157c7997e5444528f3003f6134712147db19b678',
      "m/0'/1'",
      'xprv9xJocDuwtYCMNAo3Zw76WENQeAS6WGXQ55RCy7tDJ8oALr4FWkuVoHJeHVAcAqiZLE7Je3vZJHxspZdFHfnBEjHqU5hG1Jaj32dVoS6XLT1',
    ],
  ] as const

  it.each(vectors)('seed %s, %s', (seed, path, extendedKey) => {
    const node = HDKey.fromMasterSeed(Uint8Array.from(Buffer.from(seed, 'hex'))).derive(path)
    expect(node.privateExtendedKey).toBe(extendedKey)
  })
})
