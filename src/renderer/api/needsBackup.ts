import type { Wallet } from '../../shared/contract/vault.ts'

/** Whether a loss of this machine would lose the wallet, as far as anybody has checked. */
export function needsBackup(wallet: Wallet): boolean {
  return wallet.lastVerifiedAtMs === undefined && wallet.kind !== 'watchOnly' && wallet.origin !== 'practice'
}
