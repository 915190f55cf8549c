import type { SwapLeg, SwapVenue } from '../../shared/contract/swaps.ts'

/** How a pool is called: a fork by its own name and the version that it follows. */
export function nameVenue(
  { venue, fork }: Pick<SwapLeg, 'venue' | 'fork'>,
  translate: (venue: SwapVenue) => string,
): string {
  return fork === undefined ? translate(venue) : `${fork} ${venue.slice(-2).toLowerCase()}`
}
