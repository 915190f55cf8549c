import type { WalletId } from '../../../shared/identity/identity.ts'
import { type StoredWallet, sealPayload, type VaultContent } from '../vault/payload.ts'
import { encodeVaultFile } from '../vault/vaultFile.ts'
import type { VaultContext } from '../vaultContext.ts'

/**
 * Writes the vault with these changes; nothing changes in memory unless it is on the disk.
 *
 * @param backupCopy `renewed` where the previous content must not come back with the backup copy: removed secrets, ended rules.
 * @throws AppError `vault.locked`, `vault.writeFailed`
 */
export async function saveContent(
  { session, files }: Pick<VaultContext, 'session' | 'files'>,
  changes: Partial<Pick<VaultContent, 'wallets' | 'rules'>>,
  backupCopy: 'previous' | 'renewed' = 'previous',
): Promise<void> {
  const { file, bytes, dataKey, wallets, rules } = session.content()
  const content = { wallets, rules, ...changes }
  const nextFile = { ...file, payload: sealPayload(file.vaultId, dataKey, content) }
  const nextBytes = encodeVaultFile(nextFile)
  await (backupCopy === 'renewed' ? files.replaceBoth(bytes, nextBytes) : files.replace(bytes, nextBytes))
  session.update({ file: nextFile, bytes: nextBytes, ...content })
}

/** Writes the vault with one wallet changed. */
export async function saveWallet(
  context: Pick<VaultContext, 'session' | 'files'>,
  walletId: WalletId,
  change: (wallet: StoredWallet) => StoredWallet,
): Promise<StoredWallet> {
  const before = context.session.findWallet(walletId)
  const changed = change(before)
  const { wallets } = context.session.content()
  await saveContent(context, { wallets: wallets.map((wallet) => (wallet === before ? changed : wallet)) })
  return changed
}
