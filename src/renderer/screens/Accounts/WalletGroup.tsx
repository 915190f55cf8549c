import { useTranslations } from 'use-intl'
import type { Account, Wallet } from '../../../shared/contract/vault.ts'
import type { AccountId, WalletId } from '../../../shared/identity/identity.ts'
import { mainApi } from '../../api/mainApi.ts'
import { shortenAddress } from '../../api/shortenAddress.ts'
import { useAction } from '../../api/useAction.ts'
import { AddressFlag } from '../../design/AddressFlag.tsx'
import { Badge } from '../../design/Badge.tsx'
import { Button } from '../../design/Button.tsx'
import { ColourMark } from '../../design/ColourChoice.tsx'
import { Icon } from '../../design/Icon.tsx'
import { Notice } from '../../design/Notice.tsx'
import { moveId, type ReorderHandle, useReorder } from '../../design/useReorder.ts'
import { useErrorText } from '../../i18n/useErrorText.ts'
import styles from './AccountsScreen.module.css'
import { dropPlaceOf } from './dropPlaceOf.ts'
import { kindOf } from './kindOf.ts'

interface WalletGroupProps {
  readonly wallet: Wallet
  readonly showsHidden: boolean
  readonly selectedId: AccountId | WalletId | undefined
  /** Absent where there is nothing to order. */
  readonly handle: ReorderHandle<WalletId> | undefined
  readonly dropPlace: ReturnType<typeof dropPlaceOf>
  readonly onSelectWallet: (id: WalletId) => void
  readonly onSelectAccount: (id: AccountId) => void
  readonly onAdd: () => void
  readonly onSaid: (sentence: string) => void
}

/** A wallet with its accounts, each of which can be chosen and moved. */
export function WalletGroup(props: WalletGroupProps) {
  const {
    wallet,
    showsHidden,
    selectedId,
    handle,
    dropPlace,
    onSelectWallet,
    onSelectAccount,
    onAdd,
    onSaid,
  } = props
  const t = useTranslations('accounts')
  const errorText = useErrorText()
  const order = useAction(mainApi().vault.orderAccounts)
  const shown = wallet.accounts.filter(({ isHidden }) => showsHidden || !isHidden)
  const shownIds = shown.map(({ id }) => id)
  const reorder = useReorder(shownIds, (id, to) => {
    const all = wallet.accounts.map((account) => account.id)
    const before = shownIds.filter((other) => other !== id)[to]
    const others = all.filter((other) => other !== id)
    const place = before === undefined ? others.length : others.indexOf(before)
    void order.run({ walletId: wallet.id, accountIds: moveId(all, id, place) })
    const name = wallet.accounts.find((account) => account.id === id)?.name ?? ''
    onSaid(t('moved', { name, place: String(to + 1), count: String(shownIds.length) }))
  })
  return (
    <li className={styles.wallet} data-drop={dropPlace}>
      <div className={styles.walletLine} data-selected={selectedId === wallet.id || undefined}>
        {handle && <Handle name={wallet.name} handle={handle} />}
        <ColourMark colour={wallet.colour} />
        <h2 className={styles.walletName}>
          <button
            type="button"
            className={styles.choose}
            aria-pressed={selectedId === wallet.id}
            onClick={() => onSelectWallet(wallet.id)}
          >
            {wallet.name}
          </button>
        </h2>
        <span className={styles.kind}>{t(`kinds.${kindOf(wallet)}`)}</span>
        {wallet.isHidden && <Badge>{t('hidden')}</Badge>}
        {wallet.passphrase === 'missing' && <Badge tone="caution">{t('passphraseMissing')}</Badge>}
        {wallet.pathTemplate !== undefined && (
          <Button
            variant="quiet"
            size="small"
            className={styles.above}
            aria-label={t('add.to', { wallet: wallet.name })}
            onClick={onAdd}
          >
            <Icon name="plus" size={16} />
            {t('add.action')}
          </Button>
        )}
      </div>
      {order.error && (
        <Notice tone="attention" role="alert">
          {errorText(order.error)}
        </Notice>
      )}
      <ul ref={reorder.listRef} aria-label={t('list', { wallet: wallet.name })}>
        {shown.map((account) => (
          <li
            key={account.id}
            className={styles.account}
            data-selected={selectedId === account.id || undefined}
            data-drop={dropPlaceOf(reorder.drag, shownIds, account.id)}
          >
            {shown.length > 1 ? (
              <Handle name={account.name} handle={reorder.handleOf(account.id)} />
            ) : (
              <span className={styles.noHandle} />
            )}
            <AccountLine
              account={account}
              isSelected={selectedId === account.id}
              onSelect={() => onSelectAccount(account.id)}
            />
          </li>
        ))}
      </ul>
    </li>
  )
}

interface AccountLineProps {
  readonly account: Account
  readonly isSelected: boolean
  readonly onSelect: () => void
}

function AccountLine({ account, isSelected, onSelect }: AccountLineProps) {
  const t = useTranslations('accounts')
  return (
    <>
      <ColourMark colour={account.colour} />
      <AddressFlag address={account.address} />
      <button type="button" className={styles.choose} aria-pressed={isSelected} onClick={onSelect}>
        {account.name}
      </button>
      {account.isHidden && <Badge>{t('hidden')}</Badge>}
      {account.isWatchOnly && <Badge>{t('watchOnly')}</Badge>}
      <span className={styles.address}>{shortenAddress(account.address)}</span>
    </>
  )
}

function Handle({ name, handle }: { readonly name: string; readonly handle: ReorderHandle<string> }) {
  const t = useTranslations('accounts')
  return (
    <button
      type="button"
      className={styles.handle}
      {...handle}
      aria-label={t('move', { name })}
      title={t('moveHint')}
    >
      <Icon name="grip" size={16} />
    </button>
  )
}
