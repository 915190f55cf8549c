import type { SwapContracts } from '../../../../shared/contract/signer.ts'
import type { SwapVenues } from './SwapVenues.ts'

/** The contracts whose calls the signer has to read to sign a chain's swaps. */
export function describeSwapContracts(venues: SwapVenues | undefined): { swaps?: SwapContracts } {
  if (!venues) return {}
  const { universalRouter, permit2, wrappedNative, balancer, forks, curve, vaults, limitOrderProtocol } =
    venues
  return {
    swaps: {
      universalRouter,
      permit2,
      wrappedNative,
      ...(balancer ? { balancerVault: balancer.vault } : {}),
      ...(forks
        ? {
            otherRouters: forks.map((fork) => ({
              name: fork.name,
              universalRouter: fork.universalRouter,
              permit2: fork.permit2,
            })),
          }
        : {}),
      ...(curve ? { curveRouter: curve.router } : {}),
      ...(vaults ? { vaults: vaults.map(({ share, asset }) => ({ share, asset })) } : {}),
      ...(limitOrderProtocol ? { limitOrderProtocol } : {}),
    },
  }
}
