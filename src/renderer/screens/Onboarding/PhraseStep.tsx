import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { mainApi } from '../../api/mainApi.ts'
import { useAction } from '../../api/useAction.ts'
import { Button } from '../../design/Button.tsx'
import { Icon } from '../../design/Icon.tsx'
import { Notice } from '../../design/Notice.tsx'
import { SecretText } from '../../design/SecretText.tsx'
import { SegmentedChoice } from '../../design/SegmentedChoice.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import { useSecretShown } from '../../parts/useSecretShown.ts'
import styles from './PhraseStep.module.css'
import { type DraftedPhrase, wordsOf } from './phraseWords.ts'
import stepStyles from './Step.module.css'
import { Step } from './Step.tsx'

interface PhraseStepProps {
  readonly read: () => DraftedPhrase | undefined
  readonly onDraft: (draft: DraftedPhrase) => void
  readonly onBack: () => void
  readonly onWritten: () => void
}

/** Makes a phrase and shows it on purpose. Covered words are not in the document at all; there is no way to copy them. */
export function PhraseStep({ read, onDraft, onBack, onWritten }: PhraseStepProps) {
  const t = useTranslations('onboarding.phrase')
  const tc = useTranslations('common')
  const errorText = useErrorText()
  const [length, setLength] = useState<12 | 24>(() => {
    const draft = read()
    return draft && wordsOf(draft.phrase).length === 24 ? 24 : 12
  })
  const [isDrafted, setDrafted] = useState(() => read() !== undefined)
  const [isRevealed, setRevealed] = useState(false)
  const [wasSeen, setSeen] = useState(() => read() !== undefined)
  const [lostFocus, setLostFocus] = useState(false)
  useSecretShown(isRevealed)
  const make = useAction((words: 12 | 24) => mainApi().vault.draftPhrase({ words }))

  useEffect(() => {
    if (!isRevealed) return
    const cover = () => {
      setRevealed(false)
      setLostFocus(true)
    }
    window.addEventListener('blur', cover)
    return () => window.removeEventListener('blur', cover)
  }, [isRevealed])

  const makeDraft = async (words: 12 | 24) => {
    const result = await make.run(words)
    if (!result.ok) return
    onDraft(result.value)
    setDrafted(true)
    setRevealed(false)
    setSeen(false)
  }
  return (
    <Step title={t('title')} lead={t('lead')}>
      <SegmentedChoice
        label={t('length')}
        value={length}
        options={([12, 24] as const).map((count) => ({
          value: count,
          label: t('words', { count: String(count) }),
        }))}
        onChange={(count) => {
          setLength(count)
          if (isDrafted) void makeDraft(count)
        }}
      />
      {make.error && (
        <Notice tone="attention" role="alert">
          {errorText(make.error)}
        </Notice>
      )}
      {isDrafted && (
        <div className={styles.sheet}>
          <SecretText
            key={isRevealed ? 'revealed' : `covered ${length}`}
            read={() => (isRevealed ? read()?.phrase : dotsFor(length))}
            label={t('list')}
            look="words"
          />
          {!isRevealed && (
            <div className={styles.cover}>
              <Icon name="eyeOff" size={24} />
              <p role="status">{lostFocus ? t('coveredAgain') : t('covered')}</p>
              <Button
                variant={wasSeen ? 'secondary' : 'primary'}
                onClick={() => {
                  setRevealed(true)
                  setSeen(true)
                  setLostFocus(false)
                }}
              >
                {t('reveal')}
              </Button>
            </div>
          )}
        </div>
      )}
      <div className={stepStyles.actions}>
        <Button variant="quiet" onClick={onBack}>
          {tc('back')}
        </Button>
        {isRevealed && <Button onClick={() => setRevealed(false)}>{t('cover')}</Button>}
        {isDrafted ? (
          <Button variant={wasSeen ? 'primary' : 'secondary'} disabled={!wasSeen} onClick={onWritten}>
            {t('written')}
          </Button>
        ) : (
          <Button variant="primary" isBusy={make.isPending} onClick={() => void makeDraft(length)}>
            {t('make')}
          </Button>
        )}
      </div>
    </Step>
  )
}

function dotsFor(length: number): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(Array.from({ length }, () => '·····').join(' '))
}
