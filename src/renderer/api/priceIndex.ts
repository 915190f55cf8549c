import type { FiatRate, PriceBook, TokenPrice } from '../../shared/contract/prices.ts'
import type { ReferenceCurrency } from '../../shared/contract/settings.ts'
import { tokenKey } from '../../shared/identity/identity.ts'

/** Prices by token and rates by currency, to be looked up by every amount on a screen. */
export interface PriceIndex {
  readonly tokens: ReadonlyMap<string, TokenPrice>
  readonly rates: ReadonlyMap<ReferenceCurrency, FiatRate>
}

/** The index with what changed; of prices from different times the newer one stays. */
export function mergePrices(index: PriceIndex | undefined, { tokens, rates }: PriceBook): PriceIndex {
  const merged = new Map(index?.tokens)
  for (const price of tokens) {
    const key = tokenKey(price.token)
    const known = merged.get(key)
    if (!known || known.asOfMs <= price.asOfMs) merged.set(key, price)
  }
  return {
    tokens: merged,
    rates: new Map([...(index?.rates ?? []), ...rates.map((rate) => [rate.currency, rate] as const)]),
  }
}
