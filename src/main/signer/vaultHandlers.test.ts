import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { vaultFileName } from '../../shared/contract/signer.ts'
import { backupPathOf } from '../adapters/files/writeFileAtomically.ts'
import { decodeUtf8 } from './memory/bytes.ts'
import { createMemoryKeychain } from './testing/createMemoryKeychain.ts'
import {
  createTestSigner,
  otherPublishedPhrase,
  publishedPhrase,
  type TestSigner,
  testPassword,
  utf8,
} from './testing/createTestSigner.ts'

let folder: string
let path: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minato-vault-'))
  path = join(folder, vaultFileName)
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const start = (options: Partial<Parameters<typeof createTestSigner>[0]> = {}) =>
  createTestSigner({ folder, ...options })

/** The next process on the same machine. */
const restart = ({ keychain, clock }: TestSigner) => start({ keychain, clock })

async function createVault(protection: 'keychain' | 'password' = 'keychain', test = start()) {
  const created = await test.signer.vault.createFromPhrase({
    phrase: utf8(publishedPhrase),
    password: utf8(testPassword),
    protection,
    origin: 'imported',
  })
  return { ...test, recoveryKit: created.recoveryKit ? decodeUtf8(created.recoveryKit) : '' }
}

const unlock = ({ signer }: TestSigner, password = testPassword, recoveryKit?: string) =>
  signer.vault.unlock({
    password: utf8(password),
    ...(recoveryKit !== undefined && { recoveryKit: utf8(recoveryKit) }),
  })

const addressesOf = async ({ signer }: TestSigner) =>
  (await signer.vault.listWallets()).flatMap(({ accounts }) => accounts.map(({ address }) => address))

describe('a new vault', () => {
  it('goes from a drafted phrase through locking to the same accounts', async () => {
    const test = start()
    const { vault } = test.signer
    expect(await vault.getStatus()).toEqual({ state: 'none', keychain: { state: 'available' } })
    const { draftId, phrase, confirmPositions } = await vault.draftPhrase({ words: 24 })
    const words = decodeUtf8(phrase).split(' ')
    const { recoveryKit } = await vault.create({
      draftId,
      confirmations: confirmPositions.map((position) => ({
        position,
        word: utf8(words[position - 1] ?? ''),
      })),
      password: utf8(testPassword),
      protection: 'keychain',
    })
    expect(decodeUtf8(recoveryKit ?? new Uint8Array())).toMatch(/^MINATO1( [02-9AC-HJ-NP-Z]{2,4})+$/)
    const [wallet] = await vault.listWallets()
    expect(wallet).toMatchObject({ name: 'Wallet 1', origin: 'created', createdAtMs: test.clock.nowMs })
    expect(wallet?.accounts).toMatchObject([{ name: 'Account 1', path: "m/44'/60'/0'/0/0" }])

    await vault.lock()
    await expect(vault.listWallets()).rejects.toMatchObject({ code: 'vault.locked' })
    expect(await vault.getStatus()).toEqual({
      state: 'locked',
      protection: 'keychain',
      keychain: { state: 'available' },
    })
    const next = restart(test)
    await unlock(next)
    expect(await next.signer.vault.listWallets()).toEqual([wallet])

    const elsewhere = start({ folder: join(folder, 'other') })
    await elsewhere.signer.vault.createFromPhrase({
      phrase: utf8(words.join(' ')),
      password: utf8(testPassword),
      protection: 'password',
      origin: 'imported',
    })
    expect(await addressesOf(elsewhere)).toEqual([wallet?.accounts[0]?.address])
  })

  it('holds no secret in the clear, in no file and not in the keychain', async () => {
    const test = await createVault()
    const stored = [
      ...(await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name))))),
      Buffer.from([...test.keychain.entries].flat().join()),
    ]
    expect(stored.length).toBeGreaterThan(1)
    for (const content of stored) {
      for (const secret of ['legal', 'sausage', '7f7f7f7f', testPassword]) {
        expect(content.includes(secret)).toBe(false)
      }
      expect(content.includes(Buffer.alloc(8, 0x7f))).toBe(false)
    }
  })

  it('overwrites the secrets that came in, also when it fails', async () => {
    const { signer } = start()
    const phrase = utf8(publishedPhrase)
    const password = utf8(testPassword)
    const input = { phrase, password, protection: 'password', origin: 'imported' } as const
    await signer.vault.createFromPhrase(input)
    expect([...phrase, ...password].every((byte) => byte === 0)).toBe(true)
    const wrong = utf8('a wrong password')
    await expect(signer.vault.unlock({ password: wrong })).rejects.toThrow()
    expect(wrong.every((byte) => byte === 0)).toBe(true)
  })

  it('takes the practice phrase from the given account on', async () => {
    const { signer } = start()
    await signer.vault.createFromPhrase({
      phrase: utf8(otherPublishedPhrase),
      password: utf8(testPassword),
      protection: 'password',
      origin: 'practice',
      firstAccountIndex: 3,
    })
    const [wallet] = await signer.vault.listWallets()
    expect(wallet).toMatchObject({ name: 'Practice', origin: 'practice' })
    const added = await signer.vault.addAccount({ walletId: wallet?.id ?? '' })
    expect([wallet?.accounts[0]?.path, added.path]).toEqual(["m/44'/60'/0'/0/3", "m/44'/60'/0'/0/4"])
  })

  it('is refused where one exists, and the existing one stays', async () => {
    const test = await createVault()
    const before = await readFile(path)
    await expect(createVault('keychain', test)).rejects.toMatchObject({ code: 'vault.exists' })
    await expect(createVault('password', restart(test))).rejects.toMatchObject({ code: 'vault.exists' })
    expect(await readFile(path)).toEqual(before)
  })

  it('is made once when two programs make it at the same time', async () => {
    const keychain = createMemoryKeychain()
    const outcomes = await Promise.allSettled([
      createVault('keychain', start({ keychain })),
      createVault('keychain', start({ keychain })),
    ])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'vault.exists' },
    })
    await unlock(start({ keychain }))
  })

  it.each([
    ['absent', 'keychain.unavailable'],
    ['locked', 'keychain.lockedOrMissing'],
    ['frozen', 'keychain.timeout'],
    ['forgetful', 'keychain.lockedOrMissing'],
  ] as const)('is not written when the keychain is %s', async (mode, code) => {
    const test = start()
    test.keychain.mode = mode
    await expect(createVault('keychain', test)).rejects.toMatchObject({ code })
    expect(await readdir(folder)).toEqual([])
    // What the user may choose then, explicitly.
    await createVault('password', test)
    await unlock(restart(test))
  })

  it('is refused for a weak password and a wrong phrase, and nothing is written', async () => {
    const { signer, keychain } = start()
    const input = { protection: 'keychain', origin: 'imported' } as const
    await expect(
      signer.vault.createFromPhrase({
        ...input,
        phrase: utf8(publishedPhrase),
        password: utf8('1234567'),
      }),
    ).rejects.toMatchObject({ code: 'vault.weakPassword' })
    await expect(
      signer.vault.createFromPhrase({
        ...input,
        phrase: utf8(`${publishedPhrase} zoo`),
        password: utf8(testPassword),
      }),
    ).rejects.toMatchObject({ code: 'phrase.wrongWordCount' })
    expect(await readdir(folder)).toEqual([])
    expect(keychain.entries.size).toBe(0)
  })

  it('is not made of a draft whose words were not repeated', async () => {
    const { signer } = start()
    const { draftId } = await signer.vault.draftPhrase({ words: 12 })
    await expect(
      signer.vault.create({
        draftId,
        confirmations: [],
        password: utf8(testPassword),
        protection: 'password',
      }),
    ).rejects.toMatchObject({ code: 'vault.confirmationFailed' })
    expect(await readdir(folder)).toEqual([])
  })

  it('says so when the disk refuses it', async () => {
    const inTheWay = join(folder, 'file')
    await writeFile(inTheWay, '')
    await expect(createVault('password', start({ folder: join(inTheWay, 'vault') }))).rejects.toMatchObject({
      code: 'vault.writeFailed',
      retryable: true,
    })
    await expect(createVault('password', start({ folder: inTheWay }))).rejects.toMatchObject({
      code: 'vault.writeFailed',
    })
  })
})

describe('unlocking', () => {
  it('says that there is no vault', async () => {
    await expect(unlock(start())).rejects.toMatchObject({ code: 'vault.missing' })
  })

  it('tells a wrong password from a missing, another and an unreachable keychain secret', async () => {
    const test = await createVault()
    const attempt = (password?: string) => unlock(restart(test), password)
    await expect(attempt('a wrong password')).rejects.toMatchObject({ code: 'vault.wrongPassword' })

    const [[entry, value] = ['', '']] = test.keychain.entries
    test.keychain.entries.set(entry, '00'.repeat(32))
    await expect(attempt()).rejects.toMatchObject({ code: 'keychain.mismatch' })
    test.keychain.entries.delete(entry)
    await expect(attempt()).rejects.toMatchObject({ code: 'keychain.lockedOrMissing' })
    // Above all, nothing was put in its place.
    expect(test.keychain.entries.size).toBe(0)
    test.keychain.entries.set(entry, value)
    for (const [mode, code] of [
      ['absent', 'keychain.unavailable'],
      ['locked', 'keychain.lockedOrMissing'],
      ['frozen', 'keychain.timeout'],
    ] as const) {
      test.keychain.mode = mode
      await expect(attempt()).rejects.toMatchObject({ code })
    }
    test.keychain.mode = 'available'
    await attempt()
  })

  it('takes the password in any Unicode form', async () => {
    const test = start()
    await test.signer.vault.createFromPhrase({
      phrase: utf8(publishedPhrase),
      password: utf8('Zürich ist schön'.normalize('NFD')),
      protection: 'password',
      origin: 'imported',
    })
    await unlock(restart(test), 'Zürich ist schön'.normalize('NFC'))
  })

  it('takes the recovery kit for a lost keychain, and puts the secret back', async () => {
    const test = await createVault()
    test.keychain.entries.clear()
    await expect(unlock(restart(test))).rejects.toMatchObject({ code: 'keychain.lockedOrMissing' })
    await expect(unlock(restart(test), 'a wrong password', test.recoveryKit)).rejects.toMatchObject({
      code: 'vault.wrongPassword',
    })
    expect(test.keychain.entries.size).toBe(0)
    await unlock(restart(test), testPassword, test.recoveryKit.toLowerCase())
    await unlock(restart(test))
  })

  it('takes the recovery kit where the keychain stays unavailable, and can save there', async () => {
    const test = await createVault()
    for (const mode of ['absent', 'locked', 'frozen'] as const) {
      const next = restart(test)
      test.keychain.mode = mode
      await unlock(next, testPassword, test.recoveryKit)
      const [wallet] = await next.signer.vault.listWallets()
      await next.signer.vault.addAccount({ walletId: wallet?.id ?? '' })
    }
    test.keychain.mode = 'available'
    const last = restart(test)
    await unlock(last)
    expect(await addressesOf(last)).toHaveLength(4)
  })

  it('tells a mistyped kit from the kit of another vault', async () => {
    const test = await createVault()
    const other = await createVault('keychain', start({ folder: join(folder, 'other') }))
    await expect(unlock(restart(test), testPassword, 'MINATO1 ABCD')).rejects.toMatchObject({
      code: 'recoveryKit.invalid',
    })
    await expect(unlock(restart(test), testPassword, other.recoveryKit)).rejects.toMatchObject({
      code: 'recoveryKit.mismatch',
    })
  })

  it('tells that a kit is of no use for a vault without a keychain secret', async () => {
    const other = await createVault('keychain', start({ folder: join(folder, 'other') }))
    const test = await createVault('password')
    await expect(unlock(restart(test), testPassword, other.recoveryKit)).rejects.toMatchObject({
      code: 'recoveryKit.mismatch',
    })
  })

  it('keeps two vaults on one keychain apart', async () => {
    const first = await createVault()
    const second = start({ folder: join(folder, 'other'), keychain: first.keychain })
    await createVault('keychain', second)
    expect(first.keychain.entries.size).toBe(2)
    await unlock(restart(first))
    await unlock(start({ folder: join(folder, 'other'), keychain: first.keychain }))
  })

  it('slows guessing down, across restarts, and reports until when', async () => {
    const test = await createVault('password')
    for (let count = 0; count < 5; count++) {
      await expect(unlock(restart(test), `guess ${count}`)).rejects.toMatchObject({
        code: 'vault.wrongPassword',
      })
    }
    const untilMs = test.clock.nowMs + 15_000
    const next = restart(test)
    await expect(unlock(next)).rejects.toMatchObject({ code: 'vault.throttled', params: { untilMs } })
    expect(await next.signer.vault.getStatus()).toMatchObject({ state: 'locked', throttledUntilMs: untilMs })
    test.clock.nowMs = untilMs
    await unlock(next)
    expect(await next.signer.vault.getStatus()).not.toHaveProperty('throttledUntilMs')
  })

  it('does not count a missing keychain or a mistyped kit as a guess', async () => {
    const test = await createVault()
    test.keychain.mode = 'locked'
    const next = restart(test)
    for (let count = 0; count < 6; count++) {
      await expect(unlock(next)).rejects.toMatchObject({ code: 'keychain.lockedOrMissing' })
      await expect(unlock(next, testPassword, 'minato1')).rejects.toMatchObject({
        code: 'recoveryKit.invalid',
      })
    }
    expect(await next.signer.vault.getStatus()).not.toHaveProperty('throttledUntilMs')
  })

  it('stays locked when it was locked while the password was being checked', async () => {
    const test = await createVault('password')
    const next = restart(test)
    const unlocking = expect(unlock(next)).rejects.toMatchObject({ code: 'vault.locked' })
    await next.signer.vault.lock()
    await unlocking
    expect(await next.signer.vault.getStatus()).toMatchObject({ state: 'locked' })
  })
})

describe('wallets and accounts', () => {
  it('are added, named and kept', async () => {
    const test = await createVault('password')
    const { vault } = test.signer
    const [first] = await vault.listWallets()
    const walletId = first?.id ?? ''
    const second = await vault.addAccount({ walletId })
    const third = await vault.addAccount({ walletId, name: 'Savings' })
    const imported = await vault.importWallet({ phrase: utf8(otherPublishedPhrase) })
    const renamed = await vault.renameAccount({ accountId: second.id, name: '港' })
    expect([second.name, third.name, imported.name, renamed.name]).toEqual([
      'Account 2',
      'Savings',
      'Wallet 2',
      '港',
    ])
    expect([second.path, third.path]).toEqual(["m/44'/60'/0'/0/1", "m/44'/60'/0'/0/2"])
    const wallets = await vault.listWallets()
    const next = restart(test)
    await unlock(next)
    expect(await next.signer.vault.listWallets()).toEqual(wallets)
    expect(wallets.map(({ accounts }) => accounts.map(({ name }) => name))).toEqual([
      ['Account 1', '港', 'Savings'],
      ['Account 1'],
    ])
    expect(JSON.stringify(wallets)).not.toMatch(/entropy|7f7f/)
  })

  it('do not get into each other’s way when they are added at the same time', async () => {
    const test = await createVault('password')
    const [wallet] = await test.signer.vault.listWallets()
    const walletId = wallet?.id ?? ''
    await Promise.all(Array.from({ length: 10 }, () => test.signer.vault.addAccount({ walletId })))
    const next = restart(test)
    await unlock(next)
    expect(new Set(await addressesOf(next)).size).toBe(11)
  })

  it('are refused twice, and where they do not exist', async () => {
    const { signer } = await createVault('password')
    await expect(
      signer.vault.importWallet({ phrase: utf8(publishedPhrase.toUpperCase()) }),
    ).rejects.toMatchObject({ code: 'wallet.duplicate', params: { name: 'Wallet 1' } })
    await expect(signer.vault.addAccount({ walletId: 'none' })).rejects.toMatchObject({
      code: 'wallet.missing',
    })
  })

  it('change nothing while the vault is locked', async () => {
    const test = await createVault('password')
    const before = await readFile(path)
    const { vault } = restart(test).signer
    await expect(vault.importWallet({ phrase: utf8(otherPublishedPhrase) })).rejects.toMatchObject({
      code: 'vault.locked',
    })
    await expect(
      vault.changePassword({ currentPassword: utf8(testPassword), newPassword: utf8('another one') }),
    ).rejects.toMatchObject({ code: 'vault.locked' })
    expect(await readFile(path)).toEqual(before)
  })

  it('do not overwrite what another program wrote', async () => {
    const test = await createVault('password')
    const second = restart(test)
    await unlock(second)
    const [wallet] = await second.signer.vault.listWallets()
    const walletId = wallet?.id ?? ''
    await second.signer.vault.addAccount({ walletId })
    await expect(test.signer.vault.addAccount({ walletId })).rejects.toMatchObject({
      code: 'vault.writeFailed',
      params: { reason: 'changedElsewhere' },
    })
    expect(await addressesOf(test)).toHaveLength(1)
    await unlock(test)
    expect(await addressesOf(test)).toHaveLength(2)
  })

  it('leave the size of the file alone for a handful of accounts', async () => {
    const { signer } = await createVault('password')
    const size = (await readFile(path)).length
    const [wallet] = await signer.vault.listWallets()
    for (let count = 0; count < 10; count++) {
      await signer.vault.addAccount({ walletId: wallet?.id ?? '' })
    }
    expect((await readFile(path)).length).toBe(size)
  })
})

describe('changing the password', () => {
  const next = 'an entirely new one'

  it.each(['keychain', 'password'] as const)('leaves nothing that the old one opens (%s)', async (kind) => {
    const test = await createVault(kind)
    const [wallet] = await test.signer.vault.listWallets()
    await test.signer.vault.addAccount({ walletId: wallet?.id ?? '' })
    const payload = (await readFile(path)).subarray(164, -32)
    await test.signer.vault.changePassword({
      currentPassword: utf8(testPassword),
      newPassword: utf8(next),
    })
    // Only the key slot changed.
    expect((await readFile(path)).subarray(164, -32)).toEqual(payload)
    expect(await readFile(backupPathOf(path))).toEqual(await readFile(path))

    await expect(unlock(restart(test))).rejects.toMatchObject({ code: 'vault.wrongPassword' })
    await unlock(restart(test), next)
    // Still open, and able to save.
    await test.signer.vault.importWallet({ phrase: utf8(otherPublishedPhrase) })
    const last = restart(test)
    await unlock(last, next)
    expect(await addressesOf(last)).toHaveLength(3)
    if (kind === 'keychain') {
      test.keychain.entries.clear()
      await unlock(restart(test), next, test.recoveryKit)
    }
  })

  it('asks for the current one, counts wrong ones, and refuses weak new ones', async () => {
    const test = await createVault('password')
    const change = (currentPassword: string, newPassword: string) =>
      test.signer.vault.changePassword({
        currentPassword: utf8(currentPassword),
        newPassword: utf8(newPassword),
      })
    await expect(change(testPassword, 'short')).rejects.toMatchObject({ code: 'vault.weakPassword' })
    for (let count = 0; count < 5; count++) {
      await expect(change(`guess ${count}`, next)).rejects.toMatchObject({ code: 'vault.wrongPassword' })
    }
    await expect(change(testPassword, next)).rejects.toMatchObject({ code: 'vault.throttled' })
    test.clock.nowMs += 15_000
    await change(testPassword, next)
  })

  it('changes nothing when it was locked in the meantime', async () => {
    const test = await createVault('password')
    const before = await readFile(path)
    const changing = expect(
      test.signer.vault.changePassword({ currentPassword: utf8(testPassword), newPassword: utf8(next) }),
    ).rejects.toMatchObject({ code: 'vault.locked' })
    // A moment later, so that it works with keys that are being wiped.
    await new Promise((resolve) => setImmediate(resolve))
    await test.signer.vault.lock()
    await changing
    expect(await readFile(path)).toEqual(before)
    await unlock(restart(test))
  })
})

describe('a damaged vault', () => {
  async function createWithBackup() {
    const test = await createVault()
    const [wallet] = await test.signer.vault.listWallets()
    await test.signer.vault.addAccount({ walletId: wallet?.id ?? '' })
    return test
  }

  it('is reported, never overwritten, and restored only on request and with the password', async () => {
    const test = await createWithBackup()
    const good = await readFile(path)
    const damaged = good.subarray(0, 1000)
    await writeFile(path, damaged)
    const next = restart(test)
    expect(await next.signer.vault.getStatus()).toMatchObject({ state: 'damaged', backup: 'readable' })
    await expect(createVault('keychain', restart(test))).rejects.toMatchObject({ code: 'vault.damaged' })
    await expect(unlock(next)).rejects.toMatchObject({
      code: 'vault.damaged',
      params: { reason: 'checksum', backupReadable: true },
    })
    await expect(
      next.signer.vault.unlock({ password: utf8('a wrong password'), restoreBackup: true }),
    ).rejects.toMatchObject({ code: 'vault.wrongPassword' })
    expect(await readFile(path)).toEqual(damaged)

    await next.signer.vault.unlock({ password: utf8(testPassword), restoreBackup: true })
    expect(await addressesOf(next)).toHaveLength(1)
    expect(await readFile(path)).toEqual(await readFile(backupPathOf(path)))
    expect(await readFile(`${path}.damaged-${test.clock.nowMs}`)).toEqual(damaged)
    expect(await next.signer.vault.getStatus()).toMatchObject({ state: 'unlocked' })
    const [wallet] = await next.signer.vault.listWallets()
    await next.signer.vault.addAccount({ walletId: wallet?.id ?? '' })
    await unlock(restart(test))
  })

  it('is missing rather than new when only its backup is there', async () => {
    const test = await createWithBackup()
    await rm(path)
    const next = restart(test)
    expect(await next.signer.vault.getStatus()).toMatchObject({ state: 'damaged', backup: 'readable' })
    await expect(createVault('keychain', restart(test))).rejects.toMatchObject({ code: 'vault.exists' })
    await expect(unlock(next)).rejects.toMatchObject({
      code: 'vault.damaged',
      params: { reason: 'missing' },
    })
    await next.signer.vault.unlock({ password: utf8(testPassword), restoreBackup: true })
    await unlock(restart(test))
  })

  it('is reported without a backup too', async () => {
    const test = await createVault('password')
    await writeFile(path, '')
    const next = restart(test)
    const status = await next.signer.vault.getStatus()
    expect(status.state).toBe('damaged')
    expect(status).not.toHaveProperty('backup')
    await expect(
      next.signer.vault.unlock({ password: utf8(testPassword), restoreBackup: true }),
    ).rejects.toMatchObject({ code: 'vault.damaged', params: { backupReadable: false } })
  })

  it('is not taken for an old one: no backup replaces a vault that opens', async () => {
    const test = await createWithBackup()
    const next = restart(test)
    await next.signer.vault.unlock({ password: utf8(testPassword), restoreBackup: true })
    expect(await addressesOf(next)).toHaveLength(2)
  })

  it('is not confused with one of a later version', async () => {
    const test = await createWithBackup()
    const later = Buffer.from(await readFile(path)).subarray(0, -32)
    later[9] = 7
    await writeFile(path, Buffer.concat([later, createHash('sha256').update(later).digest()]))
    const next = restart(test)
    expect(await next.signer.vault.getStatus()).toMatchObject({ state: 'locked' })
    await expect(
      next.signer.vault.unlock({ password: utf8(testPassword), restoreBackup: true }),
    ).rejects.toMatchObject({ code: 'vault.unsupportedVersion', params: { version: 7 } })
  })

  it('is found when it was changed with a fitting checksum', async () => {
    const test = await createVault('password')
    const good = await readFile(path)
    const forge = (offset: number) => {
      const content = Buffer.from(good.subarray(0, -32))
      content[offset] = (content[offset] ?? 0) ^ 1
      return Buffer.concat([content, createHash('sha256').update(content).digest()])
    }
    // Salt, wrapped key and its IV: the key does not come out, which looks like a wrong password.
    for (const offset of [12, 45, 60, 80, 105, 130]) {
      await writeFile(path, forge(offset))
      await expect(unlock(restart(test))).rejects.toMatchObject({ code: 'vault.wrongPassword' })
      test.clock.nowMs += 300_000
    }
    // Payload: the password was right, so this is damage.
    for (const offset of [165, 200]) {
      await writeFile(path, forge(offset))
      await expect(unlock(restart(test))).rejects.toMatchObject({
        code: 'vault.damaged',
        params: { reason: 'payload' },
      })
    }
  })

  it('is not taken for a missing one when it cannot be read at all', async () => {
    await mkdir(path)
    const test = start()
    expect(await test.signer.vault.getStatus()).toMatchObject({ state: 'damaged' })
    await expect(createVault('password', test)).rejects.toMatchObject({ code: 'vault.damaged' })
  })
})
