import type { Address } from '../../../../shared/identity/identity.ts'
import { listRouters } from './listRouters.ts'
import type { SwapVenues } from './SwapVenues.ts'

/** The contracts of a chain that carry a trade out until a deadline and not later, which standing orders need. */
export function listExecutors(venues: SwapVenues): Address[] {
  const { balancer, limitOrderProtocol } = venues
  return [
    ...listRouters(venues).map(({ universalRouter }) => universalRouter),
    ...(balancer ? [balancer.vault] : []),
    ...(limitOrderProtocol ? [limitOrderProtocol] : []),
  ]
}
