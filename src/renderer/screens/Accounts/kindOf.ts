import type { Wallet } from '../../../shared/contract/vault.ts'

/** What a wallet is, in the words of the screen. */
export function kindOf(
  wallet: Wallet,
): 'practice' | 'created' | 'imported' | 'seed' | 'privateKey' | 'watchOnly' {
  if (wallet.origin === 'practice') return 'practice'
  if (wallet.kind !== 'phrase') return wallet.kind
  return wallet.origin === 'created' ? 'created' : 'imported'
}
