import { useState } from 'react'
import { useTranslations } from 'use-intl'
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

/** Replaces the keychain's secret, shows the new kit, and has it typed back from paper. */
export function RenewKitDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('backups.kit')
  const tc = useTranslations('common')
  const kit = useHeldSecret<Uint8Array<ArrayBuffer>>()
  const [isDone, setDone] = useState(false)
  const renew = useAction(mainApi().vault.renewRecoveryKit)
  const submit = async (password: Uint8Array<ArrayBuffer>) => {
    const result = await renew.run({ password })
    eraseSecrets(password)
    if (result.ok && result.value.recoveryKit) kit.hold(result.value.recoveryKit)
  }
  const finish = () => {
    kit.release()
    setDone(true)
  }
  return (
    <Dialog title={t('renew')} onClose={onClose}>
      {isDone && (
        <>
          <Notice tone="safe" role="status">
            {t('done')}
          </Notice>
          <div className={dialogStyles.actions}>
            <Button variant="primary" onClick={onClose}>
              {tc('close')}
            </Button>
          </div>
        </>
      )}
      {kit.isHeld && <KitCheck read={() => kit.ref.current} onRight={finish} />}
      {!isDone && !kit.isHeld && (
        <PasswordForm
          submit={t('renew')}
          isBusy={renew.isPending}
          error={renew.error}
          onSubmit={(password) => void submit(password)}
          onCancel={onClose}
        >
          <p>{t('text')}</p>
          <Notice tone="caution">{t('renewText')}</Notice>
        </PasswordForm>
      )}
    </Dialog>
  )
}
