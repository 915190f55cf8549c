import type { Address } from '../../../../shared/identity/identity.ts'
import { listRouters } from './listRouters.ts'
import { computeV2Pair, computeV3Pool } from './poolAddresses.ts'
import type { SwapVenues } from './SwapVenues.ts'

type ContractName = { readonly name: string; readonly nameFrom: 'list' | 'computed' }

const v3Tiers = [[100], [500], [3_000], [10_000]] as const
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
  const routers = listRouters(venues)
  const few = tokens.slice(0, mostTokens)
  for (const [at, a] of few.entries()) {
    for (const b of few.slice(at + 1)) {
      for (const { name, uniswapV2: v2, uniswapV3: v3 } of routers) {
        if (v2) add(computeV2Pair(v2.factory, v2.initCodeHash, a, b), `${name} v2 pool`, 'computed')
        for (const [fee] of v3 ? (v3.tiers ?? v3Tiers) : []) {
          const pool = v3 && computeV3Pool(v3.factory, v3.initCodeHash, a, b, fee)
          add(pool, `${name} v3 pool ${fee / 10_000}%`, 'computed')
        }
      }
    }
  }
  add(venues.uniswapV4?.poolManager, 'Uniswap v4 pools', 'list')
  add(venues.balancer?.vault, 'Balancer Vault', 'list')
  for (const pool of venues.balancer?.pools ?? []) add(pool.address, 'Balancer pool', 'list')
  add(venues.curve?.router, 'Curve router', 'list')
  for (const { share } of venues.vaults ?? []) add(share, 'ERC-4626 vault', 'list')
  // The chain's own last: a fork that shares its Permit2 does not rename it.
  for (const { name, universalRouter, permit2 } of [...routers].reverse()) {
    add(universalRouter, `${name} Universal Router`, 'list')
    add(permit2, name === routers[0]?.name ? 'Permit2' : `Permit2 (${name})`, 'list')
  }
  return names
}
