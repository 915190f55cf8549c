import type { StandingRule } from '../../../shared/contract/rules.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { AccountId, Address, WalletId } from '../../../shared/identity/identity.ts'
import { isSameAddress } from '../../../shared/identity/identity.ts'
import { createWalletKeys, type WalletKeys } from '../keys/walletKeys.ts'
import { wipe } from '../memory/wipe.ts'
import type { StoredAccount, StoredWallet, VaultContent } from './payload.ts'
import type { VaultFile } from './vaultFile.ts'

/** What is held while the vault is open. */
export interface SessionContent {
  readonly file: VaultFile
  /** The file as it was last read or written, to notice when another program changes it. */
  readonly bytes: Uint8Array
  readonly dataKey: Uint8Array
  readonly keychainSecret: Uint8Array | undefined
  readonly wallets: readonly StoredWallet[]
  readonly rules: readonly StandingRule[]
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
  update(changes: Pick<SessionContent, 'file' | 'bytes'> & Partial<VaultContent>): void
  /** After a new keychain secret, or none any more; the old one is overwritten. */
  updateKeychainSecret(secret: Uint8Array | undefined): void
  /** Overwrites keys and forgets everything. */
  close(): void
  /** @throws AppError `vault.locked`, `account.missing` */
  findAccount(accountId: AccountId): { wallet: StoredWallet; account: StoredAccount }
  /** @throws AppError `vault.locked`, `account.missing`, `signing.watchOnly` */
  findSigningAccount(accountId: AccountId): { wallet: StoredWallet; account: StoredAccount }
  ownNameOf(address: Address): string | undefined
  /** @throws AppError `vault.locked`, `wallet.missing` */
  findWallet(walletId: WalletId): StoredWallet
  /** @throws AppError `passphrase.needed` */
  keysOf(wallet: StoredWallet): WalletKeys
  /**
   * BIP-39's passphrase of a wallet, kept or entered; empty where it has none.
   *
   * @throws AppError `passphrase.needed`
   */
  passphraseOf(wallet: StoredWallet): string
  /** A passphrase that is not kept, for as long as this session lasts. */
  keepPassphrase(walletId: WalletId, passphrase: string): void
  hasPassphrase(walletId: WalletId): boolean
  /** The wallet is no longer in the vault: its keys go too. */
  forgetKeys(walletId: WalletId): void
}

export function createSession(): Session {
  let open: SessionContent | undefined
  let closings = 0
  const keys = new Map<WalletId, WalletKeys>()
  const passphrases = new Map<WalletId, string>()

  function close(): void {
    closings++
    forget()
  }

  // Bytes are overwritten. What JSON made strings of stays until it is collected, which is why locking ends the process.
  function forget(): void {
    for (const walletKeys of keys.values()) walletKeys.wipe()
    keys.clear()
    passphrases.clear()
    wipe(open?.dataKey, open?.keychainSecret)
    open = undefined
  }

  function content(): SessionContent {
    if (!open) throw new AppError('vault.locked')
    return open
  }

  function findAccount(accountId: AccountId): { wallet: StoredWallet; account: StoredAccount } {
    for (const wallet of content().wallets) {
      const account = wallet.accounts.find(({ id }) => id === accountId)
      if (account) return { wallet, account }
    }
    throw new AppError('account.missing')
  }

  function passphraseOf({ id, secret }: StoredWallet): string {
    if (secret.kind !== 'phrase') return ''
    if (!secret.asksPassphrase) return secret.passphrase ?? ''
    const passphrase = passphrases.get(id)
    if (passphrase === undefined) throw new AppError('passphrase.needed')
    return passphrase
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
      const { file, bytes, wallets, rules } = { ...content(), ...changes }
      open = { ...content(), file, bytes, wallets, rules }
    },

    updateKeychainSecret(keychainSecret) {
      const before = content()
      wipe(before.keychainSecret)
      open = { ...before, keychainSecret }
    },

    findAccount,

    findSigningAccount(accountId) {
      const found = findAccount(accountId)
      if (found.wallet.secret.kind === 'watchOnly') throw new AppError('signing.watchOnly')
      return found
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
        walletKeys = createWalletKeys(wallet.secret, passphraseOf(wallet))
        keys.set(wallet.id, walletKeys)
      }
      return walletKeys
    },

    keepPassphrase(walletId, passphrase) {
      content()
      passphrases.set(walletId, passphrase)
    },
    passphraseOf,
    hasPassphrase: (walletId) => passphrases.has(walletId),

    forgetKeys(walletId) {
      keys.get(walletId)?.wipe()
      keys.delete(walletId)
      passphrases.delete(walletId)
    },
  }
}
