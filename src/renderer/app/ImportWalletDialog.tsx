import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { mainApi } from '../api/mainApi.ts'
import { eraseSecrets } from '../api/takeSecret.ts'
import { useAction } from '../api/useAction.ts'
import { Button } from '../design/Button.tsx'
import { checkPhraseShape, possibleWordCounts } from '../design/checkPhraseShape.ts'
import { Dialog } from '../design/Dialog.tsx'
import dialogStyles from '../design/DialogForm.module.css'
import { Field } from '../design/Field.tsx'
import { PhraseInput } from '../design/PhraseInput.tsx'
import { TextInput } from '../design/TextInput.tsx'
import { useErrorText } from '../i18n/useErrorText.ts'

interface ImportWalletDialogProps {
  readonly onClose: () => void
  readonly onImported: (walletName: string) => void
}

/** Adds the wallet of another recovery phrase to the open vault. */
export function ImportWalletDialog({ onClose, onImported }: ImportWalletDialogProps) {
  const t = useTranslations('shell.accounts')
  const tc = useTranslations('common')
  const errorText = useErrorText()
  const phraseRef = useRef<HTMLTextAreaElement>(null)
  const nameRef = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState<string>()
  const importWallet = useAction(mainApi().vault.importWallet)
  const submit = async () => {
    const { words, count, impossible } = checkPhraseShape(phraseRef.current?.value ?? '', 'whenDone')
    if (impossible) return setProblem(tc('phrase.badWord', impossible))
    if (!possibleWordCounts.includes(count)) return setProblem(tc('phrase.wrongCount'))
    const phrase = new TextEncoder().encode(words.join(' '))
    const name = nameRef.current?.value.trim() ?? ''
    const result = await importWallet.run(name === '' ? { phrase } : { phrase, name })
    eraseSecrets(phrase)
    if (!result.ok) return
    if (phraseRef.current) phraseRef.current.value = ''
    onImported(result.value.name)
    onClose()
  }
  return (
    <Dialog title={t('importTitle')} onClose={onClose}>
      <p>{t('importLead')}</p>
      <form
        className={dialogStyles.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (!importWallet.isPending) void submit()
        }}
      >
        <PhraseInput
          fieldRef={phraseRef}
          error={problem ?? (importWallet.error && errorText(importWallet.error))}
          onEdit={() => {
            setProblem(undefined)
            importWallet.clearError()
          }}
        />
        <Field label={t('importName')}>
          {(control) => <TextInput {...control} ref={nameRef} maxLength={64} />}
        </Field>
        <div className={dialogStyles.actions}>
          <Button onClick={onClose}>{tc('cancel')}</Button>
          <Button variant="primary" type="submit" isBusy={importWallet.isPending}>
            {t('import')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
