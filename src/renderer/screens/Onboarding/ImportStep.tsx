import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Failure } from '../../../shared/errors/Result.ts'
import styles from '../../design/Advanced.module.css'
import { Button } from '../../design/Button.tsx'
import { checkPhraseShape, possibleWordCounts } from '../../design/checkPhraseShape.ts'
import { PhraseInput } from '../../design/PhraseInput.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import {
  clearPassphrase,
  type PassphraseChoice,
  PassphraseFields,
  readPassphrase,
} from '../../parts/PassphraseFields.tsx'
import stepStyles from './Step.module.css'
import { Step } from './Step.tsx'

interface ImportStepProps {
  /** What was typed before the signer found fault with it. */
  readonly typed: Uint8Array<ArrayBuffer> | undefined
  readonly error: Failure | undefined
  readonly onBack: () => void
  readonly onTyped: (phrase: Uint8Array<ArrayBuffer>, passphrase: PassphraseChoice | undefined) => void
}

/** Takes an existing recovery phrase. */
export function ImportStep({ typed, error, onBack, onTyped }: ImportStepProps) {
  const t = useTranslations('onboarding.bring')
  const tc = useTranslations('common')
  const errorText = useErrorText()
  const fieldRef = useRef<HTMLTextAreaElement>(null)
  const passphraseRef = useRef<HTMLFieldSetElement>(null)
  const [problem, setProblem] = useState(error && errorText(error))
  const [isMismatch, setMismatch] = useState(false)

  useEffect(() => {
    if (fieldRef.current && typed) fieldRef.current.value = new TextDecoder().decode(typed)
  }, [typed])

  const submit = () => {
    const field = fieldRef.current
    if (!field) return
    const { words, count, impossible } = checkPhraseShape(field.value, 'whenDone')
    if (impossible) setProblem(tc('phrase.badWord', impossible))
    else if (!possibleWordCounts.includes(count)) setProblem(tc('phrase.wrongCount'))
    else {
      const choice = readPassphrase(passphraseRef.current)
      setMismatch(choice === 'mismatch')
      if (choice === 'mismatch') return
      field.value = ''
      clearPassphrase(passphraseRef.current)
      onTyped(new TextEncoder().encode(words.join(' ')), choice === 'none' ? undefined : choice)
      return
    }
    field.focus()
  }
  return (
    <Step title={t('title')} lead={t('lead')}>
      <form
        className={stepStyles.form}
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <PhraseInput fieldRef={fieldRef} error={problem} onEdit={() => setProblem(undefined)} />
        <details className={styles.advanced}>
          <summary className={styles.summary}>{t('advanced')}</summary>
          <div className={styles.fields}>
            <PassphraseFields formRef={passphraseRef} isMismatch={isMismatch} />
          </div>
        </details>
        <div className={stepStyles.actions}>
          <Button variant="quiet" onClick={onBack}>
            {tc('back')}
          </Button>
          <Button variant="primary" type="submit">
            {tc('continue')}
          </Button>
        </div>
      </form>
    </Step>
  )
}
