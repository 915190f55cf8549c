import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Wallet } from '../../../shared/contract/vault.ts'
import { mainApi } from '../../api/mainApi.ts'
import { eraseSecrets } from '../../api/takeSecret.ts'
import { useAction } from '../../api/useAction.ts'
import { Checkbox } from '../../design/Checkbox.tsx'
import { Dialog } from '../../design/Dialog.tsx'
import { Notice } from '../../design/Notice.tsx'
import { PasswordForm } from '../../parts/PasswordForm.tsx'

interface RemoveWalletDialogProps {
  readonly wallet: Wallet
  readonly onClose: () => void
  readonly onSaid: (sentence: string) => void
}

/** Forgets a wallet: after the password, and for keys after it was said that they can be restored. */
export function RemoveWalletDialog({ wallet, onClose, onSaid }: RemoveWalletDialogProps) {
  const t = useTranslations('accounts.remove')
  const hasKeys = wallet.kind !== 'watchOnly'
  const [isSure, setSure] = useState(!hasKeys)
  const [mustConfirm, setMustConfirm] = useState(false)
  const remove = useAction(mainApi().vault.removeWallet)
  const submit = async (password: Uint8Array<ArrayBuffer>) => {
    setMustConfirm(!isSure)
    if (!isSure) return eraseSecrets(password)
    const result = await remove.run({ walletId: wallet.id, password })
    eraseSecrets(password)
    if (!result.ok) return
    onSaid(t('done', { wallet: wallet.name }))
    onClose()
  }
  return (
    <Dialog title={t('title', { wallet: wallet.name })} onClose={onClose}>
      <PasswordForm
        submit={t('submit')}
        isDanger
        isBusy={remove.isPending}
        error={remove.error}
        onSubmit={(password) => void submit(password)}
        onCancel={onClose}
      >
        <p>{hasKeys ? t('text') : t('watchText')}</p>
        {hasKeys && wallet.lastVerifiedAtMs === undefined && wallet.origin !== 'practice' && (
          <Notice tone="attention">{t('unverified')}</Notice>
        )}
        {hasKeys && (
          <Checkbox isChecked={isSure} onChange={setSure}>
            {t('confirm')}
          </Checkbox>
        )}
        {mustConfirm && !isSure && (
          <Notice tone="caution" role="alert">
            {t('mustConfirm')}
          </Notice>
        )}
      </PasswordForm>
    </Dialog>
  )
}
