import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import type { Failure } from '../../shared/errors/Result.ts'
import { takeSecret } from '../api/takeSecret.ts'
import { Button } from '../design/Button.tsx'
import dialogStyles from '../design/DialogForm.module.css'
import { Field } from '../design/Field.tsx'
import { Notice } from '../design/Notice.tsx'
import { PasswordInput } from '../design/PasswordInput.tsx'
import { useErrorText } from '../i18n/useErrorText.ts'

interface PasswordFormProps {
  readonly submit: string
  readonly isDanger?: boolean
  readonly isBusy: boolean
  readonly error: Failure | undefined
  /** The bytes belong to the one who is called, who overwrites them. */
  readonly onSubmit: (password: Uint8Array<ArrayBuffer>) => void
  readonly onCancel?: (() => void) | undefined
  /** Above the password: what else is chosen. */
  readonly children?: ReactNode
}

/** Asks for the password before something that an open app alone must not do. */
export function PasswordForm(props: PasswordFormProps) {
  const { submit, isDanger = false, isBusy, error, onSubmit, onCancel, children } = props
  const t = useTranslations('common')
  const errorText = useErrorText()
  const passwordRef = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (error) passwordRef.current?.focus()
  }, [error])
  return (
    <form
      className={dialogStyles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (!isBusy) onSubmit(takeSecret(passwordRef.current))
      }}
    >
      {children}
      <Field label={t('password.label')} hint={t('password.again')}>
        {(control) => (
          <PasswordInput {...control} ref={passwordRef} autoComplete="current-password" required />
        )}
      </Field>
      {error && (
        <Notice tone="attention" role="alert">
          {errorText(error)}
        </Notice>
      )}
      <div className={dialogStyles.actions}>
        {onCancel && <Button onClick={onCancel}>{t('cancel')}</Button>}
        <Button variant={isDanger ? 'danger' : 'primary'} type="submit" isBusy={isBusy}>
          {submit}
        </Button>
      </div>
    </form>
  )
}
