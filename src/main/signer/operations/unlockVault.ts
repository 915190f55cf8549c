import { AppError } from '../../../shared/errors/AppError.ts'
import { writeVaultSecret } from '../keychain/vaultSecrets.ts'
import { wipe } from '../memory/wipe.ts'
import { findKeychainSecret, openVaultFile } from '../vault/openVaultFile.ts'
import type { OpenSession } from '../vault/session.ts'
import type { VaultFile } from '../vault/vaultFile.ts'
import type { VaultCopies } from '../vault/vaultFiles.ts'
import type { VaultContext } from '../vaultContext.ts'
import { attempt } from './attempt.ts'

export interface UnlockInput {
  readonly password: Uint8Array
  readonly recoveryKit?: Uint8Array | undefined
  readonly restoreBackup?: boolean | undefined
  readonly openSession: OpenSession
}

/**
 * Opens the vault; where it is damaged and the caller asks for it, its backup copy, which then takes its place.
 *
 * @throws AppError `vault.missing`, `vault.throttled`, `vault.wrongPassword`, `vault.damaged` (`backupReadable` says
 * whether the backup copy can be tried), `vault.unsupportedVersion`, `vault.kdfOutOfBounds`, `keychain.*`, `recoveryKit.*`
 */
export async function unlockVault(context: VaultContext, input: UnlockInput): Promise<void> {
  const untilMs = await context.throttle.throttledUntilMs()
  if (untilMs !== undefined) throw new AppError('vault.throttled', { untilMs })
  const copies = await context.files.read()
  const damage = await openMain(context, copies, input)
  if (!damage) return

  const { backup } = copies
  if (backup.kind !== 'readable' || !input.restoreBackup) {
    throw new AppError(damage.code, { ...damage.params, backupReadable: backup.kind === 'readable' })
  }
  await openCopy(context, backup, input)
  try {
    // Only now: nothing is moved for somebody who cannot open what is to take its place.
    await context.files.restoreBackup(backup.bytes, context.nowMs())
  } catch (error) {
    context.session.close()
    throw error
  }
}

/** Opens the vault itself, or returns what is damaged about it. */
async function openMain(
  context: VaultContext,
  { main, backup }: VaultCopies,
  input: UnlockInput,
): Promise<AppError | undefined> {
  if (main.kind === 'missing') {
    if (backup.kind === 'missing') throw new AppError('vault.missing')
    return new AppError('vault.damaged', { reason: 'missing' })
  }
  try {
    if (main.kind === 'unreadable') throw main.error
    await openCopy(context, main, input)
    return undefined
  } catch (error) {
    // A vault that another version wrote is not damaged: an older copy must not take its place.
    if (error instanceof AppError && error.code === 'vault.damaged') return error
    throw error
  }
}

async function openCopy(
  { keychain, throttle }: VaultContext,
  { file, bytes }: { file: VaultFile; bytes: Uint8Array },
  { password, recoveryKit, openSession }: UnlockInput,
): Promise<void> {
  const keychainSecret = await findKeychainSecret(file, keychain, recoveryKit)
  try {
    const opened = await attempt(throttle, () => openVaultFile(file, password, keychainSecret))
    if (recoveryKit && keychainSecret) {
      await writeVaultSecret(keychain, file.vaultId, {
        id: file.slot.secretId,
        secret: keychainSecret,
      }).catch(() => {
        // The kit stands in for a keychain that is not there; getStatus says what is wrong with it.
      })
    }
    openSession({ file, bytes, keychainSecret, ...opened })
  } catch (error) {
    wipe(keychainSecret)
    throw error
  }
}
