import { type Address, zeroAddress } from 'viem'
import type { LocalChainManifest, TokenListEntry } from '../manifest.ts'
import type { Market } from './connectMarket.ts'
import { feedAbi } from './protocolAbis.ts'

/** Prices of whole tokens in USD, in units of 1e-8, by token address. */
export type Prices = ReadonlyMap<Address, bigint>

// Wrapped and tokenised things go by the feed of what they stand for; USDS is redeemable for DAI one to one.
const feedBySymbol: Record<string, string> = { WETH: 'ETH', WBTC: 'BTC', PAXG: 'XAU', USDS: 'DAI' }
const feedByCurrency: Record<string, string> = { EUR: 'EUR', JPY: 'JPY', SGD: 'SGD', CHF: 'CHF', GBP: 'GBP' }

/**
 * Finds the feed that says what a token is worth, undefined where the chain has none. Stocks, buildings and
 * credit count as having none: only their issuer can close the gap to the real thing, and no market actor should seem to.
 */
export function findFeed(manifest: LocalChainManifest, token: TokenListEntry): Address | undefined {
  const asset = token.extensions?.asset
  if (asset === 'stock' || asset === 'building' || asset === 'credit') return undefined
  const currency = token.extensions?.currency
  const bases = [
    feedBySymbol[token.symbol],
    token.symbol,
    typeof currency === 'string' ? feedByCurrency[currency] : undefined,
  ]
  for (const base of bases) {
    const feed = manifest.feeds.find((entry) => entry.base === base && entry.quote === 'USD')
    if (feed !== undefined) return feed.address
  }
  return undefined
}

/** Reads the price of every token that has a feed, as of the newest block. */
export async function readPrices({ manifest, client }: Pick<Market, 'manifest' | 'client'>): Promise<Prices> {
  const priced = manifest.tokenList.tokens.flatMap((token) => {
    const feed = findFeed(manifest, token)
    return feed === undefined ? [] : [{ token: token.address, feed }]
  })
  const answers = await client.multicall({
    allowFailure: false,
    contracts: priced.map(({ feed }) => ({
      address: feed,
      abi: feedAbi,
      functionName: 'latestAnswer' as const,
    })),
  })
  const prices = new Map<Address, bigint>()
  for (const [index, { token }] of priced.entries()) {
    const answer = answers[index]
    if (answer !== undefined && answer > 0n) prices.set(token, answer)
  }
  return prices
}

/** A token's price and decimals, of ether too (the zero address); undefined where there is no feed. */
export function priceOf(
  manifest: LocalChainManifest,
  prices: Prices,
  token: Address,
): { usdE8: bigint; decimals: number } | undefined {
  const wrapped = token === zeroAddress ? manifest.contracts.weth : token
  const entry = manifest.tokenList.tokens.find(({ address }) => address === wrapped)
  const usdE8 = wrapped === undefined ? undefined : prices.get(wrapped)
  return entry === undefined || usdE8 === undefined ? undefined : { usdE8, decimals: entry.decimals }
}

/** What an amount of wei is worth in units of another token, rounded up; undefined without both prices. */
export function convertWei(
  wei: bigint,
  token: Address,
  manifest: LocalChainManifest,
  prices: Prices,
): bigint | undefined {
  const ether = priceOf(manifest, prices, zeroAddress)
  const priced = priceOf(manifest, prices, token)
  if (ether === undefined || priced === undefined) return undefined
  const scaled = wei * ether.usdE8 * 10n ** BigInt(priced.decimals)
  const divisor = priced.usdE8 * 10n ** BigInt(ether.decimals)
  return (scaled + divisor - 1n) / divisor
}
