import type { Account, Wallet } from '../../../shared/contract/vault.ts'
import type { WalletId } from '../../../shared/identity/identity.ts'
import { RevealPhraseDialog } from '../../parts/RevealPhraseDialog.tsx'
import { AddAccountDialog } from './AddAccountDialog.tsx'
import { DiscoverDialog } from './DiscoverDialog.tsx'
import { EnterPassphraseDialog } from './EnterPassphraseDialog.tsx'
import { ImportDialog } from './ImportDialog.tsx'
import { KeystoreDialog } from './KeystoreDialog.tsx'
import { MessageDialog } from './MessageDialog.tsx'
import { NewWalletDialog } from './NewWalletDialog.tsx'
import { RemoveWalletDialog } from './RemoveWalletDialog.tsx'
import { RevealKeyDialog } from './RevealKeyDialog.tsx'

export type AccountsDialogChoice =
  | { readonly kind: 'newWallet' | 'import' }
  | { readonly kind: 'add' | 'discover' | 'revealPhrase' | 'passphrase' | 'remove'; readonly wallet: Wallet }
  | { readonly kind: 'revealKey' | 'keystore' | 'message'; readonly account: Account }

interface AccountsDialogProps {
  readonly choice: AccountsDialogChoice
  readonly onClose: () => void
  /** Something to tell, for those who do not see the list change. */
  readonly onSaid: (sentence: string) => void
  readonly onWallet: (walletId: WalletId) => void
}

/** The dialog that was asked for. */
export function AccountsDialog({ choice, onClose, onSaid, onWallet }: AccountsDialogProps) {
  const closing = { onClose, onSaid }
  switch (choice.kind) {
    case 'newWallet':
      return <NewWalletDialog {...closing} onMade={onWallet} />
    case 'import':
      return <ImportDialog {...closing} onImported={onWallet} />
    case 'add':
      return <AddAccountDialog {...closing} wallet={choice.wallet} />
    case 'discover':
      return <DiscoverDialog {...closing} wallet={choice.wallet} />
    case 'passphrase':
      return <EnterPassphraseDialog wallet={choice.wallet} onClose={onClose} />
    case 'revealPhrase':
      return <RevealPhraseDialog wallet={choice.wallet} onClose={onClose} />
    case 'remove':
      return <RemoveWalletDialog {...closing} wallet={choice.wallet} />
    case 'revealKey':
      return <RevealKeyDialog account={choice.account} onClose={onClose} />
    case 'message':
      return <MessageDialog account={choice.account} onClose={onClose} />
    case 'keystore':
      return <KeystoreDialog account={choice.account} onClose={onClose} />
  }
}
