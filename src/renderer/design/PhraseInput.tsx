import { type RefObject, useState } from 'react'
import { useTranslations } from 'use-intl'
import { checkPhraseShape, type PhraseShape } from './checkPhraseShape.ts'
import { Field } from './Field.tsx'
import { TextArea } from './TextArea.tsx'

interface PhraseInputProps {
  readonly fieldRef: RefObject<HTMLTextAreaElement | null>
  readonly error: string | undefined
  readonly onEdit?: () => void
}

/** A recovery phrase as typed, with its words counted and impossible words named. Uncontrolled, as it is a secret. */
export function PhraseInput({ fieldRef, error, onEdit }: PhraseInputProps) {
  const t = useTranslations('common.phrase')
  const [shape, setShape] = useState<Omit<PhraseShape, 'words'>>({ count: 0 })
  const problem = shape.impossible ? t('badWord', shape.impossible) : undefined
  return (
    <Field
      label={t('label')}
      hint={t('hint')}
      aside={t('count', { count: shape.count })}
      error={error ?? problem}
    >
      {(control) => (
        <TextArea
          {...control}
          ref={fieldRef}
          rows={4}
          onInput={(event) => {
            // The last word may be unfinished, so it is judged once a space follows it.
            const { count, impossible } = checkPhraseShape(event.currentTarget.value, 'whileTyping')
            setShape(impossible === undefined ? { count } : { count, impossible })
            onEdit?.()
          }}
        />
      )}
    </Field>
  )
}
