import { useRef } from 'react'
import { useTranslations } from 'use-intl'
import type { Wallet } from '../../../shared/contract/vault.ts'
import { mainApi } from '../../api/mainApi.ts'
import { eraseSecrets, takeSecret } from '../../api/takeSecret.ts'
import { useAction } from '../../api/useAction.ts'
import { Button } from '../../design/Button.tsx'
import { Dialog } from '../../design/Dialog.tsx'
import dialogStyles from '../../design/DialogForm.module.css'
import { Field } from '../../design/Field.tsx'
import { PasswordInput } from '../../design/PasswordInput.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'

/** Gives a wallet its passphrase for this session; the signer compares the addresses that it leads to. */
export function EnterPassphraseDialog({
  wallet,
  onClose,
}: {
  readonly wallet: Wallet
  readonly onClose: () => void
}) {
  const t = useTranslations('accounts.wallet')
  const tc = useTranslations('common')
  const errorText = useErrorText()
  const fieldRef = useRef<HTMLInputElement>(null)
  const enter = useAction(mainApi().vault.enterPassphrase)
  const submit = async () => {
    const passphrase = takeSecret(fieldRef.current)
    const result = await enter.run({ walletId: wallet.id, passphrase })
    eraseSecrets(passphrase)
    if (result.ok) onClose()
    else fieldRef.current?.focus()
  }
  return (
    <Dialog title={t('passphraseTitle', { wallet: wallet.name })} onClose={onClose}>
      <form
        className={dialogStyles.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (!enter.isPending) void submit()
        }}
      >
        <p>{t('passphraseMissingText')}</p>
        <Field label={t('passphrase')} error={enter.error && errorText(enter.error)}>
          {(control) => <PasswordInput {...control} ref={fieldRef} autoComplete="off" />}
        </Field>
        <div className={dialogStyles.actions}>
          <Button onClick={onClose}>{tc('cancel')}</Button>
          <Button variant="primary" type="submit" isBusy={enter.isPending}>
            {t('enterPassphrase')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
