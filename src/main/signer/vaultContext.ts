import type { Protection } from '../../shared/contract/vault.ts'
import type { Keychain } from './keychain/createKeychain.ts'
import type { AttemptThrottle } from './vault/attemptThrottle.ts'
import type { KdfParameters } from './vault/kdfParameters.ts'
import type { Session } from './vault/session.ts'
import type { VaultFiles } from './vault/vaultFiles.ts'

/** What the operations on the vault work with. */
export interface VaultContext {
  readonly session: Session
  readonly files: VaultFiles
  readonly keychain: Keychain
  readonly throttle: AttemptThrottle
  /** Cost of new vaults and new passwords. */
  readonly kdf: Readonly<Record<Protection, KdfParameters>>
  readonly nowMs: () => number
}
