import type { ForkVenues, RouterVenues, SwapVenues } from './SwapVenues.ts'

/** A chain's own Universal Router first, then those of the forks. */
export function listRouters(venues: SwapVenues): readonly (RouterVenues & Pick<ForkVenues, 'name'>)[] {
  return [{ ...venues, name: 'Uniswap' }, ...(venues.forks ?? [])]
}
