import { type Address, isSameAddress } from '../../../../shared/identity/identity.ts'
import type { SwapVenues } from './SwapVenues.ts'

/** 1inch's Limit Order Protocol v4 and its router, at the same address on every chain that has them. */
const oneInchRouter: Address = '0x111111125421cA6dc452d289314280a0f8842A65'

/** The name of a contract through which a chain's trades go, where it is a known one. */
export function nameSwapContract(venues: SwapVenues | undefined, address: Address): string | undefined {
  if (isSameAddress(address, oneInchRouter)) return '1inch'
  if (!venues) return undefined
  const { universalRouter, permit2, balancer, uniswapV4 } = venues
  const named: readonly (readonly [Address | undefined, string])[] = [
    [universalRouter, 'Uniswap'],
    [permit2, 'Permit2'],
    [balancer?.vault, 'Balancer'],
    [uniswapV4?.poolManager, 'Uniswap v4'],
  ]
  return named.find(([known]) => known !== undefined && isSameAddress(known, address))?.[1]
}
