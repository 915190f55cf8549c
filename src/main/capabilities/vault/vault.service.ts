import type { Handlers } from '../../../shared/contract/createRouter.ts'
import type { Account } from '../../../shared/contract/vault.ts'
import type { mainWindowContract } from '../../../shared/contract/windows.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import { createAutoLock } from './createAutoLock.ts'
import { discoverAccounts } from './discoverAccounts.ts'
import type { VaultDependencies } from './vault.ports.ts'

export interface VaultService {
  readonly handlers: Handlers<typeof mainWindowContract>['vault']
  /**
   * The accounts of all wallets.
   *
   * @throws AppError `vault.locked`
   */
  listAccounts(): Promise<Account[]>
  isUnlocked(): boolean
  /** Ends the signer process: nothing decrypted survives. Never fails. */
  lock(): Promise<void>
  /** The user did something; puts off the automatic lock, or locks at once when its time passed while the machine slept. */
  noteActivity(): void
  /** The setting of the automatic lock changed. */
  rescheduleAutoLock(): void
  /** Returns what ends the subscription. */
  onUnlocked(listener: () => void): () => void
  onLocked(listener: () => void): () => void
  /** The app ends: stops the signer, and tells nobody any more. */
  shutDown(): void
}

export function createVaultService(dependencies: VaultDependencies): VaultService {
  const { signer, practice, addresses, usage, settings, onStatusChanged, onWalletsChanged } = dependencies
  const unlockedListeners = new Set<() => void>()
  const lockedListeners = new Set<() => void>()
  let isUnlocked = false
  let isShutDown = false
  const autoLock = createAutoLock(dependencies, () => void lock())

  signer.onStopped(() => {
    autoLock.stop()
    if (!isUnlocked || isShutDown) return
    isUnlocked = false
    for (const listener of lockedListeners) listener()
    void tellStatus()
  })

  async function lock(): Promise<void> {
    if (isUnlocked) {
      await signer.vault.lock().catch(() => {
        // Ending the process is what locks; this only overwrites its memory before.
      })
    }
    signer.stop()
  }

  async function tellStatus(): Promise<void> {
    const status = await signer.vault.getStatus().catch(() => undefined)
    // A signer that ends under the question tells of it by ending.
    if (status && !isShutDown) onStatusChanged(status)
  }

  async function tellWallets(): Promise<void> {
    const wallets = await signer.vault.listWallets().catch(() => undefined)
    if (wallets && isUnlocked) onWalletsChanged(wallets)
  }

  function opened(): void {
    isUnlocked = true
    autoLock.start()
    for (const listener of unlockedListeners) listener()
    // Told without waiting: the keychain may take seconds to answer, and the vault is open already.
    void tellStatus()
    void tellWallets()
  }

  async function attempting<T>(call: Promise<T>): Promise<T> {
    try {
      return await call
    } catch (error) {
      // Wrong passwords change until when attempts are refused.
      void tellStatus()
      throw error
    }
  }

  async function opening<T>(call: Promise<T>): Promise<T> {
    const outcome = await attempting(call)
    opened()
    return outcome
  }

  async function changing<T>(call: Promise<T>): Promise<T> {
    const outcome = await call
    await tellWallets()
    return outcome
  }

  async function reprotecting<T>(call: Promise<T>): Promise<T> {
    const outcome = await attempting(call)
    void tellStatus()
    return outcome
  }

  return {
    handlers: {
      getStatus: () => signer.vault.getStatus(),
      draftPhrase: (input) => signer.vault.draftPhrase(input),
      create: (input) => opening(signer.vault.create(input)),
      createFromPhrase: (input) => opening(signer.vault.createFromPhrase({ ...input, origin: 'imported' })),
      async createPractice(input) {
        if (!practice) throw new AppError('request.invalid', { path: '', rule: 'noPracticeChain' })
        const { firstAccountIndex } = practice
        const phrase = practice.phrase()
        return opening(
          signer.vault.createFromPhrase({ ...input, phrase, origin: 'practice', firstAccountIndex }),
        )
      },
      unlock: (input) => opening(signer.vault.unlock(input)),
      async lock() {
        await lock()
      },
      createFromShares: (input) => opening(signer.vault.createFromShares(input)),
      async restoreBackup(input) {
        const { settings: kept, ...created } = await opening(signer.vault.restoreBackup(input))
        if (kept !== undefined) settings.import(kept)
        return created
      },
      changePassword: (input) => attempting(signer.vault.changePassword(input)),
      renewRecoveryKit: (input) => reprotecting(signer.vault.renewRecoveryKit(input)),
      changeProtection: (input) => reprotecting(signer.vault.changeProtection(input)),

      listWallets: () => signer.vault.listWallets(),
      createWallet: (input) => changing(signer.vault.createWallet(input)),
      importWallet: (input) => changing(signer.vault.importWallet(input)),
      importPrivateKey: (input) => changing(signer.vault.importPrivateKey(input)),
      importKeystore: (input) => changing(signer.vault.importKeystore(input)),
      importShares: (input) => changing(signer.vault.importShares(input)),
      async watchAddress({ addressOrName, name = nameOf(addressOrName) }) {
        if (!isUnlocked) throw new AppError('vault.locked')
        const address = await addresses.resolve(addressOrName)
        return changing(signer.vault.watchAddress({ address, ...(name !== undefined && { name }) }))
      },
      enterPassphrase: (input) => changing(signer.vault.enterPassphrase(input)),
      updateWallet: (input) => changing(signer.vault.updateWallet(input)),
      updateAccount: (input) => changing(signer.vault.updateAccount(input)),
      orderWallets: (input) => changing(signer.vault.orderWallets(input)),
      orderAccounts: (input) => changing(signer.vault.orderAccounts(input)),
      removeWallet: (input) => changing(attempting(signer.vault.removeWallet(input))),
      addAccount: (input) => changing(signer.vault.addAccount(input)),
      addAccounts: (input) => changing(signer.vault.addAccounts(input)),
      renameAccount: (input) => changing(signer.vault.renameAccount(input)),
      deriveAddresses: (input) => signer.vault.deriveAddresses(input),
      async discoverAccounts({ walletId }) {
        const wallet = (await signer.vault.listWallets()).find(({ id }) => id === walletId)
        if (!wallet) throw new AppError('wallet.missing')
        return discoverAccounts(
          usage,
          (pathTemplate, start, count) =>
            signer.vault.deriveAddresses({ walletId, pathTemplate, start, count }),
          wallet.pathTemplate,
          dependencies.onDiscoveryProgressed,
        )
      },

      revealPhrase: (input) => attempting(signer.vault.revealPhrase(input)),
      exportPrivateKey: (input) => attempting(signer.vault.exportPrivateKey(input)),
      exportKeystore: (input) => attempting(signer.vault.exportKeystore(input)),
      createShares: (input) => attempting(signer.vault.createShares(input)),
      createBackup: (input) =>
        attempting(signer.vault.createBackup({ ...input, settings: settings.export() })),
      mergeBackup: (input) => changing(signer.vault.mergeBackup(input)),
      checkBackup: (input) => changing(signer.vault.checkBackup(input)),
      checkPhrase: (input) => changing(signer.vault.checkPhrase(input)),
      checkShares: (input) => changing(signer.vault.checkShares(input)),
    },

    async listAccounts() {
      if (!isUnlocked) throw new AppError('vault.locked')
      const wallets = await signer.vault.listWallets()
      return wallets.flatMap(({ accounts }) => accounts)
    },

    isUnlocked: () => isUnlocked,
    lock,
    noteActivity: autoLock.noteActivity,
    rescheduleAutoLock: autoLock.reschedule,

    onUnlocked(listener) {
      unlockedListeners.add(listener)
      return () => unlockedListeners.delete(listener)
    },

    onLocked(listener) {
      lockedListeners.add(listener)
      return () => lockedListeners.delete(listener)
    },

    shutDown() {
      isShutDown = true
      autoLock.stop()
      signer.stop()
    },
  }
}

/** A name is what a watched address is called, unless the user says otherwise; an address is no name. */
function nameOf(addressOrName: string): string | undefined {
  const text = addressOrName.trim()
  return text.startsWith('0x') || text.length > 64 ? undefined : text
}
