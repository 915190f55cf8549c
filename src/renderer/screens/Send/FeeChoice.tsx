import { useLocale, useTranslations } from 'use-intl'
import type { TransferPreview } from '../../../shared/contract/transfers.ts'
import { useFiat } from '../../api/useFiat.ts'
import { Button } from '../../design/Button.tsx'
import { formatFee } from '../../design/formatAmount.ts'
import { formatFiat } from '../../design/formatFiat.ts'
import styles from './FeeChoice.module.css'

export type FeeSpeed = TransferPreview['feeOptions'][number]['speed']

interface FeeChoiceProps {
  readonly preview: TransferPreview
  readonly symbol: string
  readonly speed: FeeSpeed
  readonly onSpeed: (speed: FeeSpeed) => void
}

/** Each speed with what it costs and how long it likely takes; choosing one reviews the transfer again. */
export function FeeChoice({ preview, symbol, speed, onSpeed }: FeeChoiceProps) {
  const t = useTranslations('send.preview')
  const ts = useTranslations('send.speed')
  const locale = useLocale()
  const fiat = useFiat()
  const coin = { ref: { chainId: preview.chainId, address: 'native' as const }, decimals: 18 }
  const value = (units: bigint) => {
    const worth = fiat.valueOf(units, coin)
    return worth === undefined ? null : <span>{formatFiat(worth, { currency: fiat.currency, locale })}</span>
  }
  const wait = (seconds: number) =>
    seconds < 90
      ? t('wait', { seconds: Math.max(1, Math.round(seconds)) })
      : t('waitMinutes', { minutes: Math.round(seconds / 60) })
  return (
    <fieldset className={styles.choice}>
      <legend>{t('feeChoice')}</legend>
      {preview.feeOptions.map((option) => (
        <Button
          key={option.speed}
          className={styles.option}
          variant={option.speed === speed ? 'primary' : 'secondary'}
          aria-pressed={option.speed === speed}
          onClick={() => option.speed !== speed && onSpeed(option.speed)}
        >
          <span className={styles.lines}>
            <strong>{ts(option.speed)}</strong>
            <span>{wait(option.waitSeconds)}</span>
            <span>{formatFee(option.expected, symbol, locale)}</span>
            {value(option.expected)}
          </span>
        </Button>
      ))}
    </fieldset>
  )
}
