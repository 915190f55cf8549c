import { describe, expect, it, vi } from 'vitest'
import { pathTemplates, type VaultStatus, type Wallet } from '../../../shared/contract/vault.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import { accountIdSchema, walletIdSchema } from '../../../shared/identity/identity.ts'
import type { VaultDependencies, VaultSignerPort } from './vault.ports.ts'
import { createVaultService } from './vault.service.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const wallet: Wallet = {
  id: walletIdSchema.parse('w'),
  name: 'Wallet 1',
  origin: 'imported',
  kind: 'phrase',
  pathTemplate: pathTemplates.bip44,
  createdAtMs: 0,
  accounts: [
    {
      id: accountIdSchema.parse('a'),
      walletId: walletIdSchema.parse('w'),
      address: '0x0000000000000000000000000000000000000001',
      name: 'Account 1',
      path: "m/44'/60'/0'/0/0",
    },
  ],
}

/** The signer in memory: a password, two states, and a process that can end. */
function createMemorySigner() {
  const listeners = new Set<() => void>()
  const calls: unknown[] = []
  let state: VaultStatus['state'] = 'none'
  let wallets = [wallet]
  const demandUnlocked = () => {
    if (state !== 'unlocked') throw new AppError('vault.locked')
  }
  const open = async () => {
    state = 'unlocked'
    return {}
  }
  const end = () => {
    if (state === 'unlocked') state = 'locked'
    for (const listener of [...listeners]) listener()
  }
  const port: VaultSignerPort = {
    // Only what these tests reach.
    vault: {
      getStatus: async () => ({ state, keychain: { state: 'available' } }),
      draftPhrase: async () => ({ draftId: 'd', phrase: utf8('words'), confirmPositions: [1, 2, 3] }),
      create: open,
      async createFromPhrase(input) {
        calls.push({ ...input, phrase: new TextDecoder().decode(input.phrase) })
        input.phrase.fill(0)
        return open()
      },
      async unlock({ password }) {
        if (new TextDecoder().decode(password) !== 'right') throw new AppError('vault.wrongPassword')
        state = 'unlocked'
      },
      async lock() {
        calls.push('lock')
        state = 'locked'
      },
      async changePassword() {
        demandUnlocked()
      },
      async listWallets() {
        demandUnlocked()
        return wallets
      },
      async importWallet() {
        demandUnlocked()
        wallets = [...wallets, { ...wallet, name: 'Wallet 2' }]
        return wallet
      },
      async addAccount() {
        throw new AppError('account.limitReached')
      },
      renameAccount: async () => ({ ...(wallet.accounts[0] ?? raise()) }),
    } as Partial<VaultSignerPort['vault']> as VaultSignerPort['vault'],
    stop() {
      calls.push('stop')
      end()
    },
    onStopped(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  return { port, calls, crash: end }
}

function raise(): never {
  throw new Error('The wallet has an account')
}

/** A clock that moves only when told, and fires what is due; asleep, it moves and fires nothing. */
function createTime() {
  let nowMs = 0
  const due = new Set<{ atMs: number; callback: () => void }>()
  return {
    nowMs: () => nowMs,
    after(delayMs: number, callback: () => void) {
      const entry = { atMs: nowMs + delayMs, callback }
      due.add(entry)
      return () => {
        due.delete(entry)
      }
    },
    advance(byMs: number) {
      const untilMs = nowMs + byMs
      for (;;) {
        const next = [...due].filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0]
        if (!next) break
        nowMs = Math.max(nowMs, next.atMs)
        due.delete(next)
        next.callback()
      }
      nowMs = untilMs
    },
    sleep(forMs: number) {
      nowMs += forMs
    },
    timers: () => due.size,
  }
}

const outside: Pick<VaultDependencies, 'addresses' | 'usage' | 'settings'> = {
  addresses: { resolve: async () => '0x0000000000000000000000000000000000000002' },
  usage: { listChainIds: () => [], readUsage: async () => [] },
  settings: { export: () => '{}', import() {} },
}

function createService(autoLockMinutes = 10) {
  const signer = createMemorySigner()
  const time = createTime()
  const settings = { autoLockMinutes }
  const onStatusChanged = vi.fn()
  const onWalletsChanged = vi.fn()
  const service = createVaultService({
    signer: signer.port,
    nowMs: time.nowMs,
    after: time.after,
    autoLockMinutes: () => settings.autoLockMinutes,
    practice: { phrase: () => utf8('practice phrase'), firstAccountIndex: 2 },
    ...outside,
    onStatusChanged,
    onDiscoveryProgressed: () => {},
    onWalletsChanged,
  })
  const lastStatus = () => onStatusChanged.mock.lastCall?.[0] as VaultStatus | undefined
  return { service, signer, time, settings, onStatusChanged, onWalletsChanged, lastStatus }
}

const minute = 60_000

describe('the vault service', () => {
  it('tells of being unlocked and locked, with the wallets in between', async () => {
    const { service, signer, onWalletsChanged, lastStatus } = createService()
    const events: string[] = []
    service.onUnlocked(() => events.push('unlocked'))
    const unsubscribe = service.onLocked(() => events.push('locked'))
    await expect(service.listAccounts()).rejects.toMatchObject({ code: 'vault.locked' })
    await service.handlers.unlock({ password: utf8('right') })
    expect(service.isUnlocked()).toBe(true)
    await vi.waitFor(() => expect(lastStatus()?.state).toBe('unlocked'))
    expect(onWalletsChanged).toHaveBeenCalledWith([wallet])
    expect(await service.listAccounts()).toEqual(wallet.accounts)

    await service.handlers.lock(undefined)
    expect(signer.calls).toEqual(['lock', 'stop'])
    expect(service.isUnlocked()).toBe(false)
    await vi.waitFor(() => expect(lastStatus()?.state).toBe('locked'))
    expect(events).toEqual(['unlocked', 'locked'])
    unsubscribe()
    await service.handlers.unlock({ password: utf8('right') })
    await service.lock()
    expect(events).toEqual(['unlocked', 'locked', 'unlocked'])
  })

  it('is locked when the signer process crashes', async () => {
    const { service, signer, lastStatus } = createService()
    await service.handlers.unlock({ password: utf8('right') })
    const locked = vi.fn()
    service.onLocked(locked)
    signer.crash()
    expect(locked).toHaveBeenCalledTimes(1)
    expect(service.isUnlocked()).toBe(false)
    await vi.waitFor(() => expect(lastStatus()?.state).toBe('locked'))
    // A crash of the locked process changes nothing.
    signer.crash()
    expect(locked).toHaveBeenCalledTimes(1)
  })

  it('tells the status after a wrong password: attempts may be throttled now', async () => {
    const { service, onStatusChanged } = createService()
    await expect(service.handlers.unlock({ password: utf8('wrong') })).rejects.toMatchObject({
      code: 'vault.wrongPassword',
    })
    await vi.waitFor(() => expect(onStatusChanged).toHaveBeenCalled())
    expect(service.isUnlocked()).toBe(false)
  })

  it('tells of changed wallets after a change, and not after a refusal', async () => {
    const { service, onWalletsChanged } = createService()
    await service.handlers.unlock({ password: utf8('right') })
    await vi.waitFor(() => expect(onWalletsChanged).toHaveBeenCalledTimes(1))
    await service.handlers.importWallet({ phrase: utf8('words') })
    expect(onWalletsChanged).toHaveBeenCalledTimes(2)
    expect(onWalletsChanged.mock.lastCall?.[0]).toHaveLength(2)
    await expect(service.handlers.addAccount({ walletId: wallet.id })).rejects.toMatchObject({
      code: 'account.limitReached',
    })
    expect(onWalletsChanged).toHaveBeenCalledTimes(2)
  })

  it('marks where a phrase comes from, and hands out a fresh practice phrase each time', async () => {
    const { service, signer } = createService()
    const rest = { password: utf8('password'), protection: 'password' } as const
    await service.handlers.createFromPhrase({ ...rest, phrase: utf8('words') })
    await service.handlers.createPractice(rest)
    await service.handlers.createPractice(rest)
    const practice = { phrase: 'practice phrase', origin: 'practice', firstAccountIndex: 2 }
    expect(signer.calls).toMatchObject([{ phrase: 'words', origin: 'imported' }, practice, practice])
  })

  it('has no practice wallet without a local chain', async () => {
    const { port } = createMemorySigner()
    const service = createVaultService({
      signer: port,
      nowMs: () => 0,
      after: () => () => {},
      autoLockMinutes: () => 0,
      ...outside,
      onStatusChanged: () => {},
      onDiscoveryProgressed: () => {},
      onWalletsChanged: () => {},
    })
    await expect(
      service.handlers.createPractice({ password: utf8('password'), protection: 'password' }),
    ).rejects.toMatchObject({ code: 'request.invalid' })
  })

  it('tells nobody when the app ends', async () => {
    const { service, signer, onStatusChanged } = createService()
    await service.handlers.unlock({ password: utf8('right') })
    await vi.waitFor(() => expect(onStatusChanged).toHaveBeenCalledTimes(1))
    const locked = vi.fn()
    service.onLocked(locked)
    service.shutDown()
    expect(signer.calls).toEqual(['stop'])
    expect(locked).not.toHaveBeenCalled()
    expect(onStatusChanged).toHaveBeenCalledTimes(1)
  })
})

describe('the automatic lock', () => {
  async function createUnlocked(autoLockMinutes?: number) {
    const created = createService(autoLockMinutes)
    await created.service.handlers.unlock({ password: utf8('right') })
    return created
  }
  const settled = () => new Promise((resolve) => setImmediate(resolve))

  it('comes after the time without use, and is put off by use', async () => {
    const { service, time } = await createUnlocked()
    time.advance(9 * minute)
    service.noteActivity()
    time.advance(9 * minute)
    service.noteActivity()
    time.advance(10 * minute - 1)
    await settled()
    expect(service.isUnlocked()).toBe(true)
    time.advance(1)
    await settled()
    expect(service.isUnlocked()).toBe(false)
    expect(time.timers()).toBe(0)
  })

  it('comes with the first use after a night asleep', async () => {
    const { service, time } = await createUnlocked()
    time.sleep(8 * 60 * minute)
    service.noteActivity()
    await settled()
    expect(service.isUnlocked()).toBe(false)
  })

  it('never comes when it is switched off, and follows a change of the setting', async () => {
    const { service, time, settings } = await createUnlocked(0)
    time.advance(1_000 * minute)
    await settled()
    expect(service.isUnlocked()).toBe(true)
    service.noteActivity()
    settings.autoLockMinutes = 1
    service.rescheduleAutoLock()
    time.advance(minute)
    await settled()
    expect(service.isUnlocked()).toBe(false)
  })

  it('does nothing while the vault is locked', async () => {
    const { service, signer, time } = createService()
    service.noteActivity()
    service.rescheduleAutoLock()
    time.advance(100 * minute)
    expect(signer.calls).toEqual([])
    expect(time.timers()).toBe(0)
  })
})
