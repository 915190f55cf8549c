import { useTranslations } from 'use-intl'
import type { SwapChannel, SwapQuote } from '../../../shared/contract/swaps.ts'
import { feeSpeeds } from '../../../shared/contract/transfers.ts'
import { Section } from '../../design/Section.tsx'
import { SegmentedChoice } from '../../design/SegmentedChoice.tsx'
import { AttackDetails } from './AttackDetails.tsx'
import { ChannelTable } from './ChannelTable.tsx'
import styles from './ProtectionSection.module.css'
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
  const { channels } = quote.mev
  return (
    <Section title={t('protection.title')}>
      <fieldset className={styles.controls} disabled={isLocked}>
        <ChannelTable
          channels={channels}
          chosen={channel}
          onChoose={(chosen) => onChange({ channel: chosen })}
        />
        {channels.some(({ kind }) => kind === 'sequencer') && (
          <p className={styles.note}>{t('protection.sequencerNote')}</p>
        )}
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
      <AttackDetails quote={quote} channel={channel} onChange={onChange} />
    </Section>
  )
}
