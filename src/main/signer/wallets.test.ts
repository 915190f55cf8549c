import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mnemonicToAccount, privateKeyToAccount } from 'viem/accounts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { vaultFileName } from '../../shared/contract/signer.ts'
import { pathTemplates, type Wallet } from '../../shared/contract/vault.ts'
import { decodeUtf8 } from './memory/bytes.ts'
import {
  createTestSigner,
  otherPublishedPhrase,
  publishedPhrase,
  type TestSigner,
  testPassword,
  utf8,
} from './testing/createTestSigner.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minato-wallets-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const privateKey = `0x${'4c'.repeat(32)}` as const
const password = () => utf8(testPassword)
const text = (bytes: Uint8Array | undefined) => decodeUtf8(bytes ?? new Uint8Array())

/** The file of the vault that `start` made first. */
let made: Uint8Array | undefined

/** A signer with an open vault: made by the first test, found in its folder by the others, which spares them its key's derivation. */
async function start(options: Partial<Parameters<typeof createTestSigner>[0]> = {}) {
  const test = createTestSigner({ folder, ...options })
  const path = join(folder, vaultFileName)
  // One elsewhere is another vault, with names and keys of its own.
  if (made && !options.folder) {
    await writeFile(path, made, { mode: 0o600 })
    await test.signer.vault.unlock({ password: password() })
  } else {
    await test.signer.vault.createFromPhrase({
      phrase: utf8(publishedPhrase),
      password: password(),
      protection: 'password',
      origin: 'imported',
    })
    if (!options.folder) made = await readFile(path)
  }
  const [first] = await test.signer.vault.listWallets()
  if (!first) throw new Error('A new vault has a wallet')
  return { ...test, vault: test.signer.vault, first }
}

async function reopen({ keychain, clock }: TestSigner, given = testPassword, at = folder) {
  const { signer } = createTestSigner({ folder: at, keychain, clock })
  await signer.vault.unlock({ password: utf8(given) })
  return signer.vault
}

describe('a vault made of a phrase with a passphrase', () => {
  it.each([true, false])('holds the wallet that both lead to; kept: %s', async (storesPassphrase) => {
    const test = createTestSigner({ folder })
    await test.signer.vault.createFromPhrase({
      phrase: utf8(publishedPhrase),
      passphrase: utf8('TREZOR'),
      storesPassphrase,
      password: password(),
      protection: 'password',
      origin: 'imported',
    })
    const expected = mnemonicToAccount(publishedPhrase, { passphrase: 'TREZOR' }).address
    const [wallet] = await test.signer.vault.listWallets()
    expect(wallet?.accounts[0]?.address).toBe(expected)
    // It signs in this session without another question, and in the next one where the passphrase is kept.
    const accountId = wallet?.accounts[0]?.id ?? ''
    const key = (vault: TestSigner['signer']['vault']) =>
      vault.exportPrivateKey({ accountId, password: password() })
    await key(test.signer.vault)
    const next = await reopen(test)
    if (storesPassphrase) await key(next)
    else await expect(key(next)).rejects.toMatchObject({ code: 'passphrase.needed' })
  })
})

describe('a private key', () => {
  it('is one account that signs and has no phrase', async () => {
    const { vault, ...test } = await start()
    const wallet = await vault.importPrivateKey({
      privateKey: utf8(` ${privateKey.toUpperCase().replace('X', 'x')}\n`),
    })
    expect(wallet).toMatchObject({ kind: 'privateKey', origin: 'imported' })
    expect(wallet.accounts).toMatchObject([{ address: privateKeyToAccount(privateKey).address }])
    expect(wallet.accounts[0]).not.toHaveProperty('path')
    const accountId = wallet.accounts[0]?.id ?? ''
    expect(text((await vault.exportPrivateKey({ accountId, password: password() })).privateKey)).toBe(
      privateKey,
    )
    await expect(vault.revealPhrase({ walletId: wallet.id, password: password() })).rejects.toMatchObject({
      code: 'wallet.hasNoSecret',
    })
    await expect(vault.addAccount({ walletId: wallet.id })).rejects.toMatchObject({
      code: 'wallet.hasNoSecret',
    })
    expect(await (await reopen(test)).listWallets()).toHaveLength(2)
  })

  it.each([
    ['too short', `0x${'11'.repeat(31)}`],
    ['no hexadecimal', `0x${'zz'.repeat(32)}`],
    ['zero', `0x${'00'.repeat(32)}`],
    ['the order of the curve', '0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141'],
  ])('is refused when it is %s', async (_name, key) => {
    const { vault } = await start()
    await expect(vault.importPrivateKey({ privateKey: utf8(key) })).rejects.toMatchObject({
      code: 'privateKey.invalid',
      params: {},
    })
  })
})

describe('a keystore file', () => {
  it('goes out and comes in again, under its own password', async () => {
    const { vault, first } = await start()
    const accountId = first.accounts[0]?.id ?? ''
    const { keystore, fileName } = await vault.exportKeystore({
      accountId,
      password: password(),
      keystorePassword: utf8('a third password'),
    })
    expect(fileName).toMatch(/^UTC--2023-11-14T22-13-20.000Z--[0-9a-f]{40}\.json$/)
    const other = await start({ folder: join(folder, 'other') })
    await expect(
      other.vault.importKeystore({ keystore: Uint8Array.from(keystore), password: utf8('wrong') }),
    ).rejects.toMatchObject({ code: 'keystore.wrongPassword' })
    const wallet = await other.vault.importKeystore({
      keystore: Uint8Array.from(keystore),
      password: utf8('a third password'),
    })
    expect(wallet.accounts[0]?.address).toBe(first.accounts[0]?.address)
  })
})

describe('a watched address', () => {
  it('is shown, and nothing can be signed or revealed for it', async () => {
    const { vault, signer } = await start()
    const wallet = await vault.watchAddress({ address: '0x00000000219ab540356cBB839Cbe05303d7705Fa' })
    expect(wallet).toMatchObject({ kind: 'watchOnly', accounts: [{ isWatchOnly: true }] })
    const accountId = wallet.accounts[0]?.id ?? ''
    await expect(vault.exportPrivateKey({ accountId, password: password() })).rejects.toMatchObject({
      code: 'signing.watchOnly',
    })
    await expect(
      signer.signing.requestMessage({ accountId: wallet.accounts[0]?.id as never, message: utf8('hello') }),
    ).rejects.toMatchObject({ code: 'signing.watchOnly' })
    await expect(
      vault.watchAddress({ address: '0x00000000219ab540356cbb839cbe05303d7705fa' }),
    ).rejects.toMatchObject({ code: 'wallet.duplicate' })
  })
})

describe('a passphrase', () => {
  const withPassphrase = { phrase: () => utf8(otherPublishedPhrase), passphrase: () => utf8('TREZOR ｶﾞ') }

  it('that is not kept is asked for in every session, and a wrong one is noticed', async () => {
    const { vault, ...test } = await start()
    const wallet = await vault.importWallet({
      phrase: withPassphrase.phrase(),
      passphrase: withPassphrase.passphrase(),
    })
    expect(wallet.passphrase).toBe('entered')
    const next = await reopen(test)
    expect((await next.listWallets())[1]?.passphrase).toBe('missing')
    await expect(next.addAccount({ walletId: wallet.id })).rejects.toMatchObject({
      code: 'passphrase.needed',
    })
    await expect(
      next.enterPassphrase({ walletId: wallet.id, passphrase: utf8('trezor') }),
    ).rejects.toMatchObject({ code: 'passphrase.wrong' })
    // The same text in another Unicode form is the same passphrase (BIP-39: NFKD).
    const composed = utf8('TREZOR ガ')
    expect((await next.enterPassphrase({ walletId: wallet.id, passphrase: composed })).passphrase).toBe(
      'entered',
    )
    await next.addAccount({ walletId: wallet.id })
  })

  it('that is kept comes back with the vault, and with the revealed phrase', async () => {
    const { vault, ...test } = await start()
    const wallet = await vault.importWallet({
      phrase: withPassphrase.phrase(),
      passphrase: withPassphrase.passphrase(),
      storesPassphrase: true,
    })
    const next = await reopen(test)
    expect((await next.listWallets())[1]?.passphrase).toBe('stored')
    await next.addAccount({ walletId: wallet.id })
    const revealed = await next.revealPhrase({ walletId: wallet.id, password: password() })
    expect([text(revealed.phrase), text(revealed.passphrase)]).toEqual([otherPublishedPhrase, 'TREZOR ｶﾞ'])
  })

  it('makes another wallet of the same phrase', async () => {
    const { vault, first } = await start()
    const wallet = await vault.importWallet({ phrase: utf8(publishedPhrase), passphrase: utf8('x') })
    expect(wallet.accounts[0]?.address).not.toBe(first.accounts[0]?.address)
  })
})

describe('path styles', () => {
  it('count as Ledger Live and old MyEtherWallet did, and as the user says', async () => {
    const { vault, first } = await start()
    const derive = (pathTemplate?: string) =>
      vault.deriveAddresses({ walletId: first.id, start: 0, count: 3, ...(pathTemplate && { pathTemplate }) })
    const [bip44, ledger, mew, own] = await Promise.all([
      derive(),
      derive(pathTemplates.ledgerLive),
      derive(pathTemplates.legacyMew),
      derive("m/44'/1'/{index}'"),
    ])
    expect(bip44?.map(({ path }) => path)).toEqual([0, 1, 2].map((index) => `m/44'/60'/0'/0/${index}`))
    expect(bip44?.[0]?.accountId).toBe(first.accounts[0]?.id)
    expect(ledger?.map(({ path }) => path)).toEqual([0, 1, 2].map((index) => `m/44'/60'/${index}'/0/0`))
    expect(ledger?.[0]?.address).toBe(bip44?.[0]?.address)
    expect(
      new Set(
        [...(bip44 ?? []), ...(ledger ?? []), ...(mew ?? []), ...(own ?? [])].map(({ address }) => address),
      ).size,
    ).toBe(11)
    const paths = [ledger?.[1]?.path ?? '', mew?.[2]?.path ?? '', bip44?.[0]?.path ?? '']
    const added = await vault.addAccounts({ walletId: first.id, paths })
    expect(added.map(({ address }) => address)).toEqual([ledger?.[1]?.address, mew?.[2]?.address])
    // Other styles do not disturb the counting of the wallet's own.
    expect((await vault.addAccount({ walletId: first.id })).path).toBe("m/44'/60'/0'/0/1")
  })

  it.each(["m/44'/60'/0'/0/0", 'm/{index}/{index}', 'm/2147483648/{index}', '44/{index}', "m/44'/{index}h"])(
    'refuse %s',
    async (pathTemplate) => {
      const { vault, first } = await start()
      await expect(
        vault.deriveAddresses({ walletId: first.id, start: 0, count: 1, pathTemplate }),
      ).rejects.toMatchObject({ code: expect.stringMatching(/request\.invalid|path\.invalid/) })
    },
  )

  it('a thousand addresses leave other work its turn', async () => {
    const { vault, first } = await start()
    let turns = 0
    let isDone = false
    const watch = () => {
      turns += 1
      if (!isDone) setImmediate(watch)
    }
    watch()
    const derived = await vault.deriveAddresses({ walletId: first.id, start: 0, count: 1_000 })
    isDone = true
    expect(new Set(derived.map(({ address }) => address)).size).toBe(1_000)
    // Counted, not timed: had it all been derived in one go, nothing else would have had a turn.
    expect(turns).toBeGreaterThan(10)
  })
})

describe('labels and order', () => {
  it('are kept, and only the whole list is an order', async () => {
    const { vault, first, ...test } = await start()
    const second = await vault.importWallet({ phrase: utf8(otherPublishedPhrase), name: 'Second' })
    await vault.updateWallet({ walletId: second.id, name: 'Savings', colour: 'teal', isHidden: true })
    const account = await vault.addAccount({ walletId: first.id })
    await vault.updateAccount({ accountId: account.id, colour: 'rose', isHidden: true })
    await vault.orderWallets({ walletIds: [second.id, first.id] })
    await vault.orderAccounts({ walletId: first.id, accountIds: [account.id, first.accounts[0]?.id ?? ''] })
    await expect(vault.orderWallets({ walletIds: [first.id, first.id] })).rejects.toMatchObject({
      code: 'request.invalid',
    })
    const [shownFirst, shownSecond] = await (await reopen(test)).listWallets()
    expect(shownFirst).toMatchObject({ name: 'Savings', colour: 'teal', isHidden: true })
    expect(shownSecond?.accounts.map(({ id }) => id)).toEqual([account.id, first.accounts[0]?.id])
    expect(shownSecond?.accounts[0]).toMatchObject({ colour: 'rose', isHidden: true })
    const visible = await vault.updateWallet({ walletId: second.id, isHidden: false })
    expect(visible).not.toHaveProperty('isHidden')
    expect(visible).toMatchObject({ colour: 'teal' })
    expect(await vault.updateWallet({ walletId: second.id, colour: 'none' })).not.toHaveProperty('colour')
  })

  it('a wallet goes only with the password, and its keys with it', async () => {
    const { vault, first, ...test } = await start()
    const second = await vault.importWallet({ phrase: utf8(otherPublishedPhrase) })
    await expect(
      vault.removeWallet({ walletId: second.id, password: utf8('not this one') }),
    ).rejects.toMatchObject({ code: 'vault.wrongPassword' })
    await vault.removeWallet({ walletId: second.id, password: password() })
    expect((await vault.listWallets()).map(({ id }) => id)).toEqual([first.id])
    expect((await (await reopen(test)).listWallets()).map(({ id }) => id)).toEqual([first.id])

    // The backup copy takes the place of a damaged file, and the wallet does not come back with it.
    await writeFile(join(folder, vaultFileName), 'damaged')
    const damaged = createTestSigner({ folder, keychain: test.keychain, clock: test.clock })
    await damaged.signer.vault.unlock({ password: password(), restoreBackup: true })
    expect((await damaged.signer.vault.listWallets()).map(({ id }) => id)).toEqual([first.id])
  })
})

describe('secrets', () => {
  it('come out only with the password, and guesses count as at unlocking', async () => {
    const { vault, first } = await start()
    const walletId = first.id
    for (let guess = 0; guess < 5; guess++) {
      await expect(vault.revealPhrase({ walletId, password: utf8(`guess ${guess}`) })).rejects.toMatchObject({
        code: 'vault.wrongPassword',
      })
    }
    for (const reveal of [
      vault.revealPhrase({ walletId, password: password() }),
      vault.exportPrivateKey({ accountId: first.accounts[0]?.id ?? '', password: password() }),
      vault.createShares({ walletId, password: password(), threshold: 2, count: 3 }),
      vault.createBackup({
        password: password(),
        backupPassword: utf8('long enough'),
        hasCode: false,
        settings: '{}',
      }),
      vault.renewRecoveryKit({ password: password() }).catch((error: unknown) => {
        // Password alone: there is no kit.
        expect(error).toMatchObject({ code: 'keychain.unavailable' })
        throw Object.assign(new Error('refused'), { code: 'vault.throttled' })
      }),
    ]) {
      await expect(reveal).rejects.toMatchObject({ code: 'vault.throttled' })
    }
  })

  it('the phrase comes out as it went in, in its own language', async () => {
    const { vault, first } = await start()
    const { phrase } = await vault.revealPhrase({ walletId: first.id, password: password() })
    expect(text(phrase)).toBe(publishedPhrase)
  })
})

describe('SLIP-39 shares', () => {
  const split = async (test: Awaited<ReturnType<typeof start>>, threshold: number, count: number) => {
    const { shares, holds } = await test.vault.createShares({
      walletId: test.first.id,
      password: password(),
      threshold,
      count,
    })
    return { shares: shares.map(text), holds }
  }

  it('any two of three bring the phrase back on a new machine; one does not', async () => {
    const test = await start()
    const { shares, holds } = await split(test, 2, 3)
    expect(holds).toBe('phrase')
    for (const chosen of [
      [0, 1],
      [2, 0],
      [1, 2],
      [0, 1, 2],
    ]) {
      const next = createTestSigner({ folder: join(folder, chosen.join('')) })
      await next.signer.vault.createFromShares({
        shares: chosen.map((index) => utf8(shares[index] ?? '')),
        holds,
        password: password(),
        protection: 'keychain',
      })
      const [wallet] = await next.signer.vault.listWallets()
      expect(wallet?.accounts[0]?.address).toBe(test.first.accounts[0]?.address)
      const { phrase } = await next.signer.vault.revealPhrase({
        walletId: wallet?.id ?? '',
        password: password(),
      })
      expect(text(phrase)).toBe(publishedPhrase)
    }
    const one = test.vault.checkShares({ shares: [utf8(shares[0] ?? '')], holds })
    await expect(one).rejects.toMatchObject({ code: 'shares.insufficient' })
  })

  it('say which of them is mistyped', async () => {
    const test = await start()
    const { shares, holds } = await split(test, 2, 2)
    const mistyped = shares[1]?.replace(/ \w+$/, ' academic') ?? ''
    await expect(
      test.vault.checkShares({ shares: [utf8(shares[0] ?? ''), utf8(mistyped)], holds }),
    ).rejects.toMatchObject({ code: 'shares.invalid', params: { position: 2 } })
  })

  it('hold the seed where the phrase is not English', async () => {
    const { vault } = await start()
    const japanese =
      'あいこくしん あいこくしん あいこくしん あいこくしん あいこくしん あいこくしん あいこくしん あいこくしん あいこくしん あいこくしん あいこくしん あおぞら'
    const wallet = await vault.importWallet({ phrase: utf8(japanese.normalize('NFC')) })
    const { shares, holds } = await vault.createShares({
      walletId: wallet.id,
      password: password(),
      threshold: 2,
      count: 2,
    })
    expect(holds).toBe('masterSecret')
    const other = await start({ folder: join(folder, 'other') })
    const back = await other.vault.importShares({
      shares: shares.map((share) => Uint8Array.from(share)),
      holds,
    })
    expect(back).toMatchObject({ kind: 'seed' })
    expect(back.accounts[0]?.address).toBe(wallet.accounts[0]?.address)
  })
})

describe('a backup file', () => {
  async function backUp(test: Awaited<ReturnType<typeof start>>, hasCode: boolean) {
    const made = await test.vault.createBackup({
      password: password(),
      backupPassword: utf8('the backup’s own'),
      hasCode,
      settings: '{"theme":"dark"}',
    })
    return {
      ...made,
      secrets: () => ({
        file: Uint8Array.from(made.file),
        backupPassword: utf8('the backup’s own'),
        ...(made.code && { code: utf8(text(made.code)) }),
      }),
    }
  }

  async function filled() {
    const test = await start()
    await test.vault.importPrivateKey({ privateKey: utf8(privateKey), name: 'Key' })
    await test.vault.watchAddress({ address: '0x00000000219ab540356cBB839Cbe05303d7705Fa' })
    await test.vault.importWallet({
      phrase: utf8(otherPublishedPhrase),
      passphrase: utf8('25'),
      storesPassphrase: true,
    })
    await test.vault.updateWallet({ walletId: test.first.id, colour: 'amber' })
    return test
  }

  it.each([true, false])('brings everything back on a new machine (with a code: %s)', async (hasCode) => {
    const test = await filled()
    const { secrets, fileName } = await backUp(test, hasCode)
    expect(fileName).toBe('Minato backup 2023-11-14.minato-backup')
    const next = createTestSigner({ folder: join(folder, 'new machine') })
    const restored = await next.signer.vault.restoreBackup({
      ...secrets(),
      password: utf8('a new password'),
      protection: 'keychain',
    })
    expect(restored.settings).toBe('{"theme":"dark"}')
    expect(text(restored.recoveryKit)).toMatch(/^MINATO1/)
    const strip = (wallets: Wallet[]) => wallets.map(({ lastVerifiedAtMs: _, ...wallet }) => wallet)
    expect(strip(await next.signer.vault.listWallets())).toEqual(strip(await test.vault.listWallets()))
    const vault = await reopen(next, 'a new password', join(folder, 'new machine'))
    const accounts = (await vault.listWallets()).flatMap((wallet) => wallet.accounts)
    const key = accounts.find(({ name }) => name === 'Account 1')
    expect(key).toBeDefined()
    await expect(
      next.signer.vault.restoreBackup({ ...secrets(), password: password(), protection: 'password' }),
    ).rejects.toMatchObject({ code: 'vault.exists' })
  })

  it('opens with nothing less than all it asks for, and not when it was changed', async () => {
    const test = await start()
    const { secrets } = await backUp(test, true)
    const { code: _code, ...without } = secrets()
    await expect(test.vault.checkBackup(without)).rejects.toMatchObject({ code: 'backup.codeNeeded' })
    await expect(test.vault.checkBackup({ ...secrets(), backupPassword: password() })).rejects.toMatchObject({
      code: 'backup.wrongPassword',
    })
    const other = await backUp(test, true)
    await expect(
      test.vault.checkBackup({ ...secrets(), code: utf8(text(other.code)) }),
    ).rejects.toMatchObject({ code: 'recoveryKit.mismatch' })
    const { file, ...rest } = secrets()
    file[200] = (file[200] ?? 0) ^ 1
    await expect(test.vault.checkBackup({ file, ...rest })).rejects.toMatchObject({ code: 'backup.invalid' })
  })

  it('merges what is not here yet, and leaves the rest alone', async () => {
    const test = await filled()
    const { secrets } = await backUp(test, false)
    const other = await start({ folder: join(folder, 'other') })
    await other.vault.updateWallet({ walletId: other.first.id, name: 'Mine' })
    const { added, alreadyHere } = await other.vault.mergeBackup(secrets())
    expect([added.length, alreadyHere]).toEqual([3, 1])
    expect((await other.vault.listWallets()).map(({ name }) => name)).toEqual([
      'Mine',
      'Key',
      'Wallet 3',
      'Wallet 4',
    ])
    expect(await other.vault.mergeBackup(secrets())).toEqual({ added: [], alreadyHere: 4 })
  })

  it('is drilled against the live vault, which keeps its keys and learns the date', async () => {
    const test = await filled()
    const before = await test.vault.listWallets()
    const { secrets } = await backUp(test, true)
    const late = await test.vault.importPrivateKey({ privateKey: utf8(`0x${'77'.repeat(32)}`) })
    test.clock.nowMs += 1_000
    const check = await test.vault.checkBackup(secrets())
    expect(check).toEqual({
      matched: before.map(({ id }) => id),
      missing: [late.id],
      unknownWallets: 0,
      createdAtMs: test.clock.nowMs - 1_000,
    })
    const after = await test.vault.listWallets()
    expect(after.map(({ lastVerifiedAtMs }) => lastVerifiedAtMs)).toEqual([
      ...before.map(() => test.clock.nowMs),
      undefined,
    ])
    expect(after.slice(0, -1).map(({ lastVerifiedAtMs: _, ...wallet }) => wallet)).toEqual(before)
  })
})

describe('a drill', () => {
  it('tells the right phrase from another, and from the right one without its passphrase', async () => {
    const { vault, first } = await start()
    const hidden = await vault.importWallet({ phrase: utf8(otherPublishedPhrase), passphrase: utf8('25') })
    expect(await vault.checkPhrase({ phrase: utf8(publishedPhrase) })).toMatchObject({ matched: [first.id] })
    const { vault: elsewhere } = await start({ folder: join(folder, 'other') })
    expect(await elsewhere.checkPhrase({ phrase: utf8(otherPublishedPhrase) })).toEqual({
      matched: [],
      missing: [],
      unknownWallets: 1,
    })
    expect(
      await vault.checkPhrase({ phrase: utf8(otherPublishedPhrase), passphrase: utf8('25') }),
    ).toMatchObject({ matched: [hidden.id] })
    expect(
      await vault.checkPhrase({ phrase: utf8(otherPublishedPhrase), passphrase: utf8('26') }),
    ).toMatchObject({ matched: [] })
  })
})

describe('protection', () => {
  it('a renewed kit ends the old one, also in the backup copy', async () => {
    const test = createTestSigner({ folder })
    const { recoveryKit: oldKit } = await test.signer.vault.createFromPhrase({
      phrase: utf8(publishedPhrase),
      password: password(),
      protection: 'keychain',
      origin: 'imported',
    })
    const { recoveryKit } = await test.signer.vault.renewRecoveryKit({ password: password() })
    expect(text(recoveryKit)).not.toBe(text(oldKit))
    await reopen(test)
    for (const name of [vaultFileName, `${vaultFileName}.bak`]) {
      const elsewhere = join(folder, 'elsewhere', name)
      const lost = createTestSigner({ folder: elsewhere })
      await lost.signer.vault.getStatus()
      await import('node:fs/promises').then(({ mkdir }) => mkdir(elsewhere, { recursive: true }))
      await writeFile(join(elsewhere, vaultFileName), await readFile(join(folder, name)))
      await expect(
        lost.signer.vault.unlock({ password: password(), recoveryKit: utf8(text(oldKit)) }),
      ).rejects.toMatchObject({ code: 'recoveryKit.mismatch' })
      await lost.signer.vault.unlock({ password: password(), recoveryKit: utf8(text(recoveryKit)) })
    }
  })

  it('changes from the password alone to the keychain and back, and never without the keychain’s word', async () => {
    const test = await start()
    test.keychain.mode = 'locked'
    await expect(
      test.vault.changeProtection({ password: password(), protection: 'keychain' }),
    ).rejects.toMatchObject({ code: 'keychain.lockedOrMissing' })
    expect(await test.vault.getStatus()).toMatchObject({ state: 'unlocked', protection: 'password' })
    test.keychain.mode = 'available'
    const { recoveryKit } = await test.vault.changeProtection({
      password: password(),
      protection: 'keychain',
    })
    expect(text(recoveryKit)).toMatch(/^MINATO1/)
    expect(await test.vault.getStatus()).toMatchObject({ protection: 'keychain' })
    await (await reopen(test)).listWallets()
    expect(await test.vault.changeProtection({ password: password(), protection: 'password' })).toEqual({})
    const without = createTestSigner({ folder })
    await without.signer.vault.unlock({ password: password() })
    expect(await without.signer.vault.listWallets()).toHaveLength(1)
  })
})

describe('a vault of version 1', () => {
  it('opens with everything in it, and is written as the newest with the next change', async () => {
    const { copyFile } = await import('node:fs/promises')
    await copyFile(new URL('./vault/fixtures/version-1.minato', import.meta.url), join(folder, vaultFileName))
    const test = createTestSigner({ folder })
    await test.signer.vault.unlock({ password: password() })
    const [wallet] = await test.signer.vault.listWallets()
    expect(wallet).toMatchObject({ kind: 'phrase', pathTemplate: pathTemplates.bip44, name: 'Wallet 1' })
    expect(wallet?.accounts).toMatchObject([
      { address: '0x58A57ed9d8d624cBD12e2C467D34787555bB1b25', path: "m/44'/60'/0'/0/0" },
      { address: '0x0D3eB21b6b21833A4939Cfff4810E9AE0758e12C', name: 'Savings' },
    ])
    const untouched = await readFile(join(folder, vaultFileName))
    expect(
      untouched.equals(await readFile(new URL('./vault/fixtures/version-1.minato', import.meta.url))),
    ).toBe(true)
    await test.signer.vault.addAccount({ walletId: wallet?.id ?? '' })
    const vault = await reopen(test)
    expect((await vault.listWallets())[0]?.accounts).toHaveLength(3)
  })
})
