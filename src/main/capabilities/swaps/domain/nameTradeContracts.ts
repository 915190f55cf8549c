import type { Address } from '../../../../shared/identity/identity.ts'
import { computeV2Pair, computeV3Pool } from './poolAddresses.ts'
import type { SwapVenues } from './SwapVenues.ts'

type ContractName = { readonly name: string; readonly nameFrom: 'list' | 'computed' }

const v3FeesPips = [100, 500, 3_000, 10_000]
/** Between more tokens than a trade has, nothing is computed. */
const mostTokens = 12

/**
 * The contracts of a chain's venues by name, and the pools that known factories have for pairs of these tokens: their addresses are
 * computed, so that no node's word is needed.
 */
export function nameTradeContracts(
  venues: SwapVenues | undefined,
  tokens: readonly Address[],
): ReadonlyMap<string, ContractName> {
  const names = new Map<string, ContractName>()
  if (!venues) return names
  const add = (address: Address | undefined, name: string, nameFrom: ContractName['nameFrom']) => {
    if (address) names.set(address.toLowerCase(), { name, nameFrom })
  }
  const { uniswapV2, uniswapV3 } = venues
  const few = tokens.slice(0, mostTokens)
  for (const [at, a] of few.entries()) {
    for (const b of few.slice(at + 1)) {
      if (uniswapV2) {
        add(computeV2Pair(uniswapV2.factory, uniswapV2.initCodeHash, a, b), 'Uniswap v2 pool', 'computed')
      }
      for (const fee of uniswapV3 ? v3FeesPips : []) {
        const pool = uniswapV3 && computeV3Pool(uniswapV3.factory, uniswapV3.initCodeHash, a, b, fee)
        add(pool, `Uniswap v3 pool ${fee / 10_000}%`, 'computed')
      }
    }
  }
  add(venues.uniswapV4?.poolManager, 'Uniswap v4 pools', 'list')
  add(venues.balancer?.vault, 'Balancer Vault', 'list')
  for (const pool of venues.balancer?.pools ?? []) add(pool.address, 'Balancer pool', 'list')
  add(venues.universalRouter, 'Uniswap Universal Router', 'list')
  add(venues.permit2, 'Permit2', 'list')
  return names
}
