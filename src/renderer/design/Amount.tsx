import { useLocale } from 'use-intl'
import styles from './Amount.module.css'
import { type AmountFormat, formatAmountParts, formatExactAmount } from './formatAmount.ts'
import { joinClasses } from './joinClasses.ts'

interface AmountProps {
  readonly units: bigint
  readonly decimals: number
  readonly symbol: string
  /** `column` puts the separators of all rows under one another. */
  readonly look?: 'inline' | 'column'
  readonly rounding?: AmountFormat['rounding']
  readonly maximumFractionDigits?: AmountFormat['maximumFractionDigits']
  readonly minimumFractionDigits?: number
  /** Writes a plus before what is gained. */
  readonly isChange?: boolean
}

/** An amount with its unit; the exact value is in its title. */
export function Amount({
  units,
  decimals,
  symbol,
  look = 'inline',
  rounding = 'down',
  maximumFractionDigits = 6,
  minimumFractionDigits = 0,
  isChange = false,
}: AmountProps) {
  const locale = useLocale()
  const parts = formatAmountParts(units, decimals, {
    locale,
    rounding,
    maximumFractionDigits,
    minimumFractionDigits,
  })
  const sign = parts.sign !== '' ? parts.sign : isChange && units > 0n ? '+' : ''
  const tone = isChange && units > 0n ? styles.gain : undefined
  return (
    <span
      className={joinClasses(styles.amount, look === 'column' && styles.column, tone)}
      title={`${formatExactAmount(units, decimals, locale)} ${symbol}`}
    >
      <span className={styles.whole}>
        {parts.prefix}
        {sign}
        {parts.whole}
      </span>
      <span className={styles.fraction}>
        {parts.separator}
        {parts.fraction}
      </span>{' '}
      <span className={styles.unit}>{symbol}</span>
    </span>
  )
}
