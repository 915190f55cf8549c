import { useTranslations } from 'use-intl'
import type { AppError } from '../../../shared/errors/AppError.ts'
import type { Holding } from '../../api/selectHoldings.ts'
import { Button } from '../../design/Button.tsx'
import { Field } from '../../design/Field.tsx'
import { TextInput } from '../../design/TextInput.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import { FiatValue } from '../../parts/FiatValue.tsx'
import { useAmounts } from '../../parts/useAmounts.tsx'
import styles from './AmountField.module.css'

interface AmountFieldProps {
  readonly amount: string
  readonly holding: Holding | undefined
  readonly error: AppError | undefined
  readonly onChange: (amount: string) => void
}

/** How much: as typed, or all that is left after the fee. */
export function AmountField({ amount, holding, error, onChange }: AmountFieldProps) {
  const t = useTranslations('send.amount')
  const amounts = useAmounts()
  const errorText = useErrorText()
  const isMax = amount === 'max'
  const units = isMax ? holding?.units : amounts.read(amount, holding?.token)
  return (
    <Field
      label={t('label')}
      aside={
        holding &&
        t('available', {
          amount: amounts.exact(holding.units, holding.token),
        })
      }
      error={error && errorText({ code: error.code, params: error.params, retryable: false })}
    >
      {(control) => (
        <>
          <span className={styles.line}>
            <TextInput
              {...control}
              className={styles.input}
              inputMode="decimal"
              placeholder="0.00"
              value={isMax ? t('maxChosen') : amount}
              // Typing over "all of it" starts a fresh amount.
              onFocus={(event) => isMax && event.currentTarget.select()}
              onChange={(event) => {
                const { value } = event.currentTarget
                onChange(isMax ? value.replace(/[^\d.]/g, '') : value)
              }}
            />
            <span className={styles.unit}>{holding?.token.symbol}</span>
            <Button
              size="small"
              variant="quiet"
              title={t('maxHint')}
              aria-pressed={isMax}
              disabled={!holding}
              onClick={() => onChange(isMax ? '' : 'max')}
            >
              {t('max')}
            </Button>
          </span>
          {holding && units !== undefined && units > 0n && (
            <span className={styles.worth}>
              <FiatValue units={units} token={holding.token} />
            </span>
          )}
        </>
      )}
    </Field>
  )
}
