import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Activity } from '../../../shared/contract/activity.ts'
import { mainApi } from '../../api/mainApi.ts'
import { useAction } from '../../api/useAction.ts'
import { Button } from '../../design/Button.tsx'
import { Field } from '../../design/Field.tsx'
import { Notice } from '../../design/Notice.tsx'
import { TextArea } from '../../design/TextArea.tsx'
import { TextInput } from '../../design/TextInput.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import styles from './ActivityScreen.module.css'

/** What the user has to say about an entry; it stays on this machine. */
export function NoteForm({ activity }: { readonly activity: Activity }) {
  const t = useTranslations('activity.notes')
  const errorText = useErrorText()
  const [note, setNote] = useState(activity.note ?? '')
  const [labels, setLabels] = useState((activity.labels ?? []).join(', '))
  const [isSaved, setSaved] = useState(false)
  const { run, error, isPending } = useAction(mainApi().activity.annotate)
  const save = async () => {
    const each = labels
      .split(/[,，、]/)
      .map((label) => label.trim().slice(0, 40))
      .filter((label) => label !== '')
      .slice(0, 8)
    const result = await run({ activityId: activity.id, note, labels: each })
    setSaved(result.ok)
  }
  return (
    <form
      className={styles.notes}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <Field label={t('note')}>
        {(control) => (
          <TextArea
            {...control}
            rows={2}
            maxLength={1000}
            value={note}
            onChange={(event) => {
              setSaved(false)
              setNote(event.currentTarget.value)
            }}
          />
        )}
      </Field>
      <Field label={t('labels')} hint={t('labelsHint')}>
        {(control) => (
          <TextInput
            {...control}
            value={labels}
            maxLength={340}
            onChange={(event) => {
              setSaved(false)
              setLabels(event.currentTarget.value)
            }}
          />
        )}
      </Field>
      {error && (
        <Notice tone="attention" role="alert">
          {errorText(error)}
        </Notice>
      )}
      <div className={styles.toolbar}>
        <Button type="submit" size="small" isBusy={isPending}>
          {t('save')}
        </Button>
        <span role="status">{isSaved && t('saved')}</span>
      </div>
    </form>
  )
}
