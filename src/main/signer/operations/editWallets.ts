import type { Account, Wallet } from '../../../shared/contract/vault.ts'
import type { AccountId, WalletId } from '../../../shared/identity/identity.ts'
import { wipe } from '../memory/wipe.ts'
import { parsePhrase } from '../phrase/parsePhrase.ts'
import { type StoredWallet, sealPayload } from '../vault/payload.ts'
import { encodeVaultFile } from '../vault/vaultFile.ts'
import { createNextAccount, createWallet, toAccount, toWallet } from '../vault/wallets.ts'
import type { VaultContext } from '../vaultContext.ts'

/** @throws AppError `vault.locked`, `phrase.*`, `wallet.duplicate`, `account.limitReached`, `vault.writeFailed` */
export async function importWallet(
  context: VaultContext,
  phrase: Uint8Array,
  name: string | undefined,
): Promise<Wallet> {
  const { wallets } = context.session.content()
  const parsed = parsePhrase(phrase)
  try {
    const wallet = await createWallet(
      { phrase: parsed, origin: 'imported', name, firstAccountIndex: 0, createdAtMs: context.nowMs() },
      wallets,
    )
    await save(context, [...wallets, wallet])
    return toWallet(wallet)
  } finally {
    wipe(parsed.entropy)
  }
}

/** @throws AppError `vault.locked`, `wallet.missing`, `account.limitReached`, `vault.writeFailed` */
export async function addAccount(
  context: VaultContext,
  walletId: WalletId,
  name: string | undefined,
): Promise<Account> {
  const wallet = context.session.findWallet(walletId)
  const account = await createNextAccount(wallet, context.session.keysOf(wallet), name)
  await saveWallet(context, { ...wallet, accounts: [...wallet.accounts, account] })
  return toAccount(walletId, account)
}

/** @throws AppError `vault.locked`, `account.missing`, `vault.writeFailed` */
export async function renameAccount(
  context: VaultContext,
  accountId: AccountId,
  name: string,
): Promise<Account> {
  const { wallet, account } = context.session.findAccount(accountId)
  const renamed = { ...account, name }
  const accounts = wallet.accounts.map((each) => (each.id === accountId ? renamed : each))
  await saveWallet(context, { ...wallet, accounts })
  return toAccount(wallet.id, renamed)
}

function saveWallet(context: VaultContext, changed: StoredWallet): Promise<void> {
  const { wallets } = context.session.content()
  return save(
    context,
    wallets.map((wallet) => (wallet.id === changed.id ? changed : wallet)),
  )
}

async function save({ session, files }: VaultContext, wallets: readonly StoredWallet[]): Promise<void> {
  const { file, bytes, dataKey } = session.content()
  const nextFile = { ...file, payload: sealPayload(file.vaultId, dataKey, wallets) }
  const nextBytes = encodeVaultFile(nextFile)
  await files.replace(bytes, nextBytes)
  session.update({ file: nextFile, bytes: nextBytes, wallets })
}
