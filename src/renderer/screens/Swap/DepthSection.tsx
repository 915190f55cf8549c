import { useQuery } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'use-intl'
import type { SwapQuote } from '../../../shared/contract/swaps.ts'
import { queries } from '../../api/queries.ts'
import { joinSentences } from '../../design/joinSentences.ts'
import { Section } from '../../design/Section.tsx'
import { Skeleton } from '../../design/Skeleton.tsx'
import { formatBps } from '../../parts/formatTokenAmount.ts'
import { useAmounts } from '../../parts/useAmounts.tsx'
import { DepthChart } from './DepthChart.tsx'
import styles from './DepthSection.module.css'
import { costAt, largestWithin, logOf } from './layoutDepth.ts'

interface DepthSectionProps {
  readonly quote: SwapQuote
  readonly exchangeFeeBps: number
}

/** What other sizes would cost: as a curve, in a sentence, and as a table. */
export function DepthSection({ quote, exchangeFeeBps }: DepthSectionProps) {
  const t = useTranslations('swap.depth')
  const tc = useTranslations('common')
  const locale = useLocale()
  const amounts = useAmounts()
  const { data: depth, error } = useQuery(queries.swapDepth(quote))
  const { sell, buy, sellUnits } = quote
  if (!depth || depth.points.length < 2) {
    return (
      <Section title={t('title')}>
        {error || depth ? (
          <p className={styles.note}>{t('failed')}</p>
        ) : (
          <Skeleton rows={3} label={tc('loading')} />
        )}
      </Section>
    )
  }
  const decimals = amounts.drawnDecimals(sell)
  const samples = depth.points.map((point) => ({
    log: logOf(point.sellUnits, decimals),
    costBps: point.costBps,
  }))
  const size = logOf(sellUnits, decimals)
  const cost = costAt(samples, size)
  const tenfold = costAt(samples, size + 1)
  const beats = largestWithin(depth.points, exchangeFeeBps)
  const sentences = [
    cost === undefined ? undefined : t('summary', { cost: formatBps(Math.ceil(cost), locale) }),
    tenfold === undefined ? undefined : t('tenfold', { cost: formatBps(Math.ceil(tenfold), locale) }),
    beats === undefined
      ? undefined
      : t('exchange', {
          amount: amounts.short(beats, sell, 'down'),
          fee: formatBps(exchangeFeeBps, locale),
        }),
  ]
  return (
    <Section title={t('title')}>
      <DepthChart
        depth={depth}
        token={sell}
        sellUnits={sellUnits}
        exchangeFeeBps={exchangeFeeBps}
        summary={joinSentences(...sentences)}
      />
      <details className={styles.details}>
        <summary>{t('table')}</summary>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('columns.pay')}</th>
              <th scope="col">{t('columns.receive')}</th>
              <th scope="col">{t('columns.cost')}</th>
            </tr>
          </thead>
          <tbody>
            {depth.points.map((point) => (
              <tr key={String(point.sellUnits)}>
                <td>{amounts.short(point.sellUnits, sell, 'down')}</td>
                <td>{amounts.short(point.buyUnits, buy, 'down')}</td>
                <td>{formatBps(point.costBps, locale)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </Section>
  )
}
