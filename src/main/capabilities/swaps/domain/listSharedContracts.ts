import type { Address } from '../../../../shared/identity/identity.ts'
import type { SwapVenues } from './SwapVenues.ts'

/** A chain's contracts through which strangers trade too, so that two transactions to one of them need not be of one hand. */
export function listSharedContracts(venues: SwapVenues | undefined): Address[] {
  if (!venues) return []
  const { universalRouter, permit2, wrappedNative, balancer, limitOrderProtocol, publicRouters } = venues
  return [
    universalRouter,
    permit2,
    wrappedNative,
    ...(balancer ? [balancer.vault] : []),
    ...(limitOrderProtocol ? [limitOrderProtocol] : []),
    ...publicRouters,
  ]
}
