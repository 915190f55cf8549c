import { useLocale, useTranslations } from 'use-intl'
import type { SwapQuote, SwapStep } from '../../../shared/contract/swaps.ts'
import { formatInteger } from '../../design/formatAmount.ts'
import { joinSentences } from '../../design/joinSentences.ts'
import { useAmounts } from '../../parts/useAmounts.tsx'
import styles from './StepList.module.css'

/** What will be signed, said before it is asked for. */
export function StepList({ quote }: { readonly quote: SwapQuote }) {
  const t = useTranslations('swap.steps')
  const locale = useLocale()
  const amounts = useAmounts()
  const { sell, buy, steps, spender, maximumSold, simulation } = quote
  const spenderName = spender && spender.name !== '' ? spender.name : t('router')
  const words: Record<SwapStep, () => string> = {
    resetAllowance: () => t('resetAllowance', { symbol: sell.symbol }),
    approve: () =>
      t('approve', {
        spender: spenderName,
        // An allowance is exact to the last unit, so it is written to the last digit.
        amount: amounts.exact(maximumSold, sell),
      }),
    permit: () => t('permit', { spender: spenderName }),
    swap: () => t('swap'),
  }
  return (
    <section className={styles.steps} aria-label={t('title')}>
      <h3 className={styles.title}>{t('title')}</h3>
      <ol className={styles.list}>
        {steps.map((step) => (
          <li key={step} title={step === 'approve' ? spender?.address : undefined}>
            {words[step]()}
          </li>
        ))}
      </ol>
      <p className={styles.note}>
        {joinSentences(
          steps.length > 1 && t('together'),
          simulation &&
            t('tried', {
              number: formatInteger(simulation.blockNumber, locale),
              amount: amounts.short(simulation.bought, buy, 'down'),
            }),
        )}
      </p>
    </section>
  )
}
