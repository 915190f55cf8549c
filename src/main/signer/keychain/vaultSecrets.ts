import type { KeychainState } from '../../../shared/contract/vault.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import { decodeHex, encodeHex } from '../memory/bytes.ts'
import { type KeychainSecret, keychainSecretLength } from '../vault/keySlot.ts'
import type { Keychain } from './createKeychain.ts'

/** Which entry of the keychain belongs to a vault. */
export interface SecretAddress {
  readonly vaultId: Uint8Array
  readonly secretId: Uint8Array
}

/**
 * Reads the keychain's half of a vault's key.
 *
 * @throws AppError `keychain.lockedOrMissing` (never answered by making a new one: the old one may only be locked),
 * `keychain.mismatch` when the entry is no such secret, `keychain.unavailable`, `keychain.timeout`
 */
export async function readVaultSecret(keychain: Keychain, address: SecretAddress): Promise<Uint8Array> {
  const value = await keychain.read(entryName(address))
  if (value === null) throw new AppError('keychain.lockedOrMissing', { operation: 'read' })
  if (!/^[0-9a-f]*$/.test(value) || value.length !== keychainSecretLength * 2) {
    throw new AppError('keychain.mismatch')
  }
  return decodeHex(value)
}

/**
 * Puts a vault's secret into the keychain, read back.
 *
 * Entries are never deleted: one too many is harmless, one too few locks somebody out.
 */
export async function writeVaultSecret(
  keychain: Keychain,
  vaultId: Uint8Array,
  { id, secret }: KeychainSecret,
): Promise<void> {
  await keychain.write(entryName({ vaultId, secretId: id }), encodeHex(secret))
}

/**
 * Whether the keychain can be used for this vault now; without a vault, whether it answers at all.
 * An answer of "nothing there" for a vault that needs its secret counts as locked: the two look the same.
 */
export async function probeKeychain(
  keychain: Keychain,
  address: SecretAddress | undefined,
): Promise<KeychainState> {
  try {
    const value = await keychain.read(address ? entryName(address) : 'probe')
    return address && value === null ? { state: 'unavailable', reason: 'locked' } : { state: 'available' }
  } catch (error) {
    return { state: 'unavailable', reason: reasonOf(error) }
  }
}

function reasonOf(error: unknown): 'absent' | 'timeout' | 'failed' {
  if (!(error instanceof AppError)) return 'failed'
  if (error.code === 'keychain.timeout') return 'timeout'
  return error.params.reason === 'absent' ? 'absent' : 'failed'
}

function entryName({ vaultId, secretId }: SecretAddress): string {
  return `vault ${encodeHex(vaultId)} secret ${encodeHex(secretId)}`
}
