import { useRef, useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import type { Wallet } from '../../../shared/contract/vault.ts'
import { mainApi } from '../../api/mainApi.ts'
import { useAction } from '../../api/useAction.ts'
import { Button } from '../../design/Button.tsx'
import { Dialog } from '../../design/Dialog.tsx'
import dialogStyles from '../../design/DialogForm.module.css'
import { Notice } from '../../design/Notice.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import { BackupFileInput, eraseBackup, readBackup } from '../../parts/BackupFileInput.tsx'

/** Adds what a backup file holds and the vault does not. */
export function MergeBackupDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('backups.merge')
  const tc = useTranslations('common')
  const format = useFormatter()
  const errorText = useErrorText()
  const refs = {
    file: useRef<HTMLInputElement>(null),
    password: useRef<HTMLInputElement>(null),
    code: useRef<HTMLInputElement>(null),
  }
  const [problem, setProblem] = useState<string>()
  const [added, setAdded] = useState<readonly Wallet[]>()
  const merge = useAction(mainApi().vault.mergeBackup)
  const submit = async () => {
    const taken = await readBackup(refs)
    if (typeof taken === 'string') return setProblem(tc(`file.${taken}`))
    const result = await merge.run(taken)
    eraseBackup(taken)
    if (result.ok) setAdded(result.value.added)
  }
  return (
    <Dialog title={t('action')} onClose={onClose}>
      {added ? (
        <>
          <Notice tone="safe" role="status">
            {added.length === 0
              ? t('nothing')
              : t('added', { wallets: format.list(added.map(({ name }) => name)) })}
          </Notice>
          <div className={dialogStyles.actions}>
            <Button variant="primary" onClick={onClose}>
              {tc('close')}
            </Button>
          </div>
        </>
      ) : (
        <form
          className={dialogStyles.form}
          onSubmit={(event) => {
            event.preventDefault()
            if (!merge.isPending) void submit()
          }}
        >
          <p>{t('lead')}</p>
          <BackupFileInput
            refs={refs}
            fileProblem={problem}
            onEdit={() => {
              setProblem(undefined)
              merge.clearError()
            }}
          />
          {merge.error && (
            <Notice tone="attention" role="alert">
              {errorText(merge.error)}
            </Notice>
          )}
          <div className={dialogStyles.actions}>
            <Button onClick={onClose}>{tc('cancel')}</Button>
            <Button variant="primary" type="submit" isBusy={merge.isPending}>
              {t('submit')}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  )
}
