import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { mainApi } from '../../api/mainApi.ts'
import { eraseSecrets, takeSecret } from '../../api/takeSecret.ts'
import { useAction } from '../../api/useAction.ts'
import { Checkbox } from '../../design/Checkbox.tsx'
import { checkPhraseShape, possibleWordCounts } from '../../design/checkPhraseShape.ts'
import { Field } from '../../design/Field.tsx'
import { PasswordInput } from '../../design/PasswordInput.tsx'
import { PhraseInput } from '../../design/PhraseInput.tsx'
import styles from './Advanced.module.css'
import { type ImportEnds, ImportForm, typedName } from './ImportForm.tsx'
import { checkTemplate, type PathStyle, PathStyleFields, templateOf } from './PathStyleFields.tsx'

/** A recovery phrase, with a passphrase and other paths for those who have them. */
export function PhraseImport({ onDone, onCancel }: ImportEnds) {
  const t = useTranslations('accounts.bring')
  const tc = useTranslations('common')
  const phraseRef = useRef<HTMLTextAreaElement>(null)
  const nameRef = useRef<HTMLInputElement>(null)
  const passphraseRef = useRef<HTMLInputElement>(null)
  const repeatRef = useRef<HTMLInputElement>(null)
  const customRef = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState<string>()
  const [isMismatch, setMismatch] = useState(false)
  const [isTemplateWrong, setTemplateWrong] = useState(false)
  const [stores, setStores] = useState(true)
  const [style, setStyle] = useState<PathStyle>('bip44')
  const action = useAction(mainApi().vault.importWallet)
  const submit = async () => {
    const { words, count, impossible } = checkPhraseShape(phraseRef.current?.value ?? '', 'whenDone')
    if (impossible) return setProblem(tc('phrase.badWord', impossible))
    if (!possibleWordCounts.includes(count)) return setProblem(tc('phrase.wrongCount'))
    const differs = passphraseRef.current?.value !== repeatRef.current?.value
    setMismatch(differs)
    const pathTemplate = templateOf(style, customRef.current)
    const isWrong = !checkTemplate(pathTemplate)
    setTemplateWrong(isWrong)
    if (differs || isWrong) return
    const phrase = new TextEncoder().encode(words.join(' '))
    const hasPassphrase = (passphraseRef.current?.value ?? '') !== ''
    const passphrase = hasPassphrase ? new TextEncoder().encode(passphraseRef.current?.value) : undefined
    const result = await action.run({
      phrase,
      ...(passphrase === undefined ? {} : { passphrase, storesPassphrase: stores }),
      ...(style === 'bip44' ? {} : { pathTemplate }),
      ...typedName(nameRef.current),
    })
    eraseSecrets(phrase, passphrase)
    if (!result.ok) return
    for (const field of [phraseRef, passphraseRef, repeatRef]) eraseSecrets(takeSecret(field.current))
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
      <PhraseInput
        fieldRef={phraseRef}
        error={problem}
        onEdit={() => {
          setProblem(undefined)
          action.clearError()
        }}
      />
      <details className={styles.advanced}>
        <summary className={styles.summary}>{t('advanced')}</summary>
        <div className={styles.fields}>
          <Field label={t('passphrase')} hint={t('passphraseHint')}>
            {(control) => <PasswordInput {...control} ref={passphraseRef} autoComplete="off" />}
          </Field>
          <Field label={t('passphraseRepeat')} error={isMismatch ? t('passphraseMismatch') : undefined}>
            {(control) => <PasswordInput {...control} ref={repeatRef} autoComplete="off" />}
          </Field>
          <Checkbox isChecked={stores} onChange={setStores}>
            {t('storesPassphrase')}
          </Checkbox>
          <PathStyleFields
            style={style}
            customRef={customRef}
            isWrong={isTemplateWrong}
            onStyle={(next) => {
              setStyle(next)
              setTemplateWrong(false)
            }}
          />
        </div>
      </details>
    </ImportForm>
  )
}
