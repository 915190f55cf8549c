import type { Address } from '../../../../shared/identity/identity.ts'
import { listRouters } from './listRouters.ts'
import type { SwapVenues } from './SwapVenues.ts'

/** The contracts of a chain that carry a trade out until a deadline and not later, which standing orders need. */
export function listExecutors(venues: SwapVenues): Address[] {
  const routers = listRouters(venues).map(({ universalRouter }) => universalRouter)
  return venues.balancer ? [...routers, venues.balancer.vault] : routers
}
