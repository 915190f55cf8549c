import type { OrderRequest, PairPrice } from '../../../shared/contract/orders.ts'
import type { ChainDefinition } from '../chains/index.ts'
import {
  findMainWay,
  followPrice,
  loadMarket,
  type PrepareSwapDeps,
  type SwapVenues,
} from '../swaps/index.ts'
import { poolTokenOf } from './domain/poolTokenOf.ts'
import { toRatio } from './domain/readPoolPrices.ts'

/** As many as a picture can show. */
const mostPoints = 240

/**
 * The past prices of a pair along the way that a trade takes now, as the pools' own events tell them, the oldest first; empty where
 * nothing joins the two, or nothing has moved that anybody tells of.
 *
 * @throws AppError `token.unknown`, `chain.*`
 */
export async function readPriceHistory(
  deps: Pick<PrepareSwapDeps, 'reader' | 'search' | 'tokens' | 'history'>,
  chain: ChainDefinition,
  venues: SwapVenues,
  request: Pick<OrderRequest, 'base' | 'quote'>,
): Promise<PairPrice[]> {
  const { chainId } = chain
  const [base, quote] = await Promise.all([
    deps.tokens.resolve({ chainId, address: request.base }),
    deps.tokens.resolve({ chainId, address: request.quote }),
  ])
  const [tokenIn, tokenOut] = [poolTokenOf(base), poolTokenOf(quote)]
  const block = await deps.reader.readBlock(chainId)
  const market = await loadMarket(deps.reader, chainId, venues, [tokenIn, tokenOut], block, 0)
  const amount = 10n ** BigInt(base.decimals)
  const { found } = await deps.search.find(market, {
    mode: 'exactIn',
    tokenIn,
    tokenOut,
    amount,
    gasPrice: 0n,
  })
  if (found.kind !== 'trade') return []
  const way = findMainWay(found.trade)
  const histories = await deps.history.readPrices({
    chainId,
    pools: way,
    block,
    blockTimeSeconds: chain.blockTimeSeconds,
  })
  return followPrice(way, histories, block.timestampMs)
    .slice(-mostPoints)
    .flatMap(({ timestampMs, price }): PairPrice[] => {
      const ratio = toRatio(price)
      return ratio ? [{ atMs: timestampMs, price: ratio }] : []
    })
}
