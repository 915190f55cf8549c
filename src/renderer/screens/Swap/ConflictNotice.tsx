import { useLocale, useTranslations } from 'use-intl'
import type { SwapQuote } from '../../../shared/contract/swaps.ts'
import { mulDivDown } from '../../../shared/money/mulDiv.ts'
import { Button } from '../../design/Button.tsx'
import { joinSentences } from '../../design/joinSentences.ts'
import { Notice } from '../../design/Notice.tsx'
import { formatBps } from '../../parts/formatTokenAmount.ts'
import { useAmounts } from '../../parts/useAmounts.tsx'
import styles from './RiskNotice.module.css'
import type { SwapDraft } from './swapDraft.ts'

interface ConflictNoticeProps {
  readonly quote: SwapQuote
  readonly onChange: (changes: Partial<SwapDraft>) => void
}

/** The price needs more tolerance than is safe where everybody looks on: what helps. Nothing is changed until it is chosen. */
export function ConflictNotice({ quote, onChange }: ConflictNoticeProps) {
  const t = useTranslations('swap.conflict')
  const locale = useLocale()
  const amounts = useAmounts()
  const { conflict, neededBps } = quote.mev.tolerance
  if (!conflict) return null
  const { suggestions, safeBps } = conflict
  const exact = quote.exact === 'sell' ? quote.sell : quote.buy
  const units = quote.exact === 'sell' ? quote.sellUnits : quote.buyUnits
  const hasPrivate = quote.mev.channels.some(({ channel }) => channel === 'private')
  return (
    <Notice
      tone="caution"
      title={t('title')}
      action={
        <span className={styles.ways}>
          {suggestions.map((suggestion) => {
            if (suggestion.kind === 'privateChannel' && hasPrivate) {
              return (
                <Button key={suggestion.kind} size="small" onClick={() => onChange({ channel: 'private' })}>
                  {t('privateChannel', { tolerance: formatBps(suggestion.toleranceBps, locale) })}
                </Button>
              )
            }
            if (suggestion.kind === 'smallerSize') {
              const smaller = mulDivDown(units, BigInt(suggestion.thousandths), 1_000n)
              return (
                <Button
                  key={suggestion.kind}
                  size="small"
                  onClick={() => onChange({ amount: amounts.plain(smaller, exact, 'down') })}
                >
                  {t('smallerSize', { share: formatBps(suggestion.thousandths * 10, locale) })}
                </Button>
              )
            }
            return null
          })}
        </span>
      }
    >
      {joinSentences(
        safeBps === undefined
          ? t('textNone', { needed: formatBps(neededBps, locale) })
          : t('text', { needed: formatBps(neededBps, locale), safe: formatBps(safeBps, locale) }),
        quote.toleranceFrom === 'user' && t('own'),
        ...suggestions.map((suggestion) =>
          suggestion.kind === 'splitOverTime'
            ? t('splitOverTime', { parts: String(suggestion.parts) })
            : suggestion.kind === 'limitOrder'
              ? t('limitOrder')
              : undefined,
        ),
      )}
    </Notice>
  )
}
