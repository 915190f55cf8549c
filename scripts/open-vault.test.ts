import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { entropyToMnemonic } from '@scure/bip39'
import { wordlist as japanese } from '@scure/bip39/wordlists/japanese.js'
import { wordlist as simplifiedChinese } from '@scure/bip39/wordlists/simplified-chinese.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestSigner, publishedPhrase, utf8 } from '../src/main/signer/testing/createTestSigner.ts'
import { openVault, readSecret } from './open-vault.ts'

const password = 'Zürich 東京 ｐａｓｓ'
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minato-open-vault-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function createVault(protection: 'keychain' | 'password') {
  const { signer } = createTestSigner({ folder })
  const { recoveryKit } = await signer.vault.createFromPhrase({
    phrase: utf8(publishedPhrase),
    password: utf8(password),
    protection,
    origin: 'imported',
  })
  return {
    signer,
    recoveryKit: recoveryKit && new TextDecoder().decode(recoveryKit),
    readVault: () => readFile(join(folder, 'vault.minato')),
  }
}

describe('the independent reader', () => {
  it.each(['keychain', 'password'] as const)('finds what the app wrote (%s)', async (protection) => {
    const { signer, recoveryKit, readVault } = await createVault(protection)
    const phrases = [
      publishedPhrase,
      entropyToMnemonic(new Uint8Array(32).fill(9), japanese),
      entropyToMnemonic(new Uint8Array(20).fill(8), simplifiedChinese),
    ]
    for (const phrase of phrases.slice(1)) await signer.vault.importWallet({ phrase: utf8(phrase) })
    const [first] = await signer.vault.listWallets()
    for (let count = 0; count < 3; count++) await signer.vault.addAccount({ walletId: first?.id ?? '' })
    const written = await signer.vault.listWallets()

    const read = await openVault(await readVault(), password.normalize('NFD'), recoveryKit?.toLowerCase())
    expect(read.map(({ name, accounts }) => ({ name, accounts }))).toEqual(
      written.map(({ name, accounts }) => ({
        name,
        accounts: accounts.map(({ walletId: _walletId, ...account }) => account),
      })),
    )
    expect(await Promise.all(read.map(readSecret))).toEqual(phrases)

    await signer.vault.changePassword({ currentPassword: utf8(password), newPassword: utf8('another one') })
    expect(await openVault(await readVault(), 'another one', recoveryKit)).toEqual(read)
    await expect(openVault(await readVault(), password, recoveryKit)).rejects.toThrow(
      'The password is wrong.',
    )
  })

  it('says in plain words what is missing or wrong', async () => {
    const { recoveryKit, readVault } = await createVault('keychain')
    const file = await readVault()
    await expect(openVault(file, password)).rejects.toThrow('needs its recovery kit')
    await expect(openVault(file, password, 'MINATO1 ABCD')).rejects.toThrow('mistyped')
    await expect(openVault(file.subarray(1), password, recoveryKit)).rejects.toThrow('not a vault')
    await expect(openVault(file.subarray(0, -1), password, recoveryKit)).rejects.toThrow('damaged')
  })

  it('runs as a program', async () => {
    const { signer, recoveryKit } = await createVault('keychain')
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, 'open-vault.ts'), join(folder, 'vault.minato'), '--show-secrets'],
      { stdio: ['pipe', 'pipe', 'pipe'] },
    )
    child.stdin.end(`${password}\n${recoveryKit}\n`)
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
    const [code] = await once(child, 'close')
    expect(code).toBe(0)
    expect(output).toContain((await signer.vault.listWallets())[0]?.accounts[0]?.address)
    expect(output).toContain(publishedPhrase)
  })
})
