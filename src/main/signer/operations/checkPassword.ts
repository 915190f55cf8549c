import { AppError } from '../../../shared/errors/AppError.ts'
import { isEqualBytes } from '../memory/bytes.ts'
import { wipe } from '../memory/wipe.ts'
import { unwrapDataKey } from '../vault/keySlot.ts'
import { normalizePassword } from '../vault/password.ts'
import type { VaultContext } from '../vaultContext.ts'
import { attempt } from './attempt.ts'

/**
 * Asks for the password again while the vault is open: before a secret is shown, and before what cannot be undone. Wrong ones
 * count as at unlocking.
 *
 * @throws AppError `vault.locked`, `vault.wrongPassword`, `vault.throttled`
 */
export async function checkPassword(
  { session, throttle }: VaultContext,
  password: Uint8Array,
): Promise<void> {
  const { file, ...keys } = session.content()
  const normalized = normalizePassword(password)
  // Copies: locking wipes the session's own in the middle of the work.
  const dataKey = Uint8Array.from(keys.dataKey)
  const secret = keys.keychainSecret && Uint8Array.from(keys.keychainSecret)
  try {
    await attempt(throttle, async () => {
      const unwrapped = await unwrapDataKey(file.vaultId, file.slot, normalized, secret)
      const isRight = unwrapped !== undefined && isEqualBytes(unwrapped, dataKey)
      wipe(unwrapped)
      if (!isRight) throw new AppError('vault.wrongPassword')
    })
    // Locked meanwhile: what was asked for is not to be done any more.
    session.content()
  } finally {
    wipe(normalized, dataKey, secret)
  }
}
