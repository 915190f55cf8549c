import type { VaultStatus } from '../../../shared/contract/vault.ts'
import { probeKeychain } from '../keychain/vaultSecrets.ts'
import type { VaultCopies, VaultCopy } from '../vault/vaultFiles.ts'
import type { VaultContext } from '../vaultContext.ts'

/** The state of vault and keychain as they are now; takes no longer than the keychain's time-out. */
export async function readStatus(context: VaultContext): Promise<VaultStatus> {
  const copies = await context.files.read()
  const { main, backup } = copies
  const file = fileOf(main) ?? fileOf(backup)
  const keychain = await probeKeychain(
    context.keychain,
    file?.slot.protection === 'keychain'
      ? { vaultId: file.vaultId, secretId: file.slot.secretId }
      : undefined,
  )
  const throttledUntilMs = await context.throttle.throttledUntilMs()
  return {
    state: stateOf(copies, context.session.isOpen()),
    keychain,
    ...(file && { protection: file.slot.protection }),
    ...(throttledUntilMs !== undefined && { throttledUntilMs }),
    ...(main.kind !== 'readable' && backup.kind === 'readable' && { backup: 'readable' as const }),
  }
}

function fileOf(copy: VaultCopy) {
  return copy.kind === 'readable' ? copy.file : undefined
}

function stateOf({ main, backup }: VaultCopies, isOpen: boolean): VaultStatus['state'] {
  if (isOpen) return 'unlocked'
  if (main.kind === 'readable') return 'locked'
  if (main.kind === 'missing') return backup.kind === 'missing' ? 'none' : 'damaged'
  // Written by another version, or out of bounds: unlocking says which. It is not damaged.
  return main.error.code === 'vault.damaged' ? 'damaged' : 'locked'
}
