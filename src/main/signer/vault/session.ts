import { AppError } from '../../../shared/errors/AppError.ts'
import type { AccountId, Address, WalletId } from '../../../shared/identity/identity.ts'
import { isSameAddress } from '../../../shared/identity/identity.ts'
import { createWalletKeys, type WalletKeys } from '../keys/walletKeys.ts'
import { wipe } from '../memory/wipe.ts'
import type { StoredAccount, StoredWallet } from './payload.ts'
import type { VaultFile } from './vaultFile.ts'

/** What is held while the vault is open. */
export interface SessionContent {
  readonly file: VaultFile
  /** The file as it was last read or written, to notice when another program changes it. */
  readonly bytes: Uint8Array
  readonly dataKey: Uint8Array
  readonly keychainSecret: Uint8Array | undefined
  readonly wallets: readonly StoredWallet[]
}

/**
 * Opens the vault, unless it was locked since the opening began: it then wipes what it was given and throws AppError
 * `vault.locked`.
 */
export type OpenSession = (content: SessionContent) => void

/** The open vault, or none. */
export interface Session {
  isOpen(): boolean
  /** @throws AppError `vault.locked` */
  content(): SessionContent
  /** Begins an opening that takes time. */
  prepare(): OpenSession
  /** After a save: new bytes, same keys. */
  update(changes: Pick<SessionContent, 'file' | 'bytes' | 'wallets'>): void
  /** Overwrites keys and forgets everything. */
  close(): void
  /** @throws AppError `vault.locked`, `account.missing` */
  findAccount(accountId: AccountId): { wallet: StoredWallet; account: StoredAccount }
  ownNameOf(address: Address): string | undefined
  /** @throws AppError `vault.locked`, `wallet.missing` */
  findWallet(walletId: WalletId): StoredWallet
  keysOf(wallet: StoredWallet): WalletKeys
}

export function createSession(): Session {
  let open: SessionContent | undefined
  let closings = 0
  const keys = new Map<WalletId, WalletKeys>()

  function close(): void {
    closings++
    forget()
  }

  // Bytes are overwritten. What JSON made strings of stays until it is collected, which is why locking ends the process.
  function forget(): void {
    for (const walletKeys of keys.values()) walletKeys.wipe()
    keys.clear()
    wipe(open?.dataKey, open?.keychainSecret)
    open = undefined
  }

  function content(): SessionContent {
    if (!open) throw new AppError('vault.locked')
    return open
  }

  return {
    isOpen: () => open !== undefined,
    content,
    close,

    prepare() {
      const closingsBefore = closings
      return (next) => {
        if (closings !== closingsBefore) {
          wipe(next.dataKey, next.keychainSecret)
          throw new AppError('vault.locked')
        }
        forget()
        open = next
      }
    },

    update(changes) {
      open = { ...content(), ...changes }
    },

    findAccount(accountId) {
      for (const wallet of content().wallets) {
        const account = wallet.accounts.find(({ id }) => id === accountId)
        if (account) return { wallet, account }
      }
      throw new AppError('account.missing')
    },

    ownNameOf(address) {
      for (const wallet of open?.wallets ?? []) {
        const account = wallet.accounts.find((candidate) => isSameAddress(candidate.address, address))
        if (account) return account.name
      }
      return undefined
    },

    findWallet(walletId) {
      const wallet = content().wallets.find(({ id }) => id === walletId)
      if (!wallet) throw new AppError('wallet.missing')
      return wallet
    },

    keysOf(wallet) {
      let walletKeys = keys.get(wallet.id)
      if (!walletKeys) {
        walletKeys = createWalletKeys(wallet.secret)
        keys.set(wallet.id, walletKeys)
      }
      return walletKeys
    },
  }
}
