import type { CostPerGas } from '../../router/index.ts'
import { type FoundTrade, findTrade, type Market, priceGas, type TradeRequest } from './findTrade.ts'

/** A trade, and what the search learnt on the way. */
export interface TradeSearchResult {
  readonly found: FoundTrade
  /** What one wei is worth in either token; absent where nothing joins it with the coin. */
  readonly perWei: { readonly sold: CostPerGas | undefined; readonly bought: CostPerGas | undefined }
}

/** All that a quote needs of a search, at once. @throws SearchStopped where the answer is not wanted any more. */
export function searchTrade(market: Market, request: TradeRequest): TradeSearchResult {
  return {
    found: findTrade(market, request),
    perWei: {
      sold: priceGas(market, request.tokenIn.toLowerCase(), 1n),
      bought: priceGas(market, request.tokenOut.toLowerCase(), 1n),
    },
  }
}

/** What so many wei cost, as `perWei` tells. */
export function atWei(perWei: CostPerGas | undefined, weiUnits: bigint): CostPerGas | undefined {
  return perWei && { numerator: perWei.numerator * weiUnits, denominator: perWei.denominator }
}
