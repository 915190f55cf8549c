import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'use-intl'
import { unwrapResult } from '../../shared/errors/Result.ts'
import { tokenKey } from '../../shared/identity/identity.ts'
import type { Token } from '../../shared/identity/token.ts'
import { mainApi } from '../api/mainApi.ts'
import { mergePrices } from '../api/priceIndex.ts'
import { queries } from '../api/queries.ts'
import { queryKeys } from '../api/queryKeys.ts'
import { useFiat } from '../api/useFiat.ts'
import { formatFiat } from '../design/formatFiat.ts'
import styles from './FiatValue.module.css'

interface FiatValueProps {
  readonly units: bigint
  readonly token: Token
  /** Nothing at all where no price is known, instead of saying so. */
  readonly isOptional?: boolean
}

/** What an amount is worth in the user's currency, how sure that is, or that nobody knows. Asks for the price of what is not followed yet. */
export function FiatValue({ units, token, isOptional = false }: FiatValueProps) {
  const t = useTranslations('price')
  const locale = useLocale()
  const fiat = useFiat()
  const client = useQueryClient()
  const price = fiat.priceOf(token.ref)
  useQuery({
    queryKey: [...queryKeys.followedPrices, tokenKey(token.ref)],
    queryFn: async () => {
      const prices = unwrapResult(await mainApi().prices.follow({ tokens: [token.ref] }))
      client.setQueryData(queries.prices.queryKey, (index) =>
        mergePrices(index, { tokens: prices, rates: [] }),
      )
      return null
    },
    enabled: fiat.isReady && price === undefined,
  })
  const value = fiat.valueOf(units, token)
  if (value === undefined) {
    if (isOptional || price === undefined) return null
    const reason = price.state === 'unknown' ? t(`reasons.${price.reason}`) : undefined
    return (
      <span className={styles.value} title={reason}>
        {t('none')}
      </span>
    )
  }
  const confidence = price?.state === 'known' ? price.confidence : 'low'
  return (
    <span className={styles.value} title={t(`confidence.${confidence}`)}>
      {confidence === 'low' ? '≈ ' : ''}
      {formatFiat(value, { currency: fiat.currency, locale })}
    </span>
  )
}
