import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../design/Button.tsx'
import { Field } from '../../design/Field.tsx'
import { Notice } from '../../design/Notice.tsx'
import { TextArea } from '../../design/TextArea.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import styles from './CallsScreen.module.css'

interface MessageFormProps {
  readonly kind: 'text' | 'typedData'
  readonly isBusy: boolean
  readonly error: unknown
  readonly onAsk: (message: string) => void
}

/** A text, or the JSON of EIP-712 data, that another program asks to have signed. */
export function MessageForm({ kind, isBusy, error, onAsk }: MessageFormProps) {
  const t = useTranslations('calls')
  const errorText = useErrorText()
  const [message, setMessage] = useState('')
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (message.trim() !== '') onAsk(message)
      }}
    >
      <Field label={t(`kinds.${kind}`)} hint={t(`${kind}Hint`)}>
        {(control) => (
          <TextArea
            {...control}
            className={styles.area}
            value={message}
            onChange={(event) => setMessage(event.currentTarget.value)}
          />
        )}
      </Field>
      {error ? (
        <Notice tone="attention" role="alert">
          {errorText(error)}
        </Notice>
      ) : null}
      <div>
        <Button type="submit" variant="primary" isBusy={isBusy} disabled={message.trim() === ''}>
          {t('continue')}
        </Button>
      </div>
    </form>
  )
}
