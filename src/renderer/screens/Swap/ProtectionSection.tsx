import { useLocale, useTranslations } from 'use-intl'
import type { SwapChannel, SwapQuote } from '../../../shared/contract/swaps.ts'
import { feeSpeeds } from '../../../shared/contract/transfers.ts'
import { SegmentedChoice } from '../../design/SegmentedChoice.tsx'
import { ChannelTable } from './ChannelTable.tsx'
import { formatTokenAmount } from './formatSwap.ts'
import { joinSentences } from './joinSentences.ts'
import styles from './ProtectionSection.module.css'
import { SandwichFigure } from './SandwichFigure.tsx'
import { Section } from './Section.tsx'
import type { SwapDraft } from './swapDraft.ts'
import { ToleranceField } from './ToleranceField.tsx'

interface ProtectionSectionProps {
  readonly quote: SwapQuote
  readonly draft: SwapDraft
  readonly channel: SwapChannel
  readonly isLocked: boolean
  readonly onChange: (changes: Partial<SwapDraft>) => void
}

/** How the trade is sent, how much worse it may end, how fast; and what an attack on it would look like. */
export function ProtectionSection({ quote, draft, channel, isLocked, onChange }: ProtectionSectionProps) {
  const t = useTranslations('swap')
  const locale = useLocale()
  const { publicRisk, channels } = quote.mev
  const isSeen = channels.find((option) => option.channel === channel)?.kind === 'mempool'
  const isWorthIt = publicRisk.attackerProfit > 0n
  return (
    <Section title={t('protection.title')}>
      <fieldset className={styles.controls} disabled={isLocked}>
        <ChannelTable
          channels={channels}
          chosen={channel}
          onChoose={(chosen) => onChange({ channel: chosen })}
        />
        <div className={styles.pair}>
          <ToleranceField quote={quote} slippage={draft.slippage} onChange={onChange} />
          <SegmentedChoice
            label={t('protection.speed')}
            value={draft.speed}
            options={feeSpeeds.map((speed) => ({ value: speed, label: t(`protection.speeds.${speed}`) }))}
            onChange={(speed) => onChange({ speed })}
          />
        </div>
      </fieldset>
      <details className={styles.details}>
        <summary>{t('protection.attack')}</summary>
        <div className={styles.attack}>
          <SandwichFigure isAttacked={isSeen && isWorthIt} />
          <p>
            {joinSentences(
              isWorthIt
                ? t('sandwich.exposed', {
                    loss: formatTokenAmount(
                      publicRisk.userLoss,
                      quote.exact === 'sell' ? quote.buy : quote.sell,
                      locale,
                      'up',
                    ),
                    profit: formatTokenAmount(publicRisk.attackerProfit, quote.sell, locale, 'up'),
                  })
                : t('sandwich.notWorth'),
              isWorthIt && !isSeen && t('sandwich.sheltered'),
            )}
          </p>
        </div>
      </details>
    </Section>
  )
}
