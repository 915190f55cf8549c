import { useLocale, useTranslations } from 'use-intl'
import type { SwapChannel, SwapQuote } from '../../../shared/contract/swaps.ts'
import { Button } from '../../design/Button.tsx'
import { Notice } from '../../design/Notice.tsx'
import { formatBps } from '../../parts/formatTokenAmount.ts'
import { useAmounts } from '../../parts/useAmounts.tsx'
import styles from './RiskNotice.module.css'
import type { SwapDraft } from './swapDraft.ts'

interface RiskNoticeProps {
  readonly quote: SwapQuote
  readonly channel: SwapChannel
  readonly onChange: (changes: Partial<SwapDraft>) => void
}

/** What somebody could take from this trade, in one sentence, and what helps where he could. */
export function RiskNotice({ quote, channel, onChange }: RiskNoticeProps) {
  const t = useTranslations('swap.risk')
  const locale = useLocale()
  const amounts = useAmounts()
  const { publicRisk, channels } = quote.mev
  if (publicRisk.attackerProfit === 0n) return <Notice tone="safe">{t('nobody')}</Notice>
  const loss = amounts.short(publicRisk.userLoss, quote.exact === 'sell' ? quote.buy : quote.sell, 'up')
  const way = channels.find((option) => option.channel === channel)
  if (way?.kind === 'relay' || way?.kind === 'sequencer') {
    return (
      <Notice tone="safe" title={t(way.kind === 'relay' ? 'unseen' : 'sequencer')}>
        {publicRisk.userLoss > 0n &&
          channels.some(({ kind }) => kind === 'mempool') &&
          t('inPublic', { loss })}
      </Notice>
    )
  }
  const safe = publicRisk.safeToleranceBps
  return (
    <Notice
      tone="caution"
      action={
        <span className={styles.ways}>
          {channels.some((option) => option.channel === 'private') && (
            <Button size="small" onClick={() => onChange({ channel: 'private' })}>
              {t('usePrivate')}
            </Button>
          )}
          {safe !== undefined && (
            <Button size="small" onClick={() => onChange({ slippage: safe })}>
              {t('useSafe', { tolerance: formatBps(safe, locale) })}
            </Button>
          )}
        </span>
      }
    >
      {publicRisk.userLoss === 0n
        ? t('rounding', { profit: amounts.short(publicRisk.attackerProfit, quote.sell, 'up') })
        : t('exposed', { loss })}
    </Notice>
  )
}
