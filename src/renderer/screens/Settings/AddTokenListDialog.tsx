import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { longestTokenListText } from '../../../shared/contract/tokens.ts'
import { mainApi } from '../../api/mainApi.ts'
import { useAction } from '../../api/useAction.ts'
import { Button } from '../../design/Button.tsx'
import { Dialog } from '../../design/Dialog.tsx'
import form from '../../design/DialogForm.module.css'
import { Field } from '../../design/Field.tsx'
import { Notice } from '../../design/Notice.tsx'
import { SegmentedChoice } from '../../design/SegmentedChoice.tsx'
import { TextArea } from '../../design/TextArea.tsx'
import { TextInput } from '../../design/TextInput.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import { FileInput, readChosenFile } from '../../parts/FileInput.tsx'

const origins = ['url', 'file', 'pasted'] as const
type Origin = (typeof origins)[number]

/** Adds a token list from an address, a file, or pasted text. */
export function AddTokenListDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('settings.tokens.dialog')
  const errorText = useErrorText()
  const [origin, setOrigin] = useState<Origin>('url')
  const [problem, setProblem] = useState<'missing' | 'tooLarge'>()
  const textRef = useRef<HTMLTextAreaElement>(null)
  const urlRef = useRef<HTMLInputElement>(null)
  const fileRef = useRef<HTMLInputElement>(null)
  const add = useAction(mainApi().tokens.addList)
  const problemText = problem && t(`problems.${problem}`)

  const readText = async (): Promise<'missing' | 'tooLarge' | { text: string }> => {
    if (origin === 'pasted') {
      const text = textRef.current?.value.trim() ?? ''
      if (text === '') return 'missing'
      return text.length > longestTokenListText ? 'tooLarge' : { text }
    }
    const bytes = await readChosenFile(fileRef.current)
    if (typeof bytes === 'string') return bytes
    return bytes.length > longestTokenListText ? 'tooLarge' : { text: new TextDecoder().decode(bytes) }
  }
  const submit = async () => {
    if (add.isPending) return
    setProblem(undefined)
    if (origin === 'url') {
      const url = urlRef.current?.value.trim() ?? ''
      if (url === '') setProblem('missing')
      else if ((await add.run({ origin, url })).ok) onClose()
      return
    }
    const read = await readText()
    if (typeof read === 'object') {
      if ((await add.run({ origin, text: read.text })).ok) onClose()
    } else {
      setProblem(read)
    }
  }
  return (
    <Dialog title={t('title')} onClose={onClose}>
      <form
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <p>{t('lead')}</p>
        <SegmentedChoice
          label={t('origin')}
          options={origins.map((value) => ({ value, label: t(`origins.${value}`) }))}
          value={origin}
          onChange={setOrigin}
        />
        {origin === 'url' && (
          <Field label={t('url')} hint={t('urlHint')} error={problemText}>
            {(control) => <TextInput {...control} ref={urlRef} inputMode="url" placeholder="https://" />}
          </Field>
        )}
        {origin === 'file' && (
          <FileInput
            inputRef={fileRef}
            label={t('file')}
            hint={t('fileHint')}
            error={problemText}
            accept=".json,application/json"
            onChoose={() => setProblem(undefined)}
          />
        )}
        {origin === 'pasted' && (
          <Field label={t('text')} error={problemText}>
            {(control) => <TextArea {...control} ref={textRef} rows={8} />}
          </Field>
        )}
        {add.error && (
          <Notice tone="attention" role="alert">
            {errorText(add.error)}
          </Notice>
        )}
        <div className={form.actions}>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button variant="primary" type="submit" isBusy={add.isPending}>
            {t('submit')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
