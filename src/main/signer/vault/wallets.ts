import { randomUUID } from 'node:crypto'
import { type Account, pathTemplates, type Wallet } from '../../../shared/contract/vault.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import {
  type Address,
  accountIdSchema,
  isSameAddress,
  walletIdSchema,
} from '../../../shared/identity/identity.ts'
import { createWalletKeys, type WalletKeys } from '../keys/walletKeys.ts'
import { encodeHex } from '../memory/bytes.ts'
import type { ParsedPhrase } from '../phrase/parsePhrase.ts'
import type { StoredAccount, StoredWallet, WalletSecret } from './payload.ts'
import type { Session } from './session.ts'

export const maximumWallets = 100
export const maximumAccountsPerWallet = 1_000

export interface NewWallet {
  readonly secret: WalletSecret
  readonly origin: Wallet['origin']
  readonly name: string | undefined
  readonly createdAtMs: number
  /** For phrases and seeds: how accounts are counted, and where the first one is. */
  readonly pathTemplate?: string | undefined
  readonly firstAccountIndex?: number | undefined
  /** A passphrase that is not kept. */
  readonly passphrase?: string | undefined
  /** Of a wallet that is only watched. */
  readonly address?: Address | undefined
}

/** The secret of a phrase, with its passphrase where that is to be kept. */
export function toPhraseSecret(
  { language, entropy }: ParsedPhrase,
  passphrase?: string,
  storesPassphrase = false,
): WalletSecret {
  const phrase = { kind: 'phrase', language, entropy: encodeHex(entropy) } as const
  // BIP-39: no passphrase and an empty one are the same.
  if (!passphrase) return phrase
  return storesPassphrase ? { ...phrase, passphrase } : { ...phrase, asksPassphrase: true }
}

/**
 * A wallet with its first account.
 *
 * @throws AppError `wallet.duplicate`, `account.limitReached`, `path.invalid`
 */
export async function createWallet(
  input: NewWallet,
  existing: readonly StoredWallet[],
): Promise<StoredWallet> {
  if (existing.length >= maximumWallets) {
    throw new AppError('account.limitReached', { of: 'wallets', limit: maximumWallets })
  }
  const { secret } = input
  const isTree = secret.kind === 'phrase' || secret.kind === 'seed'
  const pathTemplate = isTree ? (input.pathTemplate ?? pathTemplates.bip44) : undefined
  const path = pathTemplate?.replace('{index}', String(input.firstAccountIndex ?? 0))
  const address = input.address ?? (await firstAddress(input, path))
  const twin = existing.find((other) => isSameKeys(other, secret, address))
  if (twin) throw new AppError('wallet.duplicate', { name: twin.name })
  return {
    id: walletIdSchema.parse(randomUUID()),
    name: input.name ?? defaultWalletName(input.origin, existing),
    origin: input.origin,
    createdAtMs: input.createdAtMs,
    ...(pathTemplate !== undefined && { pathTemplate }),
    secret,
    accounts: [
      {
        id: accountIdSchema.parse(randomUUID()),
        ...(path !== undefined && { path }),
        address,
        name: defaultAccountName([]),
      },
    ],
  }
}

async function firstAddress({ secret, passphrase }: NewWallet, path: string | undefined): Promise<Address> {
  const kept = secret.kind === 'phrase' ? secret.passphrase : undefined
  const keys = createWalletKeys(secret, kept ?? passphrase ?? '')
  try {
    return await keys.addressAt(path)
  } finally {
    keys.wipe()
  }
}

/** Whether a wallet is there already. The same entropy in another language is another phrase, and so other keys. */
function isSameKeys(other: StoredWallet, secret: WalletSecret, address: Address): boolean {
  if (other.secret.kind !== secret.kind) return false
  // Another passphrase or path style makes another wallet of the same phrase: then the addresses differ.
  return other.accounts.some((account) => isSameAddress(account.address, address))
}

/**
 * The account after the wallet's last one.
 *
 * @throws AppError `account.limitReached`, `wallet.hasNoSecret`
 */
export async function createNextAccount(
  wallet: StoredWallet,
  keys: WalletKeys,
  name: string | undefined,
): Promise<StoredAccount> {
  const { pathTemplate } = wallet
  if (pathTemplate === undefined) throw new AppError('wallet.hasNoSecret')
  const indices = wallet.accounts.map(({ path }) => indexIn(pathTemplate, path) ?? -1)
  const path = pathTemplate.replace('{index}', String(Math.max(-1, ...indices) + 1))
  return createAccountAt(wallet, keys, path, name)
}

/** @throws AppError `account.limitReached`, `wallet.hasNoSecret`, `path.invalid` */
export async function createAccountAt(
  wallet: StoredWallet,
  keys: WalletKeys,
  path: string,
  name?: string,
): Promise<StoredAccount> {
  if (wallet.pathTemplate === undefined) throw new AppError('wallet.hasNoSecret')
  if (wallet.accounts.length >= maximumAccountsPerWallet) {
    throw new AppError('account.limitReached', { of: 'accounts', limit: maximumAccountsPerWallet })
  }
  return {
    id: accountIdSchema.parse(randomUUID()),
    path,
    address: await keys.addressAt(path),
    name: name ?? defaultAccountName(wallet.accounts),
  }
}

/** Which number a path has under a template, or `undefined` where it follows another one. */
function indexIn(template: string, path: string | undefined): number | undefined {
  const [before = '', after = ''] = template.split('{index}')
  if (path === undefined || !path.startsWith(before) || !path.endsWith(after)) return undefined
  const digits = path.slice(before.length, path.length - after.length)
  return /^\d+$/.test(digits) ? Number(digits) : undefined
}

/** What may leave the signer: everything but the secret. */
export function toWallet(stored: StoredWallet, session: Pick<Session, 'hasPassphrase'>): Wallet {
  const { secret, accounts, ...wallet } = stored
  const passphrase = passphraseState(stored, session)
  return {
    ...wallet,
    kind: secret.kind,
    ...(passphrase && { passphrase }),
    accounts: accounts.map((account) => toAccount(stored, account)),
  }
}

function passphraseState(
  { id, secret }: StoredWallet,
  session: Pick<Session, 'hasPassphrase'>,
): Wallet['passphrase'] {
  if (secret.kind !== 'phrase') return undefined
  if (secret.asksPassphrase) return session.hasPassphrase(id) ? 'entered' : 'missing'
  return secret.passphrase === undefined ? undefined : 'stored'
}

export function toAccount(wallet: StoredWallet, account: StoredAccount): Account {
  return {
    ...account,
    walletId: wallet.id,
    ...(wallet.secret.kind === 'watchOnly' && { isWatchOnly: true as const }),
  }
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
