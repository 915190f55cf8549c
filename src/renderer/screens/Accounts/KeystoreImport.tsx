import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { mainApi } from '../../api/mainApi.ts'
import { eraseSecrets, takeSecret } from '../../api/takeSecret.ts'
import { useAction } from '../../api/useAction.ts'
import { Field } from '../../design/Field.tsx'
import { PasswordInput } from '../../design/PasswordInput.tsx'
import { Progress } from '../../design/Progress.tsx'
import { FileInput, readChosenFile } from '../../parts/FileInput.tsx'
import { type ImportEnds, ImportForm, typedName } from './ImportForm.tsx'

/** A keystore file of another wallet. */
export function KeystoreImport({ onDone, onCancel }: ImportEnds) {
  const t = useTranslations('accounts.bring')
  const tf = useTranslations('common.file')
  const fileRef = useRef<HTMLInputElement>(null)
  const passwordRef = useRef<HTMLInputElement>(null)
  const nameRef = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState<'missing' | 'tooLarge'>()
  const action = useAction(mainApi().vault.importKeystore)
  const submit = async () => {
    const keystore = await readChosenFile(fileRef.current)
    if (typeof keystore === 'string') return setProblem(keystore)
    const password = takeSecret(passwordRef.current)
    const result = await action.run({ keystore, password, ...typedName(nameRef.current) })
    eraseSecrets(password)
    if (result.ok) onDone(result.value)
    else passwordRef.current?.focus()
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
      <FileInput
        inputRef={fileRef}
        label={t('file')}
        hint={t('fileHint')}
        error={problem && tf(problem)}
        accept=".json,application/json"
        onChoose={() => {
          setProblem(undefined)
          action.clearError()
        }}
      />
      <Field label={t('filePassword')} hint={t('filePasswordHint')}>
        {(control) => <PasswordInput {...control} ref={passwordRef} autoComplete="off" />}
      </Field>
      {action.isPending && <Progress>{t('opening')}</Progress>}
    </ImportForm>
  )
}
