import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { type Address, addressSchema } from '../../../shared/identity/identity.ts'
import { Button } from '../../design/Button.tsx'
import { Field } from '../../design/Field.tsx'
import { Notice } from '../../design/Notice.tsx'
import { TextArea } from '../../design/TextArea.tsx'
import { TextInput } from '../../design/TextInput.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import styles from './CallsScreen.module.css'

interface CallFormProps {
  readonly coin: string
  readonly isBusy: boolean
  readonly error: unknown
  readonly onSend: (call: { to: Address; value: string; data: string }) => void
}

/** A call as a contract's documentation or another program gives it. */
export function CallForm({ coin, isBusy, error, onSend }: CallFormProps) {
  const t = useTranslations('calls')
  const errorText = useErrorText()
  const [to, setTo] = useState('')
  const [value, setValue] = useState('')
  const [data, setData] = useState('')
  const [isTried, setTried] = useState(false)
  const contract = addressSchema.safeParse(to.trim())
  const wrongData = !/^\s*0x(?:[0-9a-fA-F]{2})*\s*$/.test(data)
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (contract.success && !wrongData) onSend({ to: contract.data, value, data })
      }}
    >
      <Field label={t('contract')} error={isTried && !contract.success ? t('contractWrong') : undefined}>
        {(control) => (
          <TextInput
            {...control}
            className="mono"
            value={to}
            onChange={(event) => setTo(event.currentTarget.value)}
          />
        )}
      </Field>
      <Field
        label={t('data')}
        hint={t('dataHint')}
        error={isTried && wrongData ? errorText({ code: 'call.dataInvalid', params: {} }) : undefined}
      >
        {(control) => (
          <TextArea
            {...control}
            className={styles.area}
            value={data}
            onChange={(event) => setData(event.currentTarget.value)}
          />
        )}
      </Field>
      <Field label={t('value', { coin })} hint={t('valueHint')}>
        {(control) => (
          <TextInput
            {...control}
            inputMode="decimal"
            value={value}
            onChange={(event) => setValue(event.currentTarget.value)}
          />
        )}
      </Field>
      {error ? (
        <Notice tone="attention" role="alert">
          {errorText(error)}
        </Notice>
      ) : null}
      <div>
        <Button type="submit" variant="primary" isBusy={isBusy}>
          {t('continue')}
        </Button>
      </div>
    </form>
  )
}
