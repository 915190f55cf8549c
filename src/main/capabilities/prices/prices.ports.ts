import type { FiatRate, PriceHistory, PriceSample, TokenPrice } from '../../../shared/contract/prices.ts'
import type { ReferenceCurrency } from '../../../shared/contract/settings.ts'
import type { Address, ChainId, TokenRef } from '../../../shared/identity/identity.ts'
import type { KeyedPool, SwapVenues } from '../swaps/index.ts'
import type { FeedReading, PriceFeed } from './domain/PriceFeed.ts'

/** A chain's feeds. */
export interface FeedDirectory {
  list(chainId: ChainId): readonly PriceFeed[]
}

/** A pool whose price can be read with one call. */
export interface SpotSource {
  readonly pool: KeyedPool
  readonly venues: SwapVenues
}

/** What a chain's contracts said at one block. */
export interface MarketReading {
  readonly blockNumber: bigint
  readonly blockTimestampMs: number
  readonly feeds: readonly FeedReading[]
  /** In the order of the request: token 1 per token 0 in units of 10^-36, both in base units; `undefined` where unreadable. */
  readonly spots: readonly (bigint | undefined)[]
  /** In the order of the request: what a million shares (10^(decimals + 6) base units) redeem for; `undefined` where that is no vault. */
  readonly redemptions: readonly (bigint | undefined)[]
  /** In the order of the request: shown units of one token, times 10^18 (ERC-8056); `undefined` where the token has no multiplier. */
  readonly multipliers: readonly (bigint | undefined)[]
}

/** Everything that prices come from, read on chain. Every method @throws AppError `chain.*`. */
export interface PriceReader {
  /** Pools that join the tokens with the chain's connectors, with all that is needed to know their depth. */
  findPools(chainId: ChainId, venues: SwapVenues, tokens: readonly Address[]): Promise<readonly KeyedPool[]>
  /** The assets of those that are vaults (ERC-4626), in the order of the request. */
  readVaultAssets(chainId: ChainId, tokens: readonly Address[]): Promise<readonly (Address | undefined)[]>
  /** All at one block: the newest, one before it, or one by its number, which only a node with its state can answer. */
  readMarket(request: {
    readonly chainId: ChainId
    readonly feeds: readonly PriceFeed[]
    readonly spots: readonly SpotSource[]
    readonly vaults: readonly { readonly address: Address; readonly decimals: number }[]
    readonly scaled: readonly Address[]
    readonly blocksAgo?: bigint
  }): Promise<MarketReading>
}

/** Past prices by subject: a token's key, or a currency. */
export interface PriceSampleStore {
  /** Keeps a sample unless one as good is there. */
  write(subject: string, sample: PriceSample): void
  /** Oldest first; the newest of each stretch of `stepMs`. */
  read(subject: string, sinceMs: number, stepMs: number): readonly PriceSample[]
  /** The sample nearest to a time, at most `withinMs` away. */
  findNear(subject: string, atMs: number, withinMs: number): PriceSample | undefined
  /** Forgets what was seen of a chain's tokens after a time: those blocks are no more. */
  dropAfter(chainId: ChainId, atMs: number): void
}

/** Prices for other capabilities. */
export interface PriceDirectory {
  /** What was last known; `undefined` where the token is not followed yet. */
  find(token: TokenRef): TokenPrice | undefined
  /** The prices in the order of the tokens, which are followed from now on; never rejects for a chain that does not answer. */
  follow(tokens: readonly TokenRef[]): Promise<readonly TokenPrice[]>
  /** What a whole token was worth at about a time, as far as that was seen; within an hour, or a day where it is long ago. */
  findPast(token: TokenRef, atMs: number): PriceSample | undefined
  /** The same of a currency's unit. */
  findPastRate(currency: ReferenceCurrency, atMs: number): PriceSample | undefined
  /** What tokens and a currency were worth since a time, as far as that was seen. */
  readHistory(request: {
    readonly tokens: readonly TokenRef[]
    readonly currency: ReferenceCurrency
    readonly sinceMs: number
    readonly points: number
  }): PriceHistory
  /** What one unit of a currency is worth; `undefined` where nothing is known of it. */
  findRate(currency: ReferenceCurrency): FiatRate | undefined
}
