import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { mainApi } from '../../api/mainApi.ts'
import { eraseSecrets, takeSecret } from '../../api/takeSecret.ts'
import { useAction } from '../../api/useAction.ts'
import styles from '../../design/Advanced.module.css'
import { checkPhraseShape, possibleWordCounts } from '../../design/checkPhraseShape.ts'
import { PhraseInput } from '../../design/PhraseInput.tsx'
import { clearPassphrase, PassphraseFields, readPassphrase } from '../../parts/PassphraseFields.tsx'
import { type ImportEnds, ImportForm, typedName } from './ImportForm.tsx'
import { checkTemplate, type PathStyle, PathStyleFields, templateOf } from './PathStyleFields.tsx'

/** A recovery phrase, with a passphrase and other paths for those who have them. */
export function PhraseImport({ onDone, onCancel }: ImportEnds) {
  const t = useTranslations('accounts.bring')
  const tc = useTranslations('common')
  const phraseRef = useRef<HTMLTextAreaElement>(null)
  const nameRef = useRef<HTMLInputElement>(null)
  const passphraseRef = useRef<HTMLFieldSetElement>(null)
  const customRef = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState<string>()
  const [isMismatch, setMismatch] = useState(false)
  const [isTemplateWrong, setTemplateWrong] = useState(false)
  const [style, setStyle] = useState<PathStyle>('bip44')
  const action = useAction(mainApi().vault.importWallet)
  const submit = async () => {
    const { words, count, impossible } = checkPhraseShape(phraseRef.current?.value ?? '', 'whenDone')
    if (impossible) return setProblem(tc('phrase.badWord', impossible))
    if (!possibleWordCounts.includes(count)) return setProblem(tc('phrase.wrongCount'))
    const choice = readPassphrase(passphraseRef.current)
    setMismatch(choice === 'mismatch')
    const pathTemplate = templateOf(style, customRef.current)
    const isWrong = !checkTemplate(pathTemplate)
    setTemplateWrong(isWrong)
    if (choice === 'mismatch' || isWrong) return
    const phrase = new TextEncoder().encode(words.join(' '))
    const result = await action.run({
      phrase,
      ...(choice === 'none' ? {} : choice),
      ...(style === 'bip44' ? {} : { pathTemplate }),
      ...typedName(nameRef.current),
    })
    eraseSecrets(phrase, choice === 'none' ? undefined : choice.passphrase)
    if (!result.ok) return
    eraseSecrets(takeSecret(phraseRef.current))
    clearPassphrase(passphraseRef.current)
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
          <PassphraseFields formRef={passphraseRef} isMismatch={isMismatch} />
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
