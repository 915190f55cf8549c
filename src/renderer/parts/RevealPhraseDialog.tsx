import { useTranslations } from 'use-intl'
import type { Wallet } from '../../shared/contract/vault.ts'
import { mainApi } from '../api/mainApi.ts'
import { RevealDialog } from './RevealDialog.tsx'

/** Shows the recovery phrase of a wallet, and its passphrase where it is kept. */
export function RevealPhraseDialog({
  wallet,
  onClose,
}: {
  readonly wallet: Wallet
  readonly onClose: () => void
}) {
  const t = useTranslations('accounts.reveal')
  return (
    <RevealDialog
      title={t('phraseTitle', { wallet: wallet.name })}
      warning={t('phraseWarning')}
      look="words"
      label={t('words')}
      note={wallet.passphrase === undefined ? undefined : t(`passphrase.${wallet.passphrase}`)}
      secondLabel={t('passphraseLabel')}
      reveal={async (password) => {
        const result = await mainApi().vault.revealPhrase({ walletId: wallet.id, password })
        if (!result.ok) return result
        const { phrase, passphrase } = result.value
        return { ok: true, value: passphrase ? [phrase, passphrase] : [phrase] }
      }}
      onClose={onClose}
    />
  )
}
