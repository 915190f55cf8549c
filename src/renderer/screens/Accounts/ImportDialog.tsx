import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Wallet } from '../../../shared/contract/vault.ts'
import type { WalletId } from '../../../shared/identity/identity.ts'
import { Dialog } from '../../design/Dialog.tsx'
import { Tabs } from '../../design/Tabs.tsx'
import { KeystoreImport } from './KeystoreImport.tsx'
import { PhraseImport } from './PhraseImport.tsx'
import { PrivateKeyImport } from './PrivateKeyImport.tsx'
import { SharesImport } from './SharesImport.tsx'
import { WatchImport } from './WatchImport.tsx'

interface ImportDialogProps {
  readonly onClose: () => void
  readonly onSaid: (sentence: string) => void
  readonly onImported: (walletId: WalletId) => void
}

const kinds = ['phrase', 'privateKey', 'keystore', 'shares', 'watch'] as const

/** Brings keys or addresses from elsewhere into the open vault. */
export function ImportDialog({ onClose, onSaid, onImported }: ImportDialogProps) {
  const t = useTranslations('accounts.bring')
  const [kind, setKind] = useState<(typeof kinds)[number]>('phrase')
  const done = (wallet: Wallet) => {
    onSaid(t('done', { name: wallet.name }))
    onImported(wallet.id)
    onClose()
  }
  const ends = { onDone: done, onCancel: onClose }
  return (
    <Dialog title={t('title')} onClose={onClose}>
      <p>{t('lead')}</p>
      <Tabs
        label={t('kind')}
        tabs={kinds.map((name) => ({ name, label: t(`tabs.${name}`) }))}
        selected={kind}
        onSelect={setKind}
      >
        {kind === 'phrase' && <PhraseImport {...ends} />}
        {kind === 'privateKey' && <PrivateKeyImport {...ends} />}
        {kind === 'keystore' && <KeystoreImport {...ends} />}
        {kind === 'shares' && <SharesImport {...ends} />}
        {kind === 'watch' && <WatchImport {...ends} />}
      </Tabs>
    </Dialog>
  )
}
