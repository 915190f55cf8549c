import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { mainApi } from '../../api/mainApi.ts'
import { useAction } from '../../api/useAction.ts'
import { Button } from '../../design/Button.tsx'
import { Field } from '../../design/Field.tsx'
import { TextInput } from '../../design/TextInput.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import styles from './ExchangeFeeForm.module.css'
import { formatPlainPercent, parsePercent } from './percent.ts'

interface ExchangeFeeFormProps {
  readonly feeBps: number
  readonly onDone: () => void
}

const maximumBps = 1_000

/** What the user's exchange charges: entered once, kept with the settings. */
export function ExchangeFeeForm({ feeBps, onDone }: ExchangeFeeFormProps) {
  const t = useTranslations('swap.cost')
  const tc = useTranslations('common')
  const errorText = useErrorText()
  const [text, setText] = useState(formatPlainPercent(feeBps))
  const inputRef = useRef<HTMLInputElement>(null)
  const saving = useAction((exchangeFeeBps: number) => mainApi().settings.update({ exchangeFeeBps }))
  const parsed = parsePercent(text, maximumBps)
  useEffect(() => inputRef.current?.select(), [])
  return (
    <form
      className={styles.form}
      onSubmit={async (event) => {
        event.preventDefault()
        if (parsed === undefined) return
        const result = await saving.run(parsed)
        if (result.ok) onDone()
      }}
    >
      <Field
        label={t('exchangeFee')}
        error={saving.error ? errorText(saving.error) : parsed === undefined ? t('exchangeWrong') : undefined}
      >
        {(control) => (
          <TextInput
            {...control}
            ref={inputRef}
            inputMode="decimal"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            onKeyDown={(event) => event.key === 'Escape' && onDone()}
          />
        )}
      </Field>
      <div className={styles.actions}>
        <Button type="submit" size="small" isBusy={saving.isPending}>
          {tc('save')}
        </Button>
        <Button size="small" variant="quiet" onClick={onDone}>
          {tc('cancel')}
        </Button>
      </div>
    </form>
  )
}
