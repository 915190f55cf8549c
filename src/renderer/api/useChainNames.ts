import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { ChainId } from '../../shared/identity/identity.ts'
import { queries } from './queries.ts'

/** Names chains; one that is not in the list is named by its id. */
export function useChainNames(): (chainId: ChainId) => string {
  const chains = useQuery(queries.chains).data
  return useCallback(
    (chainId) => chains?.find((chain) => chain.chainId === chainId)?.name ?? `#${chainId}`,
    [chains],
  )
}
