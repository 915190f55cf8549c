import type { Address, ChainId } from '../../../shared/identity/identity.ts'
import { createMarket, type Market } from './domain/findTrade.ts'
import type { SwapVenues } from './domain/SwapVenues.ts'
import type { BlockRef, PoolReader } from './swaps.ports.ts'

/** Every pool that could take part in a trade between the tokens, at one block. @throws AppError `chain.*` */
export async function loadMarket(
  reader: PoolReader,
  chainId: ChainId,
  venues: SwapVenues,
  tokens: readonly Address[],
  block: BlockRef,
  reach: number,
): Promise<Market> {
  return createMarket(await reader.readPools({ chainId, venues, tokens, block, reach }), venues)
}
