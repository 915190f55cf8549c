import type { CreatedVault, Protection } from '../../../shared/contract/vault.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import { writeVaultSecret } from '../keychain/vaultSecrets.ts'
import { wipe } from '../memory/wipe.ts'
import { encodeRecoveryKit } from '../recoveryKit/recoveryKit.ts'
import { createKeychainSecret, wrapDataKey } from '../vault/keySlot.ts'
import { normalizePassword } from '../vault/password.ts'
import { encodeVaultFile } from '../vault/vaultFile.ts'
import type { VaultContext } from '../vaultContext.ts'
import { checkPassword } from './checkPassword.ts'

/**
 * Wraps the data key with the same password and a fresh keychain secret, or with the password alone; the payload stays as it is.
 * The backup copy is renewed too: an old kit opens nothing that is left in the folder.
 *
 * @throws AppError `vault.locked`, `vault.wrongPassword`, `vault.throttled`, `keychain.*`, `vault.writeFailed`
 */
export async function renewKeySlot(
  context: VaultContext,
  password: Uint8Array,
  protection: Protection,
): Promise<CreatedVault> {
  const { session, files, keychain, kdf } = context
  await checkPassword(context, password)
  const { file, bytes, ...keys } = session.content()
  const normalized = normalizePassword(password)
  const dataKey = Uint8Array.from(keys.dataKey)
  const next = protection === 'keychain' ? createKeychainSecret() : undefined
  let isKept = false
  try {
    // Read back before the vault needs it; the old entry stays, for the copy that this save replaces.
    if (next) await writeVaultSecret(keychain, file.vaultId, next)
    const slot = await wrapDataKey({
      vaultId: file.vaultId,
      dataKey,
      password: normalized,
      keychainSecret: next,
      kdf: kdf[protection],
    })
    session.content()
    const nextFile = { ...file, slot }
    const nextBytes = encodeVaultFile(nextFile)
    await files.replaceBoth(bytes, nextBytes)
    session.update({ file: nextFile, bytes: nextBytes })
    session.updateKeychainSecret(next?.secret)
    isKept = true
    return next ? { recoveryKit: encodeRecoveryKit(next.secret) } : {}
  } finally {
    wipe(normalized, dataKey)
    if (!isKept) wipe(next?.secret)
  }
}

/**
 * A new recovery kit.
 *
 * @throws AppError `keychain.unavailable` where the password alone protects: there is no kit to renew.
 */
export function renewRecoveryKit(context: VaultContext, password: Uint8Array): Promise<CreatedVault> {
  const { protection } = context.session.content().file.slot
  if (protection !== 'keychain') throw new AppError('keychain.unavailable', { reason: 'passwordOnly' })
  return renewKeySlot(context, password, 'keychain')
}
