import { type Address, type ChainId, isSameAddress } from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import type { ContractReader } from './assets.ports.ts'
import { decodeFeed, planFeedReads, readsPerFeed } from './domain/feeds/feedReads.ts'
import type { FeedPrice } from './domain/peg/measurePeg.ts'
import type { FeedEntry } from './domain/registry/AssetRegistry.ts'

/** What every feed of a chain says at one block, by its description. */
export interface FeedBook {
  find(description: string): FeedPrice | undefined
  /** One whole unit of a currency in US dollars, with its feed; one for the dollar itself. */
  ofCurrency(currency: string): { readonly usdE8: bigint; readonly feed?: FeedPrice } | undefined
  /** One whole token by its own feed; a stale feed prices nothing. */
  ofToken(token: Token, wrappedNative: Address | undefined): bigint | undefined
}

const hourMs = 3_600_000
/** Feeds of coins report at least daily. */
const coinAgeMs = 26 * hourMs
/** Currencies and shares rest over weekends and a holiday beside them. */
const weekendAgeMs = 98 * hourMs
const restingBases = new Set([
  'EUR',
  'GBP',
  'JPY',
  'CHF',
  'AUD',
  'SGD',
  'CNH',
  'XAU',
  'KRW',
  'TRY',
  'BRL',
  'MXN',
])

/** What wraps another coin one to one is priced as that coin. */
const pricedAs: Readonly<Record<string, string>> = { WETH: 'ETH', WBTC: 'BTC' }

/** @throws AppError `chain.*` */
export async function readFeeds(
  reader: ContractReader,
  chainId: ChainId,
  feeds: readonly FeedEntry[],
  block: { readonly number: bigint; readonly timestampMs: number },
): Promise<FeedBook> {
  const own = feeds.filter((feed) => feed.chainId === chainId)
  const answers = await reader.call(
    chainId,
    own.flatMap(({ address }) => planFeedReads(address)),
    block.number,
  )
  const book = new Map<string, FeedPrice>()
  for (const [index, { description, base }] of own.entries()) {
    const age = restingBases.has(base) ? weekendAgeMs : coinAgeMs
    const part = answers.slice(index * readsPerFeed, (index + 1) * readsPerFeed)
    const price = decodeFeed(part, description, block.timestampMs, age)
    if (price) book.set(description, price)
  }
  const find = (description: string) => book.get(description)
  return {
    find,
    ofCurrency(currency) {
      if (currency === 'USD') return { usdE8: 100_000_000n }
      // The onshore renminbi is the nearest that a feed reports.
      const feed = find(`${currency === 'CNH' ? 'CNY' : currency} / USD`)
      return feed && { usdE8: feed.usdE8, feed }
    },
    ofToken({ ref, symbol }, wrappedNative) {
      const isWrapped =
        ref.address !== 'native' && wrappedNative !== undefined && isSameAddress(ref.address, wrappedNative)
      const base = isWrapped ? symbol.replace(/^W/, '') : (pricedAs[symbol] ?? symbol)
      const feed = find(`${base} / USD`)
      return feed && !feed.isStale ? feed.usdE8 : undefined
    },
  }
}
