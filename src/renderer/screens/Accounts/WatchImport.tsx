import { useRef } from 'react'
import { useTranslations } from 'use-intl'
import { mainApi } from '../../api/mainApi.ts'
import { useAction } from '../../api/useAction.ts'
import { Field } from '../../design/Field.tsx'
import { TextInput } from '../../design/TextInput.tsx'
import { type ImportEnds, ImportForm, typedName } from './ImportForm.tsx'

/** An address to be looked at, without its key. */
export function WatchImport({ onDone, onCancel }: ImportEnds) {
  const t = useTranslations('accounts.bring')
  const addressRef = useRef<HTMLInputElement>(null)
  const nameRef = useRef<HTMLInputElement>(null)
  const action = useAction(mainApi().vault.watchAddress)
  const submit = async () => {
    const addressOrName = addressRef.current?.value.trim() ?? ''
    if (addressOrName === '') return addressRef.current?.focus()
    const result = await action.run({ addressOrName, ...typedName(nameRef.current) })
    if (result.ok) onDone(result.value)
  }
  return (
    <ImportForm
      nameRef={nameRef}
      isBusy={action.isPending}
      error={action.error}
      submit={t('submitWatch')}
      onSubmit={() => void submit()}
      onCancel={onCancel}
    >
      <Field label={t('address')} hint={t('addressHint')}>
        {(control) => <TextInput {...control} ref={addressRef} isMono onInput={() => action.clearError()} />}
      </Field>
    </ImportForm>
  )
}
