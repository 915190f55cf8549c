import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Account, Wallet } from '../../../shared/contract/vault.ts'
import type { AccountId, WalletId } from '../../../shared/identity/identity.ts'
import { mainApi } from '../../api/mainApi.ts'
import { queries } from '../../api/queries.ts'
import { useAction } from '../../api/useAction.ts'
import { Button } from '../../design/Button.tsx'
import { Checkbox } from '../../design/Checkbox.tsx'
import { EmptyState } from '../../design/EmptyState.tsx'
import { Icon } from '../../design/Icon.tsx'
import { Notice } from '../../design/Notice.tsx'
import { Pane } from '../../design/Pane.tsx'
import { Skeleton } from '../../design/Skeleton.tsx'
import { moveId, useReorder } from '../../design/useReorder.ts'
import { useErrorText } from '../../i18n/useErrorText.ts'
import { AccountInspector } from './AccountInspector.tsx'
import { AccountsDialog, type AccountsDialogChoice } from './AccountsDialog.tsx'
import styles from './AccountsScreen.module.css'
import { dropPlaceOf } from './dropPlaceOf.ts'
import { WalletGroup } from './WalletGroup.tsx'
import { WalletInspector } from './WalletInspector.tsx'

interface AccountsScreenProps {
  readonly initialAccountId: AccountId | undefined
  readonly onOpenBackups: () => void
}

type Selection =
  | { readonly kind: 'account'; readonly id: AccountId }
  | { readonly kind: 'wallet'; readonly id: WalletId }

/** Wallets and their accounts: named, coloured, ordered, hidden, added, imported, exported, removed. */
export function AccountsScreen({ initialAccountId, onOpenBackups }: AccountsScreenProps) {
  const t = useTranslations('accounts')
  const tc = useTranslations('common')
  const errorText = useErrorText()
  const { data: wallets, error } = useQuery(queries.wallets)
  const [selection, setSelection] = useState<Selection | undefined>(
    initialAccountId === undefined ? undefined : { kind: 'account', id: initialAccountId },
  )
  const [dialog, setDialog] = useState<AccountsDialogChoice>()
  const [showsHidden, setShowsHidden] = useState(false)
  const [said, setSaid] = useState('')
  const order = useAction(mainApi().vault.orderWallets)
  const hidden = wallets?.flatMap((wallet) =>
    wallet.isHidden ? wallet.accounts : wallet.accounts.filter(({ isHidden }) => isHidden),
  )
  const shown = wallets?.filter(({ isHidden }) => showsHidden || !isHidden) ?? []
  const ids = wallets?.map(({ id }) => id) ?? []
  const shownIds = shown.map(({ id }) => id)
  const reorder = useReorder(shownIds, (id, to) => {
    const before = shownIds.filter((other) => other !== id)[to]
    const others = ids.filter((other) => other !== id)
    const place = before === undefined ? others.length : others.indexOf(before)
    void order.run({ walletIds: moveId(ids, id, place) })
    const name = wallets?.find((wallet) => wallet.id === id)?.name ?? ''
    setSaid(t('moved', { name, place: String(to + 1), count: String(shownIds.length) }))
  })
  const account = findAccount(wallets, selection)
  const wallet = wallets?.find(
    ({ id }) => id === (selection?.kind === 'wallet' ? selection.id : account?.walletId),
  )

  const inspected = () => {
    if (wallet && account) {
      return <AccountInspector key={account.id} account={account} wallet={wallet} onDialog={setDialog} />
    }
    if (wallet) {
      return (
        <WalletInspector
          key={wallet.id}
          wallet={wallet}
          isOnly={wallets?.length === 1}
          onDialog={setDialog}
          onOpenBackups={onOpenBackups}
        />
      )
    }
    return <EmptyState title={t('empty.title')}>{t('empty.text')}</EmptyState>
  }
  return (
    <Pane
      title={t('title')}
      aside={
        <div className={styles.tools}>
          <Button onClick={() => setDialog({ kind: 'newWallet' })}>
            <Icon name="plus" size={16} />
            {t('newWallet.action')}
          </Button>
          <Button variant="primary" onClick={() => setDialog({ kind: 'import' })}>
            <Icon name="key" size={16} />
            {t('import')}
          </Button>
        </div>
      }
      inspector={{ label: t('inspector'), content: inspected() }}
    >
      <p className={styles.lead}>{t('lead')}</p>
      {error && (
        <Notice tone="attention" role="alert">
          {errorText(error)}
        </Notice>
      )}
      {order.error && (
        <Notice tone="attention" role="alert">
          {errorText(order.error)}
        </Notice>
      )}
      {!wallets && !error && <Skeleton rows={6} label={tc('loading')} />}
      <span className="visually-hidden" role="status">
        {said}
      </span>
      <ul ref={reorder.listRef} className={styles.wallets} aria-label={t('wallets')}>
        {shown.map((entry) => (
          <WalletGroup
            key={entry.id}
            wallet={entry}
            showsHidden={showsHidden}
            selectedId={selection?.id}
            handle={shown.length > 1 ? reorder.handleOf(entry.id) : undefined}
            dropPlace={dropPlaceOf(reorder.drag, shownIds, entry.id)}
            onSelectWallet={(id) => setSelection({ kind: 'wallet', id })}
            onSelectAccount={(id) => setSelection({ kind: 'account', id })}
            onAdd={() => setDialog({ kind: 'add', wallet: entry })}
            onSaid={setSaid}
          />
        ))}
      </ul>
      {hidden !== undefined && hidden.length > 0 && (
        <Checkbox isChecked={showsHidden} onChange={setShowsHidden}>
          {t('showHidden', { count: hidden.length })}
        </Checkbox>
      )}
      {dialog && (
        <AccountsDialog
          choice={dialog}
          onClose={() => setDialog(undefined)}
          onSaid={setSaid}
          onWallet={(id) => setSelection({ kind: 'wallet', id })}
        />
      )}
    </Pane>
  )
}

function findAccount(
  wallets: readonly Wallet[] | undefined,
  selection: Selection | undefined,
): Account | undefined {
  if (selection?.kind !== 'account') return undefined
  return wallets?.flatMap((wallet) => wallet.accounts).find(({ id }) => id === selection.id)
}
