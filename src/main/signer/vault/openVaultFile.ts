import type { StandingRule } from '../../../shared/contract/rules.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { Keychain } from '../keychain/createKeychain.ts'
import { readVaultSecret } from '../keychain/vaultSecrets.ts'
import { wipe } from '../memory/wipe.ts'
import { parseRecoveryKit } from '../recoveryKit/recoveryKit.ts'
import { isKeychainSecretOf, unwrapDataKey } from './keySlot.ts'
import { normalizePassword } from './password.ts'
import { openPayload, type StoredWallet } from './payload.ts'
import type { VaultFile } from './vaultFile.ts'

export interface OpenedVault {
  readonly dataKey: Uint8Array
  readonly keychainSecret: Uint8Array | undefined
  readonly wallets: readonly StoredWallet[]
  readonly rules: readonly StandingRule[]
}

/**
 * The keychain's half of the key, from the recovery kit where one is given, and checked against the file.
 *
 * @throws AppError `recoveryKit.invalid`, `recoveryKit.mismatch`, `keychain.lockedOrMissing`, `keychain.mismatch`,
 * `keychain.unavailable`, `keychain.timeout`
 */
export async function findKeychainSecret(
  file: VaultFile,
  keychain: Keychain,
  recoveryKit: Uint8Array | undefined,
): Promise<Uint8Array | undefined> {
  const { vaultId, slot } = file
  if (slot.protection === 'password') {
    if (recoveryKit) throw new AppError('recoveryKit.mismatch', { reason: 'passwordOnly' })
    return undefined
  }
  const secret = recoveryKit
    ? parseRecoveryKit(recoveryKit)
    : await readVaultSecret(keychain, { vaultId, secretId: slot.secretId })
  if (!isKeychainSecretOf(vaultId, slot, secret)) {
    wipe(secret)
    throw new AppError(recoveryKit ? 'recoveryKit.mismatch' : 'keychain.mismatch')
  }
  return secret
}

/**
 * Opens a vault file with both secrets. What it returns belongs to the caller, who wipes it.
 *
 * @throws AppError `vault.wrongPassword`, `vault.damaged`, `vault.unsupportedVersion`
 */
export async function openVaultFile(
  file: VaultFile,
  password: Uint8Array,
  keychainSecret: Uint8Array | undefined,
): Promise<Omit<OpenedVault, 'keychainSecret'>> {
  const normalized = normalizePassword(password)
  try {
    const dataKey = await unwrapDataKey(file.vaultId, file.slot, normalized, keychainSecret)
    if (!dataKey) throw new AppError('vault.wrongPassword')
    try {
      const { wallets, rules } = openPayload(file, dataKey)
      return { dataKey, wallets, rules }
    } catch (error) {
      wipe(dataKey)
      throw error
    }
  } finally {
    wipe(normalized)
  }
}
