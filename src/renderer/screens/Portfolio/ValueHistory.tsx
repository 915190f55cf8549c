import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormatter, useLocale, useTranslations } from 'use-intl'
import type { AccountId } from '../../../shared/identity/identity.ts'
import { type ChartRange, chartRanges } from '../../api/chartRanges.ts'
import { queries } from '../../api/queries.ts'
import { useFiat } from '../../api/useFiat.ts'
import { formatFiat } from '../../design/formatFiat.ts'
import { LineChart } from '../../parts/LineChart.tsx'
import { RangeChoice } from '../../parts/RangeChoice.tsx'
import styles from './PortfolioSummary.module.css'

/** What the holdings were worth, how that changed, and what is not known of it. */
export function ValueHistory({ accountId }: { readonly accountId: AccountId | undefined }) {
  const t = useTranslations('portfolio.history')
  const locale = useLocale()
  const format = useFormatter()
  const fiat = useFiat()
  const [range, setRange] = useState<ChartRange>('day')
  const history = useQuery(queries.valueHistory(accountId, fiat.currency, range)).data
  const points = history?.points ?? []
  const [first] = points
  const last = points.at(-1)
  const money = (value: bigint) => formatFiat(value, { currency: fiat.currency, locale, isChange: true })
  const when = (atMs: number) => format.dateTime(atMs, { dateStyle: 'medium', timeStyle: 'short' })
  const change = first && last ? last.value - first.value : 0n
  const startsLate =
    history !== undefined && first !== undefined && first.atMs - history.sinceMs > chartRanges[range] / 20
  return (
    <div className={styles.history}>
      <div className={styles.head}>
        <div>
          <h3 className={styles.caption}>{t('title')}</h3>
          {first && last && points.length > 1 && (
            <p className={styles.change} data-sign={change < 0n ? 'minus' : 'plus'}>
              {money(change)}
              {first.value > 0n && (
                <span className={styles.share}>
                  {format.number(Number((change * 10_000n) / first.value) / 10_000, {
                    style: 'percent',
                    maximumFractionDigits: 2,
                    signDisplay: 'exceptZero',
                  })}
                </span>
              )}
            </p>
          )}
        </div>
        <RangeChoice value={range} onChange={setRange} />
      </div>
      {history && points.length < 2 && <p className={styles.note}>{t('none')}</p>}
      {history && points.length > 1 && (
        <>
          <LineChart
            points={points}
            fromMs={history.sinceMs}
            toMs={history.nowMs}
            height={120}
            label={t('drawing')}
            write={(value) => formatFiat(value, { currency: fiat.currency, locale })}
          />
          {history.netInflow === undefined ? (
            <p className={styles.note}>{t('unknownInflow')}</p>
          ) : (
            history.netInflow !== 0n && (
              <p className={styles.note}>{t('inflow', { amount: money(history.netInflow) })}</p>
            )
          )}
          {startsLate && first && (
            <p className={styles.note}>{t('startsLate', { date: when(first.atMs) })}</p>
          )}
          {history.excluded.length > 0 && (
            <p className={styles.note}>{t('excluded', { count: history.excluded.length })}</p>
          )}
        </>
      )}
    </div>
  )
}
