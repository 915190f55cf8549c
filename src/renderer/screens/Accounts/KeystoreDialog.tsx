import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Account } from '../../../shared/contract/vault.ts'
import { mainApi } from '../../api/mainApi.ts'
import { eraseSecrets, takeSecret } from '../../api/takeSecret.ts'
import { useAction } from '../../api/useAction.ts'
import { Button } from '../../design/Button.tsx'
import { Dialog } from '../../design/Dialog.tsx'
import dialogStyles from '../../design/DialogForm.module.css'
import {
  checkNewPassword,
  NewPasswordFields,
  type NewPasswordProblem,
} from '../../design/NewPasswordFields.tsx'
import { Notice } from '../../design/Notice.tsx'
import { PasswordForm } from '../../parts/PasswordForm.tsx'

/** Saves the key of an account as a keystore file under a password of its own. */
export function KeystoreDialog({
  account,
  onClose,
}: {
  readonly account: Account
  readonly onClose: () => void
}) {
  const t = useTranslations('accounts.keystore')
  const tc = useTranslations('common')
  const filePasswordRef = useRef<HTMLInputElement>(null)
  const repeatRef = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState<NewPasswordProblem>()
  const [savedAs, setSavedAs] = useState<string>()
  const save = useAction(
    async (password: Uint8Array<ArrayBuffer>, keystorePassword: Uint8Array<ArrayBuffer>) => {
      const exported = await mainApi().vault.exportKeystore({
        accountId: account.id,
        password,
        keystorePassword,
      })
      if (!exported.ok) return exported
      const { fileName, keystore } = exported.value
      const saved = await mainApi().app.saveFile({ suggestedName: fileName, content: keystore })
      return saved.ok ? { ok: true as const, value: saved.value.isSaved ? fileName : undefined } : saved
    },
  )
  const submit = async (password: Uint8Array<ArrayBuffer>) => {
    const found = checkNewPassword(filePasswordRef.current?.value ?? '', repeatRef.current?.value ?? '')
    setProblem(found)
    if (found) return eraseSecrets(password)
    const keystorePassword = takeSecret(filePasswordRef.current)
    eraseSecrets(takeSecret(repeatRef.current))
    const result = await save.run(password, keystorePassword)
    eraseSecrets(password, keystorePassword)
    if (result.ok) setSavedAs(result.value)
  }
  return (
    <Dialog title={t('title', { account: account.name })} onClose={onClose}>
      {savedAs === undefined ? (
        <PasswordForm
          submit={t('submit')}
          isBusy={save.isPending}
          error={save.error}
          onSubmit={(password) => void submit(password)}
          onCancel={onClose}
        >
          <p>{t('lead')}</p>
          <NewPasswordFields
            passwordRef={filePasswordRef}
            repeatRef={repeatRef}
            problem={problem}
            label={t('password')}
          />
        </PasswordForm>
      ) : (
        <>
          <Notice tone="safe" role="status">
            {t('saved', { name: savedAs })}
          </Notice>
          <div className={dialogStyles.actions}>
            <Button variant="primary" onClick={onClose}>
              {tc('close')}
            </Button>
          </div>
        </>
      )}
    </Dialog>
  )
}
