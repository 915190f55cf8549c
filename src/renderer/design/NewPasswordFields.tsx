import { type RefObject, useState } from 'react'
import { useTranslations } from 'use-intl'
import { estimatePasswordStrength, type PasswordStrength } from './estimatePasswordStrength.ts'
import { Field } from './Field.tsx'
import styles from './NewPasswordFields.module.css'
import { PasswordInput } from './PasswordInput.tsx'

interface NewPasswordFieldsProps {
  readonly passwordRef: RefObject<HTMLInputElement | null>
  readonly repeatRef: RefObject<HTMLInputElement | null>
  readonly problem: NewPasswordProblem | undefined
  readonly label: string
}

export type NewPasswordProblem = 'tooShort' | 'mismatch'

/** Shortest password that the signer takes, in characters after normalisation. */
const minimumLength = 8

/** What is wrong with a new password and its repetition; nothing where both are fine. */
export function checkNewPassword(password: string, repeat: string): NewPasswordProblem | undefined {
  if ([...password.normalize('NFKC')].length < minimumLength) return 'tooShort'
  return password === repeat ? undefined : 'mismatch'
}

/** A new password, typed twice, with a hint of its strength. */
export function NewPasswordFields({ passwordRef, repeatRef, problem, label }: NewPasswordFieldsProps) {
  const t = useTranslations('common.password')
  const [strength, setStrength] = useState<PasswordStrength>()
  return (
    <>
      <Field
        label={label}
        hint={t('hint')}
        error={problem === 'tooShort' ? t('tooShort') : undefined}
        aside={
          strength && (
            <span className={styles.strength} data-strength={strength} role="status">
              <span className={styles.bar} aria-hidden="true" />
              {t(`strength.${strength}`)}
            </span>
          )
        }
      >
        {(control) => (
          <PasswordInput
            {...control}
            ref={passwordRef}
            autoComplete="new-password"
            onInput={(event) => {
              const { value } = event.currentTarget
              setStrength(value === '' ? undefined : estimatePasswordStrength(value))
            }}
          />
        )}
      </Field>
      <Field label={t('repeat')} error={problem === 'mismatch' ? t('mismatch') : undefined}>
        {(control) => <PasswordInput {...control} ref={repeatRef} autoComplete="new-password" />}
      </Field>
    </>
  )
}
