import type { SwapContracts } from '../../../../shared/contract/signer.ts'
import type { SwapVenues } from './SwapVenues.ts'

/** The contracts whose calls the signer has to read to sign a chain's swaps. */
export function describeSwapContracts(venues: SwapVenues | undefined): { swaps?: SwapContracts } {
  if (!venues) return {}
  const { universalRouter, permit2, wrappedNative, balancer, limitOrderProtocol } = venues
  return {
    swaps: {
      universalRouter,
      permit2,
      wrappedNative,
      ...(balancer ? { balancerVault: balancer.vault } : {}),
      ...(limitOrderProtocol ? { limitOrderProtocol } : {}),
    },
  }
}
