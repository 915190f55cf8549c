import type { ReactNode, RefObject } from 'react'
import { useTranslations } from 'use-intl'
import type { Wallet } from '../../../shared/contract/vault.ts'
import type { Failure } from '../../../shared/errors/Result.ts'
import { Button } from '../../design/Button.tsx'
import dialogStyles from '../../design/DialogForm.module.css'
import { Field } from '../../design/Field.tsx'
import { Notice } from '../../design/Notice.tsx'
import { TextInput } from '../../design/TextInput.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'

/** What every kind of import is told. */
export interface ImportEnds {
  readonly onDone: (wallet: Wallet) => void
  readonly onCancel: () => void
}

interface ImportFormProps {
  readonly formRef?: RefObject<HTMLFormElement | null>
  readonly nameRef: RefObject<HTMLInputElement | null>
  readonly isBusy: boolean
  readonly error: Failure | undefined
  readonly submit: string
  readonly onSubmit: () => void
  readonly onCancel: () => void
  readonly children: ReactNode
}

/** The frame of an import: what is brought, its name, and the way out. */
export function ImportForm(props: ImportFormProps) {
  const { formRef, nameRef, isBusy, error, submit, onSubmit, onCancel, children } = props
  const t = useTranslations('accounts.bring')
  const tc = useTranslations('common')
  const errorText = useErrorText()
  return (
    <form
      ref={formRef}
      className={dialogStyles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (!isBusy) onSubmit()
      }}
    >
      {children}
      <Field label={t('name')}>{(control) => <TextInput {...control} ref={nameRef} maxLength={64} />}</Field>
      {error && (
        <Notice tone="attention" role="alert">
          {errorText(error)}
        </Notice>
      )}
      <div className={dialogStyles.actions}>
        <Button onClick={onCancel}>{tc('cancel')}</Button>
        <Button variant="primary" type="submit" isBusy={isBusy}>
          {submit}
        </Button>
      </div>
    </form>
  )
}

/** The name where one was typed, as the routes take it. */
export function typedName(field: HTMLInputElement | null): { readonly name?: string } {
  const name = field?.value.trim() ?? ''
  return name === '' ? {} : { name }
}
