import { AppError } from '../../../shared/errors/AppError.ts'
import { isEqualBytes } from '../memory/bytes.ts'
import { wipe } from '../memory/wipe.ts'
import { unwrapDataKey, wrapDataKey } from '../vault/keySlot.ts'
import { normalizePassword, parseNewPassword } from '../vault/password.ts'
import { encodeVaultFile } from '../vault/vaultFile.ts'
import type { VaultContext } from '../vaultContext.ts'
import { attempt } from './attempt.ts'

/**
 * Wraps the data key anew; the payload stays as it is. The backup copy is renewed too: the old password opens nothing
 * that is left in the folder.
 *
 * @throws AppError `vault.locked`, `vault.wrongPassword`, `vault.throttled`, `vault.weakPassword`, `vault.writeFailed`
 */
export async function changePassword(
  { session, files, throttle, kdf }: VaultContext,
  currentPassword: Uint8Array,
  newPassword: Uint8Array,
): Promise<void> {
  const { file, bytes, wallets, ...keys } = session.content()
  const next = parseNewPassword(newPassword)
  const current = normalizePassword(currentPassword)
  // Copies: locking wipes the session's own, and a slot around zeros would be the end of the vault.
  const dataKey = Uint8Array.from(keys.dataKey)
  const secret = keys.keychainSecret && Uint8Array.from(keys.keychainSecret)
  try {
    await attempt(throttle, async () => {
      const unwrapped = await unwrapDataKey(file.vaultId, file.slot, current, secret)
      const isRight = unwrapped !== undefined && isEqualBytes(unwrapped, dataKey)
      wipe(unwrapped)
      if (!isRight) throw new AppError('vault.wrongPassword')
    })
    const slot = await wrapDataKey({
      vaultId: file.vaultId,
      dataKey,
      password: next,
      keychainSecret: secret && { id: file.slot.secretId, secret },
      kdf: kdf[file.slot.protection],
    })
    session.content()
    const nextFile = { ...file, slot }
    const nextBytes = encodeVaultFile(nextFile)
    await files.replaceBoth(bytes, nextBytes)
    session.update({ file: nextFile, bytes: nextBytes, wallets })
  } finally {
    wipe(next, current, dataKey, secret)
  }
}
