import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { TokenPrice } from '../../shared/contract/prices.ts'
import type { ReferenceCurrency } from '../../shared/contract/settings.ts'
import { type TokenRef, tokenKey } from '../../shared/identity/identity.ts'
import type { Token } from '../../shared/identity/token.ts'
import { computeValue, convertValue } from '../../shared/money/computeValue.ts'
import { type UsdE18, usdE18 } from '../../shared/money/units.ts'
import { queries } from './queries.ts'

export interface Fiat {
  /** What values are given in: the user's choice, or US dollars while its rate is unknown. */
  readonly currency: ReferenceCurrency
  /** The user's choice where it could not be met. */
  readonly missing: ReferenceCurrency | undefined
  /** Whether any price has been read yet. */
  readonly isReady: boolean
  priceOf(token: TokenRef): TokenPrice | undefined
  /** In units of 10^-18 of the currency, rounded down; `undefined` where no reliable price is known. */
  valueOf(units: bigint, token: Pick<Token, 'ref' | 'decimals'>): bigint | undefined
  /** From US dollars, rounded down. */
  convert(value: UsdE18): bigint
}

/** The value of amounts in the user's currency, renewed whenever a price or rate changes. */
export function useFiat(): Fiat {
  const chosen = useQuery(queries.settings).data?.referenceCurrency ?? 'USD'
  const index = useQuery(queries.prices).data
  return useMemo(() => {
    const chosenRate = index?.rates.get(chosen)
    const currency = chosenRate ? chosen : 'USD'
    const rate = chosenRate?.usd ?? usdE18(10n ** 18n)
    const priceOf = (token: TokenRef) => index?.tokens.get(tokenKey(token))
    return {
      currency,
      missing: index && currency !== chosen ? chosen : undefined,
      isReady: index !== undefined && index.tokens.size > 0,
      priceOf,
      valueOf(units, { ref, decimals }) {
        const price = priceOf(ref)
        return price?.state === 'known'
          ? convertValue(computeValue(units, decimals, price.usd), rate)
          : undefined
      },
      convert: (value) => convertValue(value, rate),
    }
  }, [chosen, index])
}
