import { type ReactNode, useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { SwapQuote } from '../../../shared/contract/swaps.ts'
import { Button } from '../../design/Button.tsx'
import { Facts } from '../../design/Facts.tsx'
import { formatFee } from '../../design/formatAmount.ts'
import { joinSentences } from '../../design/joinSentences.ts'
import { formatBps } from '../../parts/formatTokenAmount.ts'
import { nameVenue } from '../../parts/nameVenue.ts'
import { useAmounts } from '../../parts/useAmounts.tsx'
import styles from './CostFacts.module.css'
import { computeCosts } from './computeCosts.ts'
import { ExchangeFeeForm } from './ExchangeFeeForm.tsx'

interface CostFactsProps {
  readonly quote: SwapQuote
  readonly exchangeFeeBps: number
  readonly nativeSymbol: string
}

/** What the trade costs in one number, of what that consists, and what others would have cost. */
export function CostFacts({ quote, exchangeFeeBps, nativeSymbol }: CostFactsProps) {
  const t = useTranslations('swap')
  const tv = useTranslations('swap.venues')
  const locale = useLocale()
  const amounts = useAmounts()
  const [isEditing, setEditing] = useState(false)
  const { sell, buy, cost, fee } = quote
  const costs = computeCosts(quote, exchangeFeeBps)
  const paid = (units: bigint) => amounts.short(units, buy, 'up')
  const wei = (units: bigint) => formatFee(units, nativeSymbol, locale)
  const rate = (units: bigint) => `${amounts.rate(quote.sellUnits, sell, units, buy)} ${buy.symbol}`
  const difference = costs.overExchange < 0n ? -costs.overExchange : costs.overExchange
  const single = quote.bestSinglePool
  const gain = costs.gainOverSinglePool
  const rows: { term: string; detail: ReactNode; isWide?: boolean }[] = [
    { term: t('cost.impact'), detail: paid(cost.impact) },
    { term: t('cost.poolFees'), detail: paid(cost.poolFees) },
    {
      term: t('cost.gas'),
      detail: (
        <span title={`${t('cost.gasMaximum')}: ${wei(fee.maximum)}`}>
          {cost.gas === undefined ? wei(fee.expected) : paid(cost.gas)}
        </span>
      ),
    },
    { term: t('cost.market'), detail: rate(quote.unitsAtMarket) },
    { term: t('cost.yours'), detail: rate(quote.buyUnits) },
  ]
  if (single && gain !== undefined && gain > 0n) {
    rows.push({
      term: t('cost.bestSingle'),
      detail: t('cost.better', {
        amount: amounts.short(gain, quote.exact === 'sell' ? buy : sell, 'down'),
        venue: nameVenue(single, tv),
      }),
    })
  } else {
    rows.push({ term: t('cost.bestSingle'), detail: t('cost.onlyPool') })
  }
  return (
    <section className={styles.costs} aria-label={t('cost.title')}>
      <div className={styles.head}>
        <h3 className={styles.title}>{t('cost.title')}</h3>
        <span className={styles.total}>
          {t('cost.total', { amount: paid(costs.total), share: formatBps(cost.totalBps, locale) })}
        </span>
      </div>
      <div className={styles.bar} aria-hidden="true">
        <span data-part="impact" style={{ flexGrow: costs.parts.impact }} />
        <span data-part="pools" style={{ flexGrow: costs.parts.poolFees }} />
        <span data-part="gas" style={{ flexGrow: costs.parts.gas }} />
      </div>
      {cost.gas === undefined && (
        <p className={styles.note}>{t('cost.withoutGas', { fee: wei(fee.expected) })}</p>
      )}
      <Facts rows={rows} />
      <div className={styles.exchange}>
        {isEditing ? (
          <ExchangeFeeForm feeBps={exchangeFeeBps} onDone={() => setEditing(false)} />
        ) : (
          <>
            <p>
              {joinSentences(
                t('cost.exchangeCharges', {
                  fee: formatBps(exchangeFeeBps, locale),
                  amount: paid(costs.exchange),
                }),
                difference === 0n
                  ? t('cost.same')
                  : t(costs.overExchange < 0n ? 'cost.cheaper' : 'cost.dearer', { amount: paid(difference) }),
                t('cost.exchangeNote'),
              )}
            </p>
            <Button size="small" variant="quiet" onClick={() => setEditing(true)}>
              {t('cost.exchangeEdit')}
            </Button>
          </>
        )}
      </div>
    </section>
  )
}
