import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { SignedOrder } from '../../../shared/contract/signedOrders.ts'
import { mainApi } from '../../api/mainApi.ts'
import { useAction } from '../../api/useAction.ts'
import { Button } from '../../design/Button.tsx'
import { Dialog } from '../../design/Dialog.tsx'
import dialogStyles from '../../design/DialogForm.module.css'
import { Field } from '../../design/Field.tsx'
import { Notice } from '../../design/Notice.tsx'
import { TextArea } from '../../design/TextArea.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import { FileInput, readChosenFile } from '../../parts/FileInput.tsx'

interface ImportOrderDialogProps {
  readonly onImported: (order: SignedOrder) => void
  readonly onClose: () => void
}

/** Takes in somebody's signed order, from a link or a file; it is checked on its network before it is shown. */
export function ImportOrderDialog({ onImported, onClose }: ImportOrderDialogProps) {
  const t = useTranslations('orders.signed')
  const tc = useTranslations('common')
  const errorText = useErrorText()
  const importing = useAction(mainApi().offers.import)
  const fileRef = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [isEmpty, setEmpty] = useState(false)
  const submit = async () => {
    const chosen = text.trim() === '' ? await readChosenFile(fileRef.current) : undefined
    if (chosen === 'missing' || chosen === 'tooLarge') {
      setEmpty(true)
      return
    }
    const result = await importing.run({
      text: (chosen ? new TextDecoder().decode(chosen) : text).slice(0, 100_000),
    })
    if (result.ok) onImported(result.value)
  }
  return (
    <Dialog title={t('importTitle')} onClose={onClose}>
      <form
        className={dialogStyles.form}
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <Field label={t('link')} hint={t('importHint')}>
          {(control) => (
            <TextArea
              {...control}
              rows={4}
              value={text}
              onChange={(event) => {
                setText(event.currentTarget.value)
                setEmpty(false)
                importing.clearError()
              }}
            />
          )}
        </Field>
        <FileInput
          inputRef={fileRef}
          label={t('file')}
          hint={t('fileHint')}
          error={undefined}
          accept=".json"
          onChoose={() => setEmpty(false)}
        />
        {(importing.error || isEmpty) && (
          <Notice tone="attention" role="alert">
            {importing.error ? errorText(importing.error) : t('importEmpty')}
          </Notice>
        )}
        <div className={dialogStyles.actions}>
          <Button onClick={onClose}>{tc('cancel')}</Button>
          <Button type="submit" variant="primary" isBusy={importing.isPending}>
            {t('import')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
