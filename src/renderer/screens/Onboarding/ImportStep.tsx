import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Failure } from '../../../shared/errors/Result.ts'
import { Button } from '../../design/Button.tsx'
import { checkPhraseShape, possibleWordCounts } from '../../design/checkPhraseShape.ts'
import { PhraseInput } from '../../design/PhraseInput.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import stepStyles from './Step.module.css'
import { Step } from './Step.tsx'

interface ImportStepProps {
  /** What was typed before the signer found fault with it. */
  readonly typed: Uint8Array<ArrayBuffer> | undefined
  readonly error: Failure | undefined
  readonly onBack: () => void
  readonly onTyped: (phrase: Uint8Array<ArrayBuffer>) => void
}

/** Takes an existing recovery phrase. */
export function ImportStep({ typed, error, onBack, onTyped }: ImportStepProps) {
  const t = useTranslations('onboarding.bring')
  const tc = useTranslations('common')
  const errorText = useErrorText()
  const fieldRef = useRef<HTMLTextAreaElement>(null)
  const [problem, setProblem] = useState(error && errorText(error))

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
      field.value = ''
      onTyped(new TextEncoder().encode(words.join(' ')))
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
