import { type Address, isSameAddress } from '../../../../shared/identity/identity.ts'
import { listRouters } from './listRouters.ts'
import type { SwapVenues } from './SwapVenues.ts'

/** 1inch's Limit Order Protocol v4 and its router, at the same address on every chain that has them. */
const oneInchRouter: Address = '0x111111125421cA6dc452d289314280a0f8842A65'

/** The name of a contract through which a chain's trades go, where it is a known one. */
export function nameSwapContract(venues: SwapVenues | undefined, address: Address): string | undefined {
  if (isSameAddress(address, oneInchRouter)) return '1inch'
  if (!venues) return undefined
  const { balancer, uniswapV4, curve, vaults = [] } = venues
  const named: readonly (readonly [Address | undefined, string])[] = [
    ...listRouters(venues).flatMap(({ name, universalRouter, permit2 }, at) => [
      [universalRouter, name] as const,
      // A fork may share the chain's own Permit2, which then keeps its name.
      [permit2, at === 0 ? 'Permit2' : `Permit2 (${name})`] as const,
    ]),
    [balancer?.vault, 'Balancer'],
    [uniswapV4?.poolManager, 'Uniswap v4'],
    [curve?.router, 'Curve'],
    ...vaults.map(({ share }) => [share, 'ERC-4626 vault'] as const),
  ]
  return named.find(([known]) => known !== undefined && isSameAddress(known, address))?.[1]
}
