import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Failure, Result } from '../../../shared/errors/Result.ts'
import { Button } from '../../design/Button.tsx'
import { Field } from '../../design/Field.tsx'
import { TextInput } from '../../design/TextInput.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import styles from './AccountsScreen.module.css'

interface NameFormProps {
  readonly label: string
  readonly name: string
  readonly isBusy: boolean
  readonly error: Failure | undefined
  readonly onRename: (name: string) => Promise<Result<unknown>>
}

/** Gives another name, in place. */
export function NameForm({ label, name, isBusy, error, onRename }: NameFormProps) {
  const t = useTranslations('accounts.account')
  const tc = useTranslations('common')
  const errorText = useErrorText()
  const nameRef = useRef<HTMLInputElement>(null)
  const [isSaved, setSaved] = useState(false)
  const submit = async () => {
    const typed = nameRef.current?.value.trim() ?? ''
    if (typed === '' || typed === name) return
    setSaved((await onRename(typed)).ok)
  }
  return (
    <form
      className={styles.rename}
      onSubmit={(event) => {
        event.preventDefault()
        if (!isBusy) void submit()
      }}
    >
      <Field
        label={label}
        error={error && errorText(error)}
        aside={<span role="status">{isSaved && t('saved')}</span>}
      >
        {(control) => (
          <TextInput
            {...control}
            ref={nameRef}
            defaultValue={name}
            maxLength={64}
            onInput={() => setSaved(false)}
          />
        )}
      </Field>
      <Button type="submit" isBusy={isBusy}>
        {tc('save')}
      </Button>
    </form>
  )
}
