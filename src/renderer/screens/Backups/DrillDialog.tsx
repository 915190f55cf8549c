import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import type { BackupCheck } from '../../../shared/contract/vault.ts'
import { mainApi } from '../../api/mainApi.ts'
import { queries } from '../../api/queries.ts'
import { eraseSecrets } from '../../api/takeSecret.ts'
import { useAction } from '../../api/useAction.ts'
import { Button } from '../../design/Button.tsx'
import { checkPhraseShape, possibleWordCounts } from '../../design/checkPhraseShape.ts'
import { Dialog } from '../../design/Dialog.tsx'
import dialogStyles from '../../design/DialogForm.module.css'
import { Field } from '../../design/Field.tsx'
import { Notice } from '../../design/Notice.tsx'
import { PasswordInput } from '../../design/PasswordInput.tsx'
import { PhraseInput } from '../../design/PhraseInput.tsx'
import { Tabs } from '../../design/Tabs.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import { BackupFileInput, eraseBackup, readBackup } from '../../parts/BackupFileInput.tsx'
import { eraseShares, readShares, SharesInput } from '../../parts/SharesInput.tsx'

const drillKinds = ['phrase', 'shares', 'file'] as const
export type DrillKind = (typeof drillKinds)[number]

interface DrillDialogProps {
  readonly initialKind: DrillKind
  readonly onClose: () => void
}

/** Proves that a backup works: opened by the signer apart from the vault, and compared with it. */
export function DrillDialog({ initialKind, onClose }: DrillDialogProps) {
  const t = useTranslations('backups.drill')
  const tc = useTranslations('common')
  const errorText = useErrorText()
  const formRef = useRef<HTMLFormElement>(null)
  const phraseRef = useRef<HTMLTextAreaElement>(null)
  const passphraseRef = useRef<HTMLInputElement>(null)
  const fileRefs = {
    file: useRef<HTMLInputElement>(null),
    password: useRef<HTMLInputElement>(null),
    code: useRef<HTMLInputElement>(null),
  }
  const [kind, setKind] = useState(initialKind)
  const [problem, setProblem] = useState<string>()
  const [outcome, setOutcome] = useState<BackupCheck>()
  const checkPhrase = useAction(mainApi().vault.checkPhrase)
  const checkShares = useAction(mainApi().vault.checkShares)
  const checkBackup = useAction(mainApi().vault.checkBackup)
  const action = { phrase: checkPhrase, shares: checkShares, file: checkBackup }[kind]
  const change = () => {
    setProblem(undefined)
    setOutcome(undefined)
    action.clearError()
  }

  const submitPhrase = async () => {
    const { words, count, impossible } = checkPhraseShape(phraseRef.current?.value ?? '', 'whenDone')
    if (impossible) return setProblem(tc('phrase.badWord', impossible))
    if (!possibleWordCounts.includes(count)) return setProblem(tc('phrase.wrongCount'))
    const phrase = new TextEncoder().encode(words.join(' '))
    const typed = passphraseRef.current?.value ?? ''
    const passphrase = typed === '' ? undefined : new TextEncoder().encode(typed)
    const result = await checkPhrase.run({ phrase, ...(passphrase === undefined ? {} : { passphrase }) })
    eraseSecrets(phrase, passphrase)
    return result
  }
  const submitShares = async () => {
    const taken = readShares(formRef.current)
    if (!taken) return setProblem(tc('shares.missing'))
    const result = await checkShares.run(taken)
    eraseShares(taken)
    return result
  }
  const submitFile = async () => {
    const taken = await readBackup(fileRefs)
    if (typeof taken === 'string') return setProblem(tc(`file.${taken}`))
    const result = await checkBackup.run(taken)
    eraseBackup(taken)
    return result
  }
  const submit = async () => {
    change()
    const result = await { phrase: submitPhrase, shares: submitShares, file: submitFile }[kind]()
    if (!result?.ok) return
    // What was typed from paper is not needed any more.
    formRef.current?.reset()
    setOutcome(result.value)
  }
  return (
    <Dialog title={t('title')} onClose={onClose}>
      <p>{t('lead')}</p>
      <Tabs
        label={t('what')}
        tabs={drillKinds.map((name) => ({ name, label: t(`kinds.${name}`) }))}
        selected={kind}
        onSelect={(next) => {
          change()
          setKind(next)
        }}
      >
        <form
          ref={formRef}
          className={dialogStyles.form}
          onSubmit={(event) => {
            event.preventDefault()
            if (!action.isPending) void submit()
          }}
        >
          {kind === 'phrase' && (
            <>
              <PhraseInput fieldRef={phraseRef} error={problem} onEdit={change} />
              <Field label={t('passphrase')} hint={t('passphraseHint')}>
                {(control) => <PasswordInput {...control} ref={passphraseRef} autoComplete="off" />}
              </Field>
            </>
          )}
          {kind === 'shares' && <SharesInput error={problem} />}
          {kind === 'file' && <BackupFileInput refs={fileRefs} fileProblem={problem} onEdit={change} />}
          {action.error && (
            <Notice tone="attention" role="alert">
              {errorText(action.error)}
            </Notice>
          )}
          {outcome && <Outcome check={outcome} />}
          <div className={dialogStyles.actions}>
            <Button onClick={onClose}>{tc('close')}</Button>
            <Button variant="primary" type="submit" isBusy={action.isPending}>
              {t('submit')}
            </Button>
          </div>
        </form>
      </Tabs>
    </Dialog>
  )
}

function Outcome({ check }: { readonly check: BackupCheck }) {
  const t = useTranslations('backups.drill')
  const format = useFormatter()
  const wallets = useQuery(queries.wallets).data ?? []
  const nameAll = (ids: readonly string[]) =>
    format.list(ids.map((id) => wallets.find((wallet) => wallet.id === id)?.name ?? id))
  if (check.matched.length === 0) {
    return (
      <Notice tone="caution" role="status">
        {t('unknown')}
      </Notice>
    )
  }
  return (
    <>
      <Notice tone="safe" role="status" title={t('good')}>
        {t('restores', { wallets: nameAll(check.matched) })}
        {check.createdAtMs !== undefined &&
          ` ${t('madeAt', { date: format.dateTime(check.createdAtMs, { dateStyle: 'medium' }) })}`}
      </Notice>
      {check.missing.length > 0 && (
        <Notice tone="caution">{t('missing', { wallets: nameAll(check.missing) })}</Notice>
      )}
    </>
  )
}
