import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { mainApi } from '../../api/mainApi.ts'
import { eraseSecrets, takeSecret } from '../../api/takeSecret.ts'
import { useAction } from '../../api/useAction.ts'
import { Field } from '../../design/Field.tsx'
import { PasswordInput } from '../../design/PasswordInput.tsx'
import { type ImportEnds, ImportForm, typedName } from './ImportForm.tsx'

/** A single private key. */
export function PrivateKeyImport({ onDone, onCancel }: ImportEnds) {
  const t = useTranslations('accounts.bring')
  const keyRef = useRef<HTMLInputElement>(null)
  const nameRef = useRef<HTMLInputElement>(null)
  const [isShapeWrong, setShapeWrong] = useState(false)
  const action = useAction(mainApi().vault.importPrivateKey)
  const submit = async () => {
    const typed = keyRef.current?.value.trim() ?? ''
    const isWrong = !/^(?:0x)?[0-9a-fA-F]{64}$/.test(typed)
    setShapeWrong(isWrong)
    if (isWrong) return keyRef.current?.focus()
    const privateKey = new TextEncoder().encode(typed)
    const result = await action.run({ privateKey, ...typedName(nameRef.current) })
    eraseSecrets(privateKey)
    if (!result.ok) return
    eraseSecrets(takeSecret(keyRef.current))
    onDone(result.value)
  }
  return (
    <ImportForm
      nameRef={nameRef}
      isBusy={action.isPending}
      error={action.error}
      submit={t('submit')}
      onSubmit={() => void submit()}
      onCancel={onCancel}
    >
      <Field
        label={t('privateKey')}
        hint={t('privateKeyHint')}
        error={isShapeWrong ? t('privateKeyShape') : undefined}
      >
        {(control) => (
          <PasswordInput
            {...control}
            ref={keyRef}
            autoComplete="off"
            onInput={() => {
              setShapeWrong(false)
              action.clearError()
            }}
          />
        )}
      </Field>
    </ImportForm>
  )
}
