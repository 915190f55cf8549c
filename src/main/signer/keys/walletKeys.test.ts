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
