import { useLocale, useTranslations } from 'use-intl'
import type { SwapQuote } from '../../../shared/contract/swaps.ts'
import { Section } from '../../design/Section.tsx'
import { formatBps, formatPips } from '../../parts/formatTokenAmount.ts'
import { nameVenue } from '../../parts/nameVenue.ts'
import { TokenAmount } from '../../parts/TokenAmount.tsx'
import { RouteFlow } from './RouteFlow.tsx'
import styles from './RouteSection.module.css'

/** The way of the trade through the pools: drawn, and pool by pool. */
export function RouteSection({ quote }: { readonly quote: SwapQuote }) {
  const t = useTranslations('swap.route')
  const tv = useTranslations('swap.venues')
  const locale = useLocale()
  const tn = useTranslations('swap.noRoute')
  const { legs, sell, buy, redeemsFor } = quote
  return (
    <Section
      title={t('title')}
      aside={
        <span className={styles.summary}>
          {t('summary', { sell: sell.symbol, buy: buy.symbol, count: legs.length })}
        </span>
      }
    >
      <RouteFlow legs={legs} />
      {legs.some(({ isUnproven }) => isUnproven) && <p className={styles.note}>{t('unprovenNote')}</p>}
      {redeemsFor && (
        <p className={styles.note}>{tn('redeems', { sell: sell.symbol, asset: redeemsFor.symbol })}</p>
      )}
      <details className={styles.details}>
        <summary>{t('details')}</summary>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('columns.pool')}</th>
              <th scope="col">{t('columns.pays')}</th>
              <th scope="col">{t('columns.gets')}</th>
              <th scope="col">{t('columns.share')}</th>
              <th scope="col">{t('columns.fee')}</th>
              <th scope="col">{t('columns.impact')}</th>
            </tr>
          </thead>
          <tbody>
            {legs.map((leg) => (
              <tr key={leg.poolId}>
                <th scope="row" title={leg.poolId}>
                  {nameVenue(leg, tv)}
                  {leg.isUnproven && <span className={styles.unproven}> · {t('unproven')}</span>}
                </th>
                <td>
                  <TokenAmount units={leg.amountIn} token={leg.tokenIn} maximumFractionDigits={4} />
                </td>
                <td>
                  <TokenAmount units={leg.amountOut} token={leg.tokenOut} maximumFractionDigits={4} />
                </td>
                <td>{formatBps(leg.shareBps, locale)}</td>
                <td>{leg.feePips === 0 ? t('noFee') : formatPips(leg.feePips, locale)}</td>
                <td>{formatBps(leg.impactBps, locale)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </Section>
  )
}
