import { wipe } from '../memory/wipe.ts'
import { wrapDataKey } from '../vault/keySlot.ts'
import { parseNewPassword } from '../vault/password.ts'
import { encodeVaultFile } from '../vault/vaultFile.ts'
import type { VaultContext } from '../vaultContext.ts'
import { checkPassword } from './checkPassword.ts'

/**
 * Wraps the data key anew; the payload stays as it is. The backup copy is renewed too: the old password opens nothing
 * that is left in the folder.
 *
 * @throws AppError `vault.locked`, `vault.wrongPassword`, `vault.throttled`, `vault.weakPassword`, `vault.writeFailed`
 */
export async function changePassword(
  context: VaultContext,
  currentPassword: Uint8Array,
  newPassword: Uint8Array,
): Promise<void> {
  const { session, files, kdf } = context
  session.content()
  const next = parseNewPassword(newPassword)
  let dataKey: Uint8Array | undefined
  let secret: Uint8Array | undefined
  try {
    await checkPassword(context, currentPassword)
    const { file, bytes, ...keys } = session.content()
    // Copies: locking wipes the session's own, and a slot around zeros would be the end of the vault.
    dataKey = Uint8Array.from(keys.dataKey)
    secret = keys.keychainSecret && Uint8Array.from(keys.keychainSecret)
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
    session.update({ file: nextFile, bytes: nextBytes })
  } finally {
    wipe(next, dataKey, secret)
  }
}
