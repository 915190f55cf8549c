import { useRef } from 'react'
import { useTranslations } from 'use-intl'
import type { Account } from '../../shared/contract/vault.ts'
import { mainApi } from '../api/mainApi.ts'
import { useAction } from '../api/useAction.ts'
import { Button } from '../design/Button.tsx'
import { Dialog } from '../design/Dialog.tsx'
import dialogStyles from '../design/DialogForm.module.css'
import { Field } from '../design/Field.tsx'
import { TextInput } from '../design/TextInput.tsx'
import { useErrorText } from '../i18n/useErrorText.ts'

interface RenameAccountDialogProps {
  readonly account: Account
  readonly onClose: () => void
}

/** Gives an account another name. */
export function RenameAccountDialog({ account, onClose }: RenameAccountDialogProps) {
  const t = useTranslations('shell.accounts')
  const tc = useTranslations('common')
  const errorText = useErrorText()
  const nameRef = useRef<HTMLInputElement>(null)
  const rename = useAction(mainApi().vault.renameAccount)
  const submit = async () => {
    const name = nameRef.current?.value.trim() ?? ''
    if (name === '' || name === account.name) return onClose()
    const result = await rename.run({ accountId: account.id, name })
    if (result.ok) onClose()
  }
  return (
    <Dialog title={t('renameTitle')} onClose={onClose}>
      <form
        className={dialogStyles.form}
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <Field label={t('name')} hint={t('nameHint')} error={rename.error && errorText(rename.error)}>
          {(control) => <TextInput {...control} ref={nameRef} defaultValue={account.name} maxLength={64} />}
        </Field>
        <div className={dialogStyles.actions}>
          <Button onClick={onClose}>{tc('cancel')}</Button>
          <Button variant="primary" type="submit" isBusy={rename.isPending}>
            {tc('save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
