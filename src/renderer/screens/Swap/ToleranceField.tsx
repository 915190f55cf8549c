import { useId, useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { SwapQuote } from '../../../shared/contract/swaps.ts'
import { joinSentences } from '../../design/joinSentences.ts'
import { SegmentedChoice } from '../../design/SegmentedChoice.tsx'
import { TextInput } from '../../design/TextInput.tsx'
import { formatBps } from '../../parts/formatTokenAmount.ts'
import { formatPlainPercent, parsePercent } from './percent.ts'
import type { SwapDraft } from './swapDraft.ts'
import styles from './ToleranceField.module.css'

interface ToleranceFieldProps {
  readonly quote: SwapQuote
  readonly slippage: SwapDraft['slippage']
  readonly onChange: (changes: Partial<SwapDraft>) => void
}

const maximumBps = 5_000
/** From here on whoever sees the trade has much to gain. */
const largeBps = 300

/** How much worse than quoted the trade may end: found, or the user's own value; and up to where it is safe. */
export function ToleranceField({ quote, slippage, onChange }: ToleranceFieldProps) {
  const t = useTranslations('swap.protection')
  const locale = useLocale()
  const id = useId()
  const [typed, setTyped] = useState<{ readonly text: string; readonly meant: number }>()
  const isOwn = slippage !== 'auto'
  // The value may also be set from elsewhere; what is being typed is left alone as long as it means that.
  const shown = !isOwn ? '' : typed?.meant === slippage ? typed.text : formatPlainPercent(slippage)
  const isWrong = isOwn && parsePercent(shown, maximumBps) === undefined
  const { safeToleranceBps: safe } = quote.mev.publicRisk
  const isRounding = quote.toleranceFrom === 'safety' && safe === undefined
  return (
    <div className={styles.tolerance}>
      <div className={styles.line}>
        <SegmentedChoice
          label={t('tolerance')}
          value={isOwn ? 'own' : 'auto'}
          options={[
            { value: 'auto', label: t('auto') },
            { value: 'own', label: t('own') },
          ]}
          onChange={(choice) => {
            if (choice === 'auto') onChange({ slippage: 'auto' })
            else onChange({ slippage: quote.toleranceBps })
          }}
        />
        {isOwn && (
          <span className={styles.own}>
            <TextInput
              className={styles.input}
              inputMode="decimal"
              aria-label={t('ownLabel')}
              aria-describedby={`${id}-said`}
              aria-invalid={isWrong || undefined}
              value={shown}
              onChange={(event) => {
                const text = event.currentTarget.value
                const parsed = parsePercent(text, maximumBps)
                setTyped({ text, meant: parsed ?? slippage })
                if (parsed !== undefined) onChange({ slippage: parsed })
              }}
            />
            <span aria-hidden="true">%</span>
          </span>
        )}
      </div>
      <p id={`${id}-said`} className={styles.note} data-wrong={isWrong || undefined}>
        {joinSentences(
          isWrong
            ? t('ownWrong')
            : t(`from.${isRounding ? 'rounding' : quote.toleranceFrom}`, {
                tolerance: formatBps(quote.toleranceBps, locale),
              }),
          !isWrong && isOwn && slippage > largeBps && t('ownLarge'),
          // Then the sentence before has said it.
          quote.toleranceFrom !== 'safety' &&
            (safe === undefined
              ? t('neverSafe')
              : safe >= maximumBps
                ? t('alwaysSafe')
                : t('safe', { tolerance: formatBps(safe, locale) })),
        )}
      </p>
    </div>
  )
}
