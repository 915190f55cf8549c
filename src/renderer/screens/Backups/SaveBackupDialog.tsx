import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { mainApi } from '../../api/mainApi.ts'
import { queries } from '../../api/queries.ts'
import { eraseSecrets, takeSecret } from '../../api/takeSecret.ts'
import { useAction } from '../../api/useAction.ts'
import { Button } from '../../design/Button.tsx'
import { Checkbox } from '../../design/Checkbox.tsx'
import { Dialog } from '../../design/Dialog.tsx'
import dialogStyles from '../../design/DialogForm.module.css'
import {
  checkNewPassword,
  NewPasswordFields,
  type NewPasswordProblem,
} from '../../design/NewPasswordFields.tsx'
import { Notice } from '../../design/Notice.tsx'
import { useHeldSecret } from '../../design/useHeldSecret.ts'
import { PaperCode } from '../../parts/PaperCode.tsx'
import { PasswordForm } from '../../parts/PasswordForm.tsx'

interface SaveBackupDialogProps {
  readonly onClose: () => void
  readonly onCheck: () => void
}

/** Saves everything in one encrypted file; with a code for paper where the user wants a second lock. */
export function SaveBackupDialog({ onClose, onCheck }: SaveBackupDialogProps) {
  const t = useTranslations('backups.file')
  const tc = useTranslations('common')
  const format = useFormatter()
  const filePasswordRef = useRef<HTMLInputElement>(null)
  const repeatRef = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState<NewPasswordProblem>()
  const [hasCode, setHasCode] = useState(false)
  const [savedAs, setSavedAs] = useState<string>()
  const code = useHeldSecret<Uint8Array<ArrayBuffer>>()
  const save = useAction(
    async (password: Uint8Array<ArrayBuffer>, backupPassword: Uint8Array<ArrayBuffer>) => {
      const made = await mainApi().vault.createBackup({ password, backupPassword, hasCode })
      if (!made.ok) return made
      const saved = await mainApi().app.saveFile({
        suggestedName: made.value.fileName,
        content: made.value.file,
      })
      if (!saved.ok || !saved.value.isSaved) {
        // A file that was not saved needs no code.
        eraseSecrets(made.value.code)
        return saved.ok ? { ok: true as const, value: undefined } : saved
      }
      if (made.value.code) code.hold(made.value.code)
      return { ok: true as const, value: made.value.fileName }
    },
  )
  const leftOut = useQuery(queries.tokenLists).data?.filter(({ isInBackup }) => !isInBackup) ?? []
  const submit = async (password: Uint8Array<ArrayBuffer>) => {
    const found = checkNewPassword(filePasswordRef.current?.value ?? '', repeatRef.current?.value ?? '')
    setProblem(found)
    if (found) return eraseSecrets(password)
    const backupPassword = takeSecret(filePasswordRef.current)
    eraseSecrets(takeSecret(repeatRef.current))
    const result = await save.run(password, backupPassword)
    eraseSecrets(password, backupPassword)
    if (result.ok) setSavedAs(result.value)
  }
  return (
    <Dialog title={t('action')} onClose={onClose}>
      {savedAs === undefined ? (
        <PasswordForm
          submit={t('submit')}
          isBusy={save.isPending}
          error={save.error}
          onSubmit={(password) => void submit(password)}
          onCancel={onClose}
        >
          <NewPasswordFields
            passwordRef={filePasswordRef}
            repeatRef={repeatRef}
            problem={problem}
            label={t('password')}
          />
          <Checkbox isChecked={hasCode} onChange={setHasCode}>
            {t('hasCode')}
          </Checkbox>
          {leftOut.length > 0 && (
            <Notice tone="caution">
              {t('listsLeftOut', { names: format.list(leftOut.map(({ name }) => name)) })}
            </Notice>
          )}
        </PasswordForm>
      ) : (
        <>
          <Notice tone="safe" role="status">
            {t('saved', { name: savedAs })}
          </Notice>
          {code.isHeld && (
            <PaperCode
              read={() => code.ref.current}
              label={t('code')}
              lead={t('codeLead')}
              qrLabel={t('codeQr')}
              fileName={t('codeFileName')}
              testId="backup-code"
            />
          )}
          <div className={dialogStyles.actions}>
            <Button onClick={onClose}>{tc('close')}</Button>
            {!code.isHeld && (
              <Button variant="primary" onClick={onCheck}>
                {t('check')}
              </Button>
            )}
            {code.isHeld && (
              <Button variant="primary" onClick={() => code.release()}>
                {t('codeWritten')}
              </Button>
            )}
          </div>
        </>
      )}
    </Dialog>
  )
}
