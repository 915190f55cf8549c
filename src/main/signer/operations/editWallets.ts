import type {
  Account,
  ColourChoice,
  DerivedAddress,
  LabelColour,
  Wallet,
} from '../../../shared/contract/vault.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import { type AccountId, isSameAddress, type WalletId } from '../../../shared/identity/identity.ts'
import type { StoredAccount } from '../vault/payload.ts'
import { createAccountAt, createNextAccount, toAccount, toWallet } from '../vault/wallets.ts'
import type { VaultContext } from '../vaultContext.ts'
import { checkPassword } from './checkPassword.ts'
import { saveContent, saveWallet } from './saveContent.ts'

export interface Label {
  readonly name?: string | undefined
  readonly colour?: ColourChoice | undefined
  readonly isHidden?: boolean | undefined
}

/** @throws AppError `vault.locked`, `wallet.missing`, `wallet.hasNoSecret`, `account.limitReached`, `vault.writeFailed` */
export async function addAccount(
  context: VaultContext,
  walletId: WalletId,
  name: string | undefined,
): Promise<Account> {
  const wallet = context.session.findWallet(walletId)
  const account = await createNextAccount(wallet, context.session.keysOf(wallet), name)
  return toAccount(
    await saveWallet(context, walletId, (before) => ({ ...before, accounts: [...before.accounts, account] })),
    account,
  )
}

/** @throws AppError `vault.locked`, `wallet.missing`, `wallet.hasNoSecret`, `account.limitReached`, `path.invalid`, `vault.writeFailed` */
export async function addAccounts(
  context: VaultContext,
  walletId: WalletId,
  paths: readonly string[],
): Promise<Account[]> {
  let wallet = context.session.findWallet(walletId)
  const keys = context.session.keysOf(wallet)
  const added: StoredAccount[] = []
  for (const path of paths) {
    const account = await createAccountAt(wallet, keys, path)
    if (wallet.accounts.some(({ address }) => isSameAddress(address, account.address))) continue
    wallet = { ...wallet, accounts: [...wallet.accounts, account] }
    added.push(account)
  }
  if (added.length > 0) await saveWallet(context, walletId, () => wallet)
  return added.map((account) => toAccount(wallet, account))
}

/** @throws AppError `vault.locked`, `wallet.missing`, `wallet.hasNoSecret`, `passphrase.needed`, `path.invalid` */
export async function deriveAddresses(
  { session }: VaultContext,
  input: { walletId: WalletId; pathTemplate?: string | undefined; start: number; count: number },
): Promise<DerivedAddress[]> {
  const wallet = session.findWallet(input.walletId)
  const pathTemplate = input.pathTemplate ?? wallet.pathTemplate
  if (pathTemplate === undefined || wallet.pathTemplate === undefined)
    throw new AppError('wallet.hasNoSecret')
  const derived = await session.keysOf(wallet).addressesAt(pathTemplate, input.start, input.count)
  const known = new Map(wallet.accounts.map(({ address, id }) => [address.toLowerCase(), id]))
  return derived.map((each) => {
    const accountId = known.get(each.address.toLowerCase())
    return accountId === undefined ? each : { ...each, accountId }
  })
}

/** @throws AppError `vault.locked`, `account.missing`, `vault.writeFailed` */
export async function updateAccount(
  context: VaultContext,
  accountId: AccountId,
  label: Label,
): Promise<Account> {
  const { wallet, account } = context.session.findAccount(accountId)
  const changed = relabel(account, label)
  const saved = await saveWallet(context, wallet.id, (before) => ({
    ...before,
    accounts: before.accounts.map((each) => (each.id === accountId ? changed : each)),
  }))
  return toAccount(saved, changed)
}

/** @throws AppError `vault.locked`, `wallet.missing`, `vault.writeFailed` */
export async function updateWallet(context: VaultContext, walletId: WalletId, label: Label): Promise<Wallet> {
  return toWallet(await saveWallet(context, walletId, (wallet) => relabel(wallet, label)), context.session)
}

/** @throws AppError `vault.locked`, `request.invalid` unless it names every wallet once, `vault.writeFailed` */
export async function orderWallets(context: VaultContext, walletIds: readonly WalletId[]): Promise<Wallet[]> {
  const wallets = inOrder(context.session.content().wallets, walletIds)
  await saveContent(context, { wallets })
  return wallets.map((wallet) => toWallet(wallet, context.session))
}

/** @throws AppError `vault.locked`, `wallet.missing`, `request.invalid` unless it names every account once, `vault.writeFailed` */
export async function orderAccounts(
  context: VaultContext,
  walletId: WalletId,
  accountIds: readonly AccountId[],
): Promise<Wallet> {
  const saved = await saveWallet(context, walletId, (wallet) => ({
    ...wallet,
    accounts: inOrder(wallet.accounts, accountIds),
  }))
  return toWallet(saved, context.session)
}

/**
 * Forgets a wallet with its keys, and the standing rules of its accounts, in both copies of the file.
 *
 * @throws AppError `vault.locked`, `wallet.missing`, `vault.wrongPassword`, `vault.throttled`, `vault.writeFailed`
 */
export async function removeWallet(
  context: VaultContext,
  walletId: WalletId,
  password: Uint8Array,
): Promise<void> {
  const removed = context.session.findWallet(walletId)
  await checkPassword(context, password)
  const { wallets, rules } = context.session.content()
  await saveContent(
    context,
    {
      wallets: wallets.filter(({ id }) => id !== walletId),
      rules: rules.filter(({ accountId }) => !removed.accounts.some(({ id }) => id === accountId)),
    },
    'renewed',
  )
  context.session.forgetKeys(walletId)
}

function relabel<T extends { name: string; colour?: LabelColour | undefined; isHidden?: true | undefined }>(
  labelled: T,
  { name, colour, isHidden }: Label,
): T {
  const { isHidden: wasHidden, colour: before, ...rest } = labelled
  const hides = isHidden ?? wasHidden ?? false
  const chosen = colour === 'none' ? undefined : (colour ?? before)
  return {
    ...rest,
    ...(name !== undefined && { name }),
    ...(chosen !== undefined && { colour: chosen }),
    ...(hides && { isHidden: true }),
  } as T
}

function inOrder<T extends { readonly id: string }>(items: readonly T[], ids: readonly string[]): T[] {
  const byId = new Map(items.map((item) => [item.id, item]))
  const ordered = [...new Set(ids)].flatMap((id) => byId.get(id) ?? [])
  if (ordered.length !== items.length || ids.length !== items.length) {
    throw new AppError('request.invalid', { path: 'order', rule: 'incomplete' })
  }
  return ordered
}
