import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Protection } from '../../../shared/contract/vault.ts'
import type { Failure } from '../../../shared/errors/Result.ts'
import { queries } from '../../api/queries.ts'
import { takeSecret } from '../../api/takeSecret.ts'
import { Button } from '../../design/Button.tsx'
import { Checkbox } from '../../design/Checkbox.tsx'
import {
  checkNewPassword,
  NewPasswordFields,
  type NewPasswordProblem,
} from '../../design/NewPasswordFields.tsx'
import { Notice } from '../../design/Notice.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import stepStyles from './Step.module.css'
import { Step } from './Step.tsx'

interface PasswordStepProps {
  readonly isPractice: boolean
  readonly isBusy: boolean
  readonly error: Failure | undefined
  readonly onSubmit: (password: Uint8Array<ArrayBuffer>, protection: Protection) => void
  readonly onBack: () => void
  readonly onRestart: () => void
}

/** Takes the password, and says what else protects the vault. Without a keychain nothing happens unless the user says so. */
export function PasswordStep({ isPractice, isBusy, error, onSubmit, onBack, onRestart }: PasswordStepProps) {
  const t = useTranslations('onboarding.password')
  const tc = useTranslations('common')
  const errorText = useErrorText()
  const passwordRef = useRef<HTMLInputElement>(null)
  const repeatRef = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState<NewPasswordProblem>()
  const [acceptsPasswordOnly, setAccepts] = useState(false)
  const [mustAccept, setMustAccept] = useState(false)
  const status = useQuery(queries.vaultStatus)
  const keychain = status.data?.keychain
  const isKeychainMissing = keychain?.state === 'unavailable'

  const submit = () => {
    const found = checkNewPassword(passwordRef.current?.value ?? '', repeatRef.current?.value ?? '')
    setProblem(found)
    if (found) {
      const field = found === 'tooShort' ? passwordRef : repeatRef
      field.current?.focus()
      return
    }
    if (isKeychainMissing && !acceptsPasswordOnly) {
      setMustAccept(true)
      return
    }
    const password = takeSecret(passwordRef.current)
    takeSecret(repeatRef.current).fill(0)
    onSubmit(password, isKeychainMissing ? 'password' : 'keychain')
  }
  return (
    <Step title={t('title')} lead={isPractice ? t('practiceLead') : t('lead')}>
      <form
        className={stepStyles.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (!isBusy) submit()
        }}
      >
        <NewPasswordFields
          passwordRef={passwordRef}
          repeatRef={repeatRef}
          problem={problem}
          label={tc('password.label')}
        />
        {keychain?.state === 'available' && <Notice tone="safe">{t('keychainOn')}</Notice>}
        {keychain?.state === 'unavailable' && (
          <>
            <Notice
              tone="caution"
              title={t('keychainOff.title')}
              action={
                <Button size="small" isBusy={status.isFetching} onClick={() => void status.refetch()}>
                  {tc('tryAgain')}
                </Button>
              }
            >
              {t(`keychainOff.${keychain.reason}`)} {t('keychainOff.choice')}
            </Notice>
            <Checkbox
              isChecked={acceptsPasswordOnly}
              onChange={(accepts) => {
                setAccepts(accepts)
                setMustAccept(false)
              }}
            >
              {t('keychainOff.accept')}
            </Checkbox>
            {mustAccept && (
              <Notice tone="attention" role="alert">
                {t('keychainOff.mustAccept')}
              </Notice>
            )}
          </>
        )}
        {error && (
          <Notice
            tone="attention"
            role="alert"
            action={
              error.code === 'vault.draftExpired' || error.code === 'vault.confirmationFailed' ? (
                <Button size="small" onClick={onRestart}>
                  {t('restart')}
                </Button>
              ) : undefined
            }
          >
            {errorText(error)}
          </Notice>
        )}
        <div className={stepStyles.actions}>
          <Button variant="quiet" onClick={onBack}>
            {tc('back')}
          </Button>
          <Button variant="primary" type="submit" isBusy={isBusy}>
            {t('submit')}
          </Button>
        </div>
      </form>
    </Step>
  )
}
