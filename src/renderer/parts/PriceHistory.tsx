import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { Token } from '../../shared/identity/token.ts'
import { convertValue } from '../../shared/money/computeValue.ts'
import { usdE18 } from '../../shared/money/units.ts'
import type { ChartRange } from '../api/chartRanges.ts'
import { queries } from '../api/queries.ts'
import { useFiat } from '../api/useFiat.ts'
import { formatFiat } from '../design/formatFiat.ts'
import { LineChart } from './LineChart.tsx'
import styles from './PriceFacts.module.css'
import { RangeChoice } from './RangeChoice.tsx'
import { useAmounts } from './useAmounts.tsx'

const one = usdE18(10n ** 18n)

/** What one shown token was worth, by the multiplier of today, as far as that was seen here or a node could tell. */
export function PriceHistory({ token }: { readonly token: Token }) {
  const t = useTranslations('price.history')
  const locale = useLocale()
  const amounts = useAmounts()
  const fiat = useFiat()
  const [range, setRange] = useState<ChartRange>('week')
  const history = useQuery(queries.priceHistory(token.ref, fiat.currency, range)).data
  if (!history) return null
  const { sinceMs, nowMs } = history
  const samples = history.tokens[0]?.samples ?? []
  const rateAt = (atMs: number) =>
    fiat.currency === 'USD'
      ? one
      : (history.rates.findLast((sample) => sample.atMs <= atMs) ?? history.rates[0])?.usd
  const points = samples.flatMap(({ atMs, usd }) => {
    const rate = rateAt(atMs)
    return rate === undefined ? [] : [{ atMs, value: convertValue(amounts.perShown(usd, token), rate) }]
  })
  return (
    <section className={styles.price}>
      <h3 className={styles.title}>{t('title')}</h3>
      <RangeChoice value={range} onChange={setRange} />
      {points.length < 2 ? (
        <p className={styles.reason}>{t('none')}</p>
      ) : (
        <LineChart
          points={points}
          fromMs={sinceMs}
          toMs={nowMs}
          height={96}
          label={t('drawing', { symbol: token.symbol })}
          write={(value) => formatFiat(value, { currency: fiat.currency, locale, isPrice: true })}
        />
      )}
    </section>
  )
}
