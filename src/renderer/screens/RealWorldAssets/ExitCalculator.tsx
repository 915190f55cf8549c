import { useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { Token } from '../../../shared/identity/token.ts'
import { Field } from '../../design/Field.tsx'
import { Select } from '../../design/Select.tsx'
import { TextInput } from '../../design/TextInput.tsx'
import styles from '../../parts/AssetTable.module.css'
import { useAmounts } from '../../parts/useAmounts.tsx'

interface ExitCalculatorProps {
  readonly token: Token
  /** In base units, through the pools, in the last day. */
  readonly dailyVolume: bigint
}

const shares = [500, 1_000, 2_500, 5_000]

/** How many days it takes to sell an amount at a share of what is traded in one. */
export function ExitCalculator({ token, dailyVolume }: ExitCalculatorProps) {
  const t = useTranslations('realWorldAssets.exit')
  const locale = useLocale()
  const amounts = useAmounts()
  const [amount, setAmount] = useState('')
  const [shareBps, setShareBps] = useState(1_000)
  const units = amounts.read(amount, token)
  const perDay = (dailyVolume * BigInt(shareBps)) / 10_000n
  const percent = new Intl.NumberFormat(locale, { style: 'percent' })
  const answer = () => {
    if (units === undefined) return t('ask')
    if (perDay === 0n) return t('never')
    return t('days', { count: Number((units + perDay - 1n) / perDay) })
  }
  return (
    <div className={styles.inspector}>
      <div className={styles.form}>
        <Field label={t('amount', { symbol: token.symbol })}>
          {(control) => (
            <TextInput
              {...control}
              inputMode="decimal"
              maxLength={40}
              value={amount}
              onChange={(event) => setAmount(event.currentTarget.value)}
            />
          )}
        </Field>
        <Field label={t('share')}>
          {(control) => (
            <Select
              {...control}
              value={shareBps}
              onChange={(event) => setShareBps(Number(event.currentTarget.value))}
            >
              {shares.map((share) => (
                <option key={share} value={share}>
                  {percent.format(share / 10_000)}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      <p className={styles.quiet} role="status">
        {answer()}
      </p>
    </div>
  )
}
