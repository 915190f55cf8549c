import type { Address, ChainId, TokenRef } from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import type { Pool } from '../router/index.ts'
import { createMarket, type Market, nativeTokenId, type PoolReader, type SwapVenues } from '../swaps/index.ts'
import type { TokensService } from '../tokens/index.ts'
import { findBand, type PoolPrice, toDeviationBps } from './domain/peg/measurePeg.ts'
import { measurePoolPrice } from './domain/peg/measurePoolPrice.ts'
import type { FeedBook } from './readFeeds.ts'

/** A token's pools at one block, and what each says of its price. */
export interface TokenMarket {
  readonly market: Market
  readonly prices: readonly PoolPrice[]
}

export interface TokenMarketDeps {
  readonly pools: Pick<PoolReader, 'readPools'>
  readonly tokens: Pick<TokensService, 'resolve'>
  /** The currency that a stablecoin follows; `undefined` for what is none. */
  currencyOf(token: TokenRef): string | undefined
}

/**
 * Reads the pools in which a token meets the chain's connectors. A counter token is priced by its own feed, or, a stablecoin
 * without one, as if it were worth its currency.
 *
 * @throws AppError `chain.*`
 */
export async function readTokenMarket(
  deps: TokenMarketDeps,
  venues: SwapVenues,
  token: Token & { readonly ref: { readonly address: Address } },
  /** What it should be worth: the peg, or its reference; absent where neither is known. */
  worthUsdE8: bigint | undefined,
  feeds: FeedBook,
  block: Parameters<PoolReader['readPools']>[0]['block'],
): Promise<TokenMarket> {
  const { chainId } = token.ref
  const pools = await deps.pools.readPools({
    chainId,
    venues,
    tokens: [token.ref.address],
    block,
    reach: 0,
  })
  const own = token.ref.address.toLowerCase()
  const prices: PoolPrice[] = []
  for (const { pool } of pools) {
    if (!pool.tokens.includes(own)) continue
    for (const counter of pool.tokens) {
      if (counter === own) continue
      const price = await priceByPool(deps, venues, pool, token, counter, worthUsdE8, feeds, chainId)
      if (price) prices.push(price)
    }
  }
  return { market: createMarket(pools, venues), prices }
}

async function priceByPool(
  { tokens, currencyOf }: TokenMarketDeps,
  venues: SwapVenues,
  pool: Pool,
  token: Token,
  counterId: string,
  worthUsdE8: bigint | undefined,
  feeds: FeedBook,
  chainId: ChainId,
): Promise<PoolPrice | undefined> {
  const isCoin = counterId === nativeTokenId
  const address = isCoin ? venues.wrappedNative : (counterId as Address)
  const counter = await tokens.resolve({ chainId, address })
  const parUsdE8 = priceAtPar(currencyOf(counter.ref), feeds)
  const counterUsdE8 = feeds.ofToken(counter, venues.wrappedNative) ?? parUsdE8
  const view = measurePoolPrice(pool, token.ref.address.toLowerCase(), counterId)
  if (counterUsdE8 === undefined || !view) return undefined
  const perCounter = view.rate * 10 ** (token.decimals - counter.decimals)
  const perWhole = perCounter * Number(counterUsdE8)
  if (!Number.isFinite(perWhole) || perWhole > 1e15) return undefined
  const usdE8 = BigInt(Math.round(perWhole))
  const isOffPar = parUsdE8 !== undefined && hasLeftPar(counterUsdE8, parUsdE8)
  const ownWorth = (view.depth.token * (worthUsdE8 ?? usdE8)) / 10n ** BigInt(token.decimals)
  const counterWorth = (view.depth.counter * counterUsdE8) / 10n ** BigInt(counter.decimals)
  return {
    poolId: pool.id,
    venue: pool.venue,
    counterSymbol: isCoin ? counter.symbol.replace(/^W/, '') : counter.symbol,
    usdE8,
    ...(isOffPar ? { atParUsdE8: BigInt(Math.round(perCounter * Number(parUsdE8))) } : {}),
    // Whoever pushes a pool fills one side and empties the other.
    depthUsdE8: ownWorth < counterWorth ? ownWorth : counterWorth,
  }
}

function hasLeftPar(usdE8: bigint, parUsdE8: bigint): boolean {
  return findBand(toDeviationBps((usdE8 * 100_000_000n) / parUsdE8)) !== undefined
}

function priceAtPar(currency: string | undefined, feeds: FeedBook): bigint | undefined {
  return currency === undefined ? undefined : feeds.ofCurrency(currency)?.usdE8
}
