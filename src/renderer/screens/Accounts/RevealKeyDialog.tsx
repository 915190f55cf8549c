import { useTranslations } from 'use-intl'
import type { Account } from '../../../shared/contract/vault.ts'
import { mainApi } from '../../api/mainApi.ts'
import { RevealDialog } from '../../parts/RevealDialog.tsx'

/** Shows the private key of one account. */
export function RevealKeyDialog({
  account,
  onClose,
}: {
  readonly account: Account
  readonly onClose: () => void
}) {
  const t = useTranslations('accounts.reveal')
  return (
    <RevealDialog
      title={t('keyTitle', { account: account.name })}
      warning={t('keyWarning')}
      look="text"
      label={t('key')}
      reveal={async (password) => {
        const result = await mainApi().vault.exportPrivateKey({ accountId: account.id, password })
        return result.ok ? { ok: true, value: [result.value.privateKey] } : result
      }}
      onClose={onClose}
    />
  )
}
