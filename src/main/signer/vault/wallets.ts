import { randomUUID } from 'node:crypto'
import type { Account, Wallet } from '../../../shared/contract/vault.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import { accountIdSchema, walletIdSchema } from '../../../shared/identity/identity.ts'
import { createWalletKeys, defaultParentPath, type WalletKeys } from '../keys/walletKeys.ts'
import { encodeHex } from '../memory/bytes.ts'
import type { ParsedPhrase } from '../phrase/parsePhrase.ts'
import type { StoredAccount, StoredWallet } from './payload.ts'

export const maximumWallets = 100
export const maximumAccountsPerWallet = 1_000

export interface NewWallet {
  readonly phrase: ParsedPhrase
  readonly origin: Wallet['origin']
  readonly name: string | undefined
  /** Index of the first account below the parent path. */
  readonly firstAccountIndex: number
  readonly createdAtMs: number
}

/**
 * A wallet with its first account.
 *
 * @throws AppError `wallet.duplicate`, `account.limitReached`
 */
export async function createWallet(
  input: NewWallet,
  existing: readonly StoredWallet[],
): Promise<StoredWallet> {
  if (existing.length >= maximumWallets) {
    throw new AppError('account.limitReached', { of: 'wallets', limit: maximumWallets })
  }
  const secret = {
    kind: 'phrase',
    language: input.phrase.language,
    entropy: encodeHex(input.phrase.entropy),
  } as const
  // The same entropy in another language is another phrase, and so another seed.
  const twin = existing.find(
    ({ secret: other }) => other.entropy === secret.entropy && other.language === secret.language,
  )
  if (twin) throw new AppError('wallet.duplicate', { name: twin.name })

  const keys = createWalletKeys(secret)
  try {
    return {
      id: walletIdSchema.parse(randomUUID()),
      name: input.name ?? defaultWalletName(input.origin, existing),
      origin: input.origin,
      createdAtMs: input.createdAtMs,
      secret,
      accounts: [await createAccount(keys, input.firstAccountIndex, defaultAccountName([]))],
    }
  } finally {
    keys.wipe()
  }
}

/**
 * The account after the wallet's last one.
 *
 * @throws AppError `account.limitReached`
 */
export async function createNextAccount(
  wallet: StoredWallet,
  keys: WalletKeys,
  name: string | undefined,
): Promise<StoredAccount> {
  if (wallet.accounts.length >= maximumAccountsPerWallet) {
    throw new AppError('account.limitReached', { of: 'accounts', limit: maximumAccountsPerWallet })
  }
  const indices = wallet.accounts.map(({ path }) => Number(path.slice(path.lastIndexOf('/') + 1)))
  return createAccount(keys, Math.max(-1, ...indices) + 1, name ?? defaultAccountName(wallet.accounts))
}

/** What may leave the signer: everything but the secret. */
export function toWallet({ secret: _secret, accounts, ...wallet }: StoredWallet): Wallet {
  return { ...wallet, accounts: accounts.map((account) => toAccount(wallet.id, account)) }
}

export function toAccount(walletId: Wallet['id'], account: StoredAccount): Account {
  return { ...account, walletId }
}

async function createAccount(keys: WalletKeys, index: number, name: string): Promise<StoredAccount> {
  const path = `${defaultParentPath}/${index}`
  return { id: accountIdSchema.parse(randomUUID()), path, address: await keys.addressAt(path), name }
}

function defaultAccountName(accounts: readonly StoredAccount[]): string {
  return firstFreeName('Account', accounts.length + 1, accounts)
}

function defaultWalletName(origin: Wallet['origin'], wallets: readonly StoredWallet[]): string {
  const isTaken = wallets.some(({ name }) => name === 'Practice')
  return origin === 'practice' && !isTaken ? 'Practice' : firstFreeName('Wallet', wallets.length + 1, wallets)
}

function firstFreeName(word: string, start: number, taken: readonly { name: string }[]): string {
  const names = new Set(taken.map(({ name }) => name))
  let number = start
  while (names.has(`${word} ${number}`)) number++
  return `${word} ${number}`
}
