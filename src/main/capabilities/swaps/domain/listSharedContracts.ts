import type { Address } from '../../../../shared/identity/identity.ts'
import { listRouters } from './listRouters.ts'
import type { SwapVenues } from './SwapVenues.ts'

/** A chain's contracts through which strangers trade too, so that two transactions to one of them need not be of one hand. */
export function listSharedContracts(venues: SwapVenues | undefined): Address[] {
  if (!venues) return []
  const { wrappedNative, balancer, curve, vaults = [], limitOrderProtocol, publicRouters } = venues
  return [
    ...listRouters(venues).flatMap(({ universalRouter, permit2 }) => [universalRouter, permit2]),
    wrappedNative,
    ...(balancer ? [balancer.vault] : []),
    ...(curve ? [curve.router] : []),
    ...vaults.map(({ share }) => share),
    ...(limitOrderProtocol ? [limitOrderProtocol] : []),
    ...publicRouters,
  ]
}
