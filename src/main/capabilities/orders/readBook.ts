import type { OrderBook, OrderRequest } from '../../../shared/contract/orders.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { Address } from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import { largerOf } from '../../../shared/money/smallerOf.ts'
import { loadMarket, type PrepareSwapDeps, type SwapVenues } from '../swaps/index.ts'
import { readMarketPrice } from './assessOrder.ts'
import { layoutOwnLevels } from './domain/layoutOwnLevels.ts'
import { layoutPeerLevels } from './domain/layoutPeerLevels.ts'
import { layoutPoolLevels } from './domain/layoutPoolLevels.ts'
import { poolTokenOf } from './domain/poolTokenOf.ts'
import type { OrderLedger } from './openOrderLedger.ts'
import type { PeerOrders } from './orders.ports.ts'

/**
 * A pair's book at the newest block: the user's own orders, and what the pools would take and give.
 *
 * @throws AppError `order.invalid`, `token.unknown`, `chain.*`
 */
export async function readBook(
  deps: Pick<PrepareSwapDeps, 'reader' | 'tokens' | 'search'> & { readonly peers: PeerOrders },
  own: OrderLedger,
  venues: SwapVenues,
  {
    chainId,
    base: baseAddress,
    quote: quoteAddress,
    levels,
  }: Pick<OrderRequest, 'chainId' | 'base' | 'quote'> & {
    readonly levels: number
  },
): Promise<OrderBook> {
  const [base, quote] = await Promise.all([
    deps.tokens.resolve({ chainId, address: baseAddress }),
    deps.tokens.resolve({ chainId, address: quoteAddress }),
  ])
  const tokens = [poolTokenOf(base), poolTokenOf(quote)] as const
  if (tokens[0] === tokens[1]) throw new AppError('order.invalid', { reason: 'sameToken' })
  const block = await deps.reader.readBlock(chainId)
  const market = await loadMarket(deps.reader, chainId, venues, tokens, block, 0)
  const unit = smallUnit(base)
  const bids = await layoutPoolLevels(deps.search, market, ...tokens, 'bids', unit, levels)
  const price = bids[0]?.price ?? (await readMarketPrice(deps.search, market, base, quote, 'sell', unit))
  const given = price && largerOf((unit * price.quote) / price.base, 1n)
  const asks = given ? await layoutPoolLevels(deps.search, market, ...tokens, 'asks', given, levels) : []
  const [bid, ask] = [bids[0]?.price, asks[0]?.price]
  const marketPrice =
    bid && ask
      ? {
          quote: bid.quote * ask.base + ask.quote * bid.base,
          base: 2n * bid.base * ask.base,
        }
      : (bid ?? ask)
  return {
    blockNumber: block.number,
    base,
    quote,
    ...(marketPrice ? { marketPrice } : {}),
    own: layoutOwnLevels(own.engine, own.records(), base, quote, levels),
    peers: layoutPeerLevels(
      deps.peers.listFillable(chainId),
      transferable(base, venues),
      transferable(quote, venues),
      levels,
    ),
    pools: { bids, asks },
  }
}

/** Signed orders move tokens: of the coin its wrapped form. */
function transferable({ ref }: Token, { wrappedNative }: SwapVenues): Address {
  return ref.address === 'native' ? wrappedNative : ref.address
}

/** A ten-thousandth of a shown unit, where the token is divided so finely. */
function smallUnit({ decimals }: Token): bigint {
  return 10n ** BigInt(Math.max(decimals - 4, 0))
}
