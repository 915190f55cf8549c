import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { mainApi } from '../../api/mainApi.ts'
import { eraseSecrets, takeSecret } from '../../api/takeSecret.ts'
import { useAction } from '../../api/useAction.ts'
import { Button } from '../../design/Button.tsx'
import { Field } from '../../design/Field.tsx'
import {
  checkNewPassword,
  NewPasswordFields,
  type NewPasswordProblem,
} from '../../design/NewPasswordFields.tsx'
import { Notice } from '../../design/Notice.tsx'
import { PasswordInput } from '../../design/PasswordInput.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import styles from './SettingsScreen.module.css'

/** Changes the password; the present one is asked for, because an open app is not yet its owner. */
export function ChangePasswordForm() {
  const t = useTranslations('settings.changePassword')
  const tc = useTranslations('common.password')
  const errorText = useErrorText()
  const currentRef = useRef<HTMLInputElement>(null)
  const passwordRef = useRef<HTMLInputElement>(null)
  const repeatRef = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState<NewPasswordProblem>()
  const [isDone, setDone] = useState(false)
  const change = useAction(mainApi().vault.changePassword)

  const submit = async () => {
    setDone(false)
    const found = checkNewPassword(passwordRef.current?.value ?? '', repeatRef.current?.value ?? '')
    setProblem(found)
    if (found) return
    const currentPassword = takeSecret(currentRef.current)
    const newPassword = takeSecret(passwordRef.current)
    eraseSecrets(takeSecret(repeatRef.current))
    const result = await change.run({ currentPassword, newPassword })
    eraseSecrets(currentPassword, newPassword)
    setDone(result.ok)
  }
  return (
    <form
      className={styles.section}
      onSubmit={(event) => {
        event.preventDefault()
        if (!change.isPending) void submit()
      }}
    >
      <h2 className={styles.subtitle}>{t('title')}</h2>
      <Field label={t('current')}>
        {(control) => <PasswordInput {...control} ref={currentRef} autoComplete="current-password" />}
      </Field>
      <NewPasswordFields
        passwordRef={passwordRef}
        repeatRef={repeatRef}
        problem={problem}
        label={tc('new')}
      />
      {change.error && (
        <Notice tone="attention" role="alert">
          {errorText(change.error)}
        </Notice>
      )}
      {isDone && (
        <Notice tone="safe" role="status">
          {t('done')}
        </Notice>
      )}
      <div>
        <Button type="submit" isBusy={change.isPending}>
          {t('submit')}
        </Button>
      </div>
    </form>
  )
}
