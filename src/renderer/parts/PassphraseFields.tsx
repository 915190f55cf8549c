import { type RefObject, useState } from 'react'
import { useTranslations } from 'use-intl'
import { eraseSecrets, takeSecret } from '../api/takeSecret.ts'
import { Checkbox } from '../design/Checkbox.tsx'
import { Field } from '../design/Field.tsx'
import { PasswordInput } from '../design/PasswordInput.tsx'

export interface PassphraseChoice {
  readonly passphrase: Uint8Array<ArrayBuffer>
  readonly storesPassphrase: boolean
}

interface PassphraseFieldsProps {
  readonly formRef: RefObject<HTMLFieldSetElement | null>
  readonly isMismatch: boolean
}

/** BIP-39's optional passphrase, typed twice. Uncontrolled, as it is a secret; `readPassphrase` takes it. */
export function PassphraseFields({ formRef, isMismatch }: PassphraseFieldsProps) {
  const t = useTranslations('common.passphrase')
  const [stores, setStores] = useState(true)
  return (
    <fieldset ref={formRef} data-stores={stores} style={{ display: 'contents' }}>
      <Field label={t('label')} hint={t('hint')}>
        {(control) => <PasswordInput {...control} name="passphrase" autoComplete="off" />}
      </Field>
      <Field label={t('repeat')} error={isMismatch ? t('mismatch') : undefined}>
        {(control) => <PasswordInput {...control} name="passphrase-repeat" autoComplete="off" />}
      </Field>
      <Checkbox isChecked={stores} onChange={setStores}>
        {t('stores')}
      </Checkbox>
    </fieldset>
  )
}

/** What was typed: nothing, a passphrase, or two that differ. */
export function readPassphrase(form: HTMLFieldSetElement | null): PassphraseChoice | 'none' | 'mismatch' {
  const [typed = '', repeated = ''] = fieldsOf(form).map(({ value }) => value)
  if (typed !== repeated) return 'mismatch'
  if (typed === '') return 'none'
  return {
    passphrase: new TextEncoder().encode(typed),
    storesPassphrase: form?.dataset['stores'] === 'true',
  }
}

export function clearPassphrase(form: HTMLFieldSetElement | null): void {
  for (const field of fieldsOf(form)) eraseSecrets(takeSecret(field))
}

function fieldsOf(form: HTMLFieldSetElement | null): readonly HTMLInputElement[] {
  return [...(form?.querySelectorAll<HTMLInputElement>('input[name^="passphrase"]') ?? [])]
}
