import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Account } from '../../shared/contract/vault.ts'
import { queries } from './queries.ts'

/** Every account of every wallet, in the order of the vault; empty while the vault is closed. */
export function useAccounts(): readonly Account[] {
  const wallets = useQuery(queries.wallets).data
  return useMemo(() => wallets?.flatMap((wallet) => wallet.accounts) ?? [], [wallets])
}
