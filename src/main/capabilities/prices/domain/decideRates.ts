import type { FiatRate, TokenPrice } from '../../../../shared/contract/prices.ts'
import { type ReferenceCurrency, referenceCurrencies } from '../../../../shared/contract/settings.ts'
import type { Token } from '../../../../shared/identity/token.ts'
import { type UsdE18, usdE18 } from '../../../../shared/money/units.ts'
import { isWithinWeekend, type JudgedFeed } from './judgeFeed.ts'

export interface RateFeed {
  readonly currency: ReferenceCurrency
  readonly name: string
  readonly updatedAtMs: number
  readonly judged: JudgedFeed
}

/** A token of a currency, with its price. */
export interface Stablecoin {
  readonly token: Token
  readonly price: TokenPrice
}

/**
 * What the reference currencies are worth: by the freshest feed; over a weekend by the last report; else by the deepest known
 * price of a stablecoin that follows the currency. A currency of which none of these is known is left out.
 */
export function decideRates(
  feeds: readonly RateFeed[],
  stablecoins: readonly Stablecoin[],
  nowMs: number,
): FiatRate[] {
  const newest = [...feeds].sort((a, b) => b.updatedAtMs - a.updatedAtMs)
  return referenceCurrencies.flatMap((currency): FiatRate[] => {
    if (currency === 'USD') {
      return [{ currency, usd: usdE18(10n ** 18n), confidence: 'high', source: 'USD', asOfMs: nowMs }]
    }
    const ofCurrency = newest.filter((feed) => feed.currency === currency)
    const rate = (
      usd: UsdE18,
      confidence: FiatRate['confidence'],
      source: string,
      asOfMs: number,
    ): FiatRate[] => [{ currency, usd, confidence, source, asOfMs }]
    const fresh = ofCurrency.find(({ judged }) => judged.usd && !judged.refused)
    if (fresh?.judged.usd) return rate(fresh.judged.usd, 'high', fresh.name, fresh.updatedAtMs)
    const coin = stablecoins.find(
      ({ token, price }) =>
        token.pegCurrency === currency &&
        token.source !== 'contract' &&
        price.state === 'known' &&
        price.confidence !== 'low',
    )
    if (coin?.price.state === 'known')
      return rate(coin.price.usd, 'low', coin.token.symbol, coin.price.asOfMs)
    const resting = ofCurrency.find(
      ({ judged, updatedAtMs }) =>
        judged.usd && judged.refused === 'stale' && isWithinWeekend(updatedAtMs, nowMs),
    )
    return resting?.judged.usd ? rate(resting.judged.usd, 'low', resting.name, resting.updatedAtMs) : []
  })
}
