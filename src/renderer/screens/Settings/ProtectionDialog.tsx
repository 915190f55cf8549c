import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Protection } from '../../../shared/contract/vault.ts'
import { mainApi } from '../../api/mainApi.ts'
import { eraseSecrets } from '../../api/takeSecret.ts'
import { useAction } from '../../api/useAction.ts'
import { Button } from '../../design/Button.tsx'
import { Dialog } from '../../design/Dialog.tsx'
import dialogStyles from '../../design/DialogForm.module.css'
import { Notice } from '../../design/Notice.tsx'
import { useHeldSecret } from '../../design/useHeldSecret.ts'
import { KitCheck } from '../../parts/KitCheck.tsx'
import { PasswordForm } from '../../parts/PasswordForm.tsx'

interface ProtectionDialogProps {
  readonly from: Protection
  readonly onClose: () => void
}

/** Puts the keychain's secret beside the password, or takes it away. */
export function ProtectionDialog({ from, onClose }: ProtectionDialogProps) {
  const t = useTranslations('settings.protection')
  const tc = useTranslations('common')
  const kit = useHeldSecret<Uint8Array<ArrayBuffer>>()
  const [isDone, setDone] = useState(false)
  const change = useAction(mainApi().vault.changeProtection)
  const title = from === 'keychain' ? t('toPassword') : t('toKeychain')
  const submit = async (password: Uint8Array<ArrayBuffer>) => {
    const protection = from === 'keychain' ? 'password' : 'keychain'
    const result = await change.run({ password, protection })
    eraseSecrets(password)
    if (!result.ok) return
    if (result.value.recoveryKit) kit.hold(result.value.recoveryKit)
    else setDone(true)
  }
  const finish = () => {
    kit.release()
    setDone(true)
  }
  return (
    <Dialog title={title} onClose={onClose}>
      {kit.isHeld && <KitCheck read={() => kit.ref.current} onRight={finish} />}
      {isDone && (
        <>
          <Notice tone="safe" role="status">
            {t('changed')}
          </Notice>
          <div className={dialogStyles.actions}>
            <Button variant="primary" onClick={onClose}>
              {tc('close')}
            </Button>
          </div>
        </>
      )}
      {!isDone && !kit.isHeld && (
        <PasswordForm
          submit={title}
          isBusy={change.isPending}
          error={change.error}
          onSubmit={(password) => void submit(password)}
          onCancel={onClose}
        >
          {from === 'keychain' ? (
            <Notice tone="caution">{t('toPasswordText')}</Notice>
          ) : (
            <p>{t('toKeychainText')}</p>
          )}
        </PasswordForm>
      )}
    </Dialog>
  )
}
