import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { SwapChannel, SwapQuote } from '../../../shared/contract/swaps.ts'
import { queries } from '../../api/queries.ts'
import { formatInteger } from '../../design/formatAmount.ts'
import { joinSentences } from '../../design/joinSentences.ts'
import { Skeleton } from '../../design/Skeleton.tsx'
import { formatBps } from '../../parts/formatTokenAmount.ts'
import { useAmounts } from '../../parts/useAmounts.tsx'
import styles from './AttackDetails.module.css'
import { SandwichFigure } from './SandwichFigure.tsx'
import type { SwapDraft } from './swapDraft.ts'
import { ToleranceExplorer } from './ToleranceExplorer.tsx'

interface AttackDetailsProps {
  readonly quote: SwapQuote
  readonly channel: SwapChannel
  readonly onChange: (changes: Partial<SwapDraft>) => void
}

/** What an attack would do to the price, what each tolerance would offer, and what the tolerance rests on; worked out when opened. */
export function AttackDetails({ quote, channel, onChange }: AttackDetailsProps) {
  const t = useTranslations('swap')
  const tc = useTranslations('common')
  const locale = useLocale()
  const amounts = useAmounts()
  const [isOpen, setOpen] = useState(false)
  const { data, error } = useQuery({
    ...queries.swapExposure(quote),
    enabled: isOpen,
    placeholderData: keepPreviousData,
  })
  const { publicRisk, channels, tolerance } = quote.mev
  const isSeen = channels.find((option) => option.channel === channel)?.kind === 'mempool'
  const daily = formatBps(tolerance.dailyBps, locale)
  const isWorthIt = publicRisk.attackerProfit > 0n
  const pool = data && quote.legs.find(({ poolId }) => poolId === data.drawing.poolId)
  return (
    <details className={styles.details} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('protection.attack')}</summary>
      {isOpen && (
        <div className={styles.attack}>
          {data ? (
            <>
              <SandwichFigure drawing={data.drawing} />
              <ToleranceExplorer quote={quote} points={data.points} onChange={onChange} />
            </>
          ) : error ? (
            <p>{t('exposure.failed')}</p>
          ) : (
            <Skeleton rows={4} label={tc('loading')} />
          )}
          <p>
            {joinSentences(
              isWorthIt
                ? t('sandwich.exposed', {
                    loss: amounts.short(
                      publicRisk.userLoss,
                      quote.exact === 'sell' ? quote.buy : quote.sell,
                      'up',
                    ),
                    profit: amounts.short(publicRisk.attackerProfit, quote.sell, 'up'),
                  })
                : t('sandwich.notWorth'),
              data?.drawing.isAttacked &&
                pool &&
                t('exposure.frontRun', {
                  amount: amounts.short(data.drawing.frontRunUnits, pool.tokenIn, 'up'),
                  gas: amounts.short(data.drawing.gasUnits, quote.sell, 'up'),
                }),
              isWorthIt && !isSeen && t('sandwich.sheltered'),
            )}
          </p>
          <p>
            {joinSentences(
              tolerance.basis === 'measured'
                ? t('exposure.measured', { daily, count: tolerance.observations })
                : t('exposure.assumed', {
                    daily,
                    count: formatInteger(BigInt(tolerance.observations), locale),
                  }),
              t('exposure.needed', { tolerance: formatBps(tolerance.neededBps, locale) }),
            )}
          </p>
        </div>
      )}
    </details>
  )
}
