import type { Address } from '../../../shared/identity/identity.ts'
import type { Market } from './domain/findTrade.ts'
import type { TradeSearch } from './swaps.ports.ts'

/** Trades found in the thread that searches. */
export type TradeFinder = Pick<TradeSearch, 'find'>

/** What so many units buy by the best trade, gas left aside; `undefined` where the pools end. */
export async function quoteOutput(
  search: TradeFinder,
  market: Market,
  tokenIn: Address,
  tokenOut: Address,
  amount: bigint,
): Promise<bigint | undefined> {
  const { found } = await search.find(market, { mode: 'exactIn', tokenIn, tokenOut, amount, gasPrice: 0n })
  return found.kind === 'trade' ? found.trade.amountOut : undefined
}
