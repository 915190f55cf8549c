import type { Address } from '../../../../../shared/identity/identity.ts'
import { listRouters } from '../listRouters.ts'
import type { SwapVenues } from '../SwapVenues.ts'
import { legsOf, type Trade } from './TradePlan.ts'

/** Who carries a trade out, and so who needs an allowance. */
export type Executor =
  /** Takes what is sold through its Permit2. */
  | { readonly kind: 'router'; readonly address: Address; readonly permit2: Address; readonly name: string }
  | { readonly kind: 'balancer' | 'curve' | 'vault'; readonly address: Address; readonly name: string }
  | { readonly kind: 'wrappedCoin'; readonly address: Address; readonly name: string }

/** @throws RangeError for a trade that no single contract carries out. */
export function describeExecutor(trade: Trade, venues: SwapVenues): Executor {
  const legs = legsOf(trade).filter(({ key }) => key.venue !== 'weth')
  const [first] = legs
  if (!first) return { kind: 'wrappedCoin', address: venues.wrappedNative, name: '' }
  switch (first.key.venue) {
    case 'balancerStable':
    case 'balancerWeighted':
      if (!venues.balancer) break
      return { kind: 'balancer', address: venues.balancer.vault, name: 'Balancer' }
    case 'curve':
      if (!venues.curve) break
      return { kind: 'curve', address: venues.curve.router, name: 'Curve' }
    case 'erc4626':
      return { kind: 'vault', address: first.key.address, name: 'ERC-4626' }
    default: {
      const router = listRouters(venues).find(({ name }) => name === (first.key.fork ?? 'Uniswap'))
      if (!router || legs.some(({ key }) => key.fork !== first.key.fork)) break
      return { kind: 'router', address: router.universalRouter, permit2: router.permit2, name: router.name }
    }
  }
  throw new RangeError(`Nothing carries out a trade through ${first.key.venue}`)
}
