import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../design/Button.tsx'
import { Field } from '../../design/Field.tsx'
import { TextInput } from '../../design/TextInput.tsx'
import styles from './PhraseCheckStep.module.css'
import { type ConfirmedWord, type DraftedPhrase, normalizeWord, wordsOf } from './phraseWords.ts'
import stepStyles from './Step.module.css'
import { Step } from './Step.tsx'

interface PhraseCheckStepProps {
  readonly draft: DraftedPhrase
  readonly onBack: () => void
  readonly onConfirmed: (confirmations: readonly ConfirmedWord[]) => void
}

/** Asks for some of the words again. Judged here for an answer at once, and by the signer again when the vault is made. */
export function PhraseCheckStep({ draft, onBack, onConfirmed }: PhraseCheckStepProps) {
  const t = useTranslations('onboarding.check')
  const formRef = useRef<HTMLFormElement>(null)
  const [wrong, setWrong] = useState<readonly number[]>([])
  const positions = [...draft.confirmPositions].sort((a, b) => a - b)

  const fieldOf = (position: number) =>
    formRef.current?.querySelector<HTMLInputElement>(`input[name="word-${position}"]`) ?? null
  const check = () => {
    const expected = wordsOf(draft.phrase)
    const typed = positions.map((position) => normalizeWord(fieldOf(position)?.value ?? ''))
    const mistakes = positions.filter((position, index) => typed[index] !== expected[position - 1])
    setWrong(mistakes)
    const [firstMistake] = mistakes
    if (firstMistake !== undefined) {
      fieldOf(firstMistake)?.focus()
      return
    }
    onConfirmed(
      positions.map((position, index) => ({ position, word: new TextEncoder().encode(typed[index]) })),
    )
  }
  return (
    <Step title={t('title')} lead={t('lead')}>
      <form
        ref={formRef}
        className={stepStyles.form}
        onSubmit={(event) => {
          event.preventDefault()
          check()
        }}
      >
        <div className={styles.words}>
          {positions.map((position) => (
            <Field
              key={position}
              label={t('word', { position: String(position) })}
              error={wrong.includes(position) ? t('wrong', { position: String(position) }) : undefined}
            >
              {(control) => <TextInput {...control} name={`word-${position}`} isMono />}
            </Field>
          ))}
        </div>
        <div className={stepStyles.actions}>
          <Button variant="quiet" onClick={onBack}>
            {t('again')}
          </Button>
          <Button variant="primary" type="submit">
            {t('submit')}
          </Button>
        </div>
      </form>
    </Step>
  )
}
