import type { CreatedVault, Protection } from '../../../shared/contract/vault.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import { writeVaultSecret } from '../keychain/vaultSecrets.ts'
import { randomBytes } from '../memory/bytes.ts'
import { wipe } from '../memory/wipe.ts'
import { encodeRecoveryKit } from '../recoveryKit/recoveryKit.ts'
import { createKeychainSecret, wrapDataKey } from '../vault/keySlot.ts'
import { parseNewPassword } from '../vault/password.ts'
import { sealPayload, type VaultContent } from '../vault/payload.ts'
import type { OpenSession } from '../vault/session.ts'
import { encodeVaultFile } from '../vault/vaultFile.ts'
import type { VaultCopies } from '../vault/vaultFiles.ts'
import type { VaultContext } from '../vaultContext.ts'

export interface CreateVaultInput {
  /** Made once it is known that there is no vault yet. */
  readonly makeContent: () => Promise<Pick<VaultContent, 'wallets' | 'rules'>>
  readonly password: Uint8Array
  readonly protection: Protection
  readonly openSession: OpenSession
}

/**
 * Makes the vault file around its first content, and opens it.
 *
 * @throws AppError `vault.exists`, `vault.damaged`, `vault.weakPassword`, `vault.writeFailed`, `keychain.*`, `vault.locked`
 * when it was locked meanwhile (the vault exists then)
 */
export async function createVault(context: VaultContext, input: CreateVaultInput): Promise<CreatedVault> {
  const { files, keychain, kdf } = context
  const password = parseNewPassword(input.password)
  const dataKey = randomBytes(32)
  const keychainSecret = input.protection === 'keychain' ? createKeychainSecret() : undefined
  try {
    assertNoVault(await files.read())
    const { wallets, rules } = await input.makeContent()
    const vaultId = randomBytes(16)
    // The order matters: a vault whose secret the keychain did not keep could never be opened again.
    if (keychainSecret) await writeVaultSecret(keychain, vaultId, keychainSecret)
    const slot = await wrapDataKey({ vaultId, dataKey, password, keychainSecret, kdf: kdf[input.protection] })
    const file = { vaultId, slot, payload: sealPayload(vaultId, dataKey, { wallets, rules }) }
    const bytes = encodeVaultFile(file)
    await files.create(bytes)
    input.openSession({ file, bytes, dataKey, keychainSecret: keychainSecret?.secret, wallets, rules })
    return keychainSecret ? { recoveryKit: encodeRecoveryKit(keychainSecret.secret) } : {}
  } catch (error) {
    wipe(dataKey, keychainSecret?.secret)
    throw error
  } finally {
    wipe(password)
  }
}

function assertNoVault({ main, backup }: VaultCopies): void {
  if (main.kind === 'unreadable') throw main.error
  // A backup without a vault may be all that is left of somebody's keys.
  if (main.kind === 'readable' || backup.kind !== 'missing') throw new AppError('vault.exists')
}
