import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Account } from '../../shared/contract/vault.ts'
import type { AccountId } from '../../shared/identity/identity.ts'
import { mainApi } from '../api/mainApi.ts'
import { queries } from '../api/queries.ts'
import { shortenAddress } from '../api/shortenAddress.ts'
import { useAccounts } from '../api/useAccounts.ts'
import { useAction } from '../api/useAction.ts'
import { AddressFlag } from '../design/AddressFlag.tsx'
import { Button } from '../design/Button.tsx'
import { ColourMark } from '../design/ColourChoice.tsx'
import { Icon } from '../design/Icon.tsx'
import { Notice } from '../design/Notice.tsx'
import { useErrorText } from '../i18n/useErrorText.ts'
import styles from './AccountSwitcher.module.css'
import { RenameAccountDialog } from './RenameAccountDialog.tsx'

interface AccountSwitcherProps {
  readonly accountId: AccountId | undefined
  readonly onChoose: (accountId: AccountId | undefined) => void
  readonly onManage: () => void
}

/** Chooses whose holdings are shown; accounts are added and renamed here, and all else is a step away. */
export function AccountSwitcher({ accountId, onChoose, onManage }: AccountSwitcherProps) {
  const t = useTranslations('shell.accounts')
  const errorText = useErrorText()
  const accounts = useAccounts()
  const wallets = (useQuery(queries.wallets).data ?? []).filter(({ isHidden }) => !isHidden)
  const [isOpen, setOpen] = useState(false)
  const [renamed, setRenamed] = useState<Account>()
  const [said, setSaid] = useState('')
  const rootRef = useRef<HTMLDivElement>(null)
  const buttonRef = useRef<HTMLButtonElement>(null)
  const add = useAction(mainApi().vault.addAccount)
  const current = accounts.find((account) => account.id === accountId)
  const isDialogOpen = renamed !== undefined

  useEffect(() => {
    if (!isOpen || isDialogOpen) return
    const closeOutside = (event: MouseEvent) => {
      if (event.target instanceof Node && !rootRef.current?.contains(event.target)) setOpen(false)
    }
    const closeByKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      setOpen(false)
      buttonRef.current?.focus()
    }
    document.addEventListener('mousedown', closeOutside)
    document.addEventListener('keydown', closeByKey)
    return () => {
      document.removeEventListener('mousedown', closeOutside)
      document.removeEventListener('keydown', closeByKey)
    }
  }, [isOpen, isDialogOpen])

  const choose = (chosen: AccountId | undefined) => {
    onChoose(chosen)
    setOpen(false)
    buttonRef.current?.focus()
  }
  return (
    <div ref={rootRef} className={styles.switcher}>
      <button
        ref={buttonRef}
        type="button"
        className={styles.button}
        aria-expanded={isOpen}
        aria-label={t('button', { name: current?.name ?? t('all') })}
        onClick={() => setOpen((open) => !open)}
      >
        {current ? <AddressFlag address={current.address} /> : <Icon name="paper" />}
        <span className={styles.current}>{current?.name ?? t('all')}</span>
        <Icon name="chevron" size={16} />
      </button>
      <span className="visually-hidden" role="status">
        {said}
      </span>
      {isOpen && (
        <section className={styles.panel} aria-label={t('panel')}>
          <button
            type="button"
            className={styles.account}
            aria-pressed={accountId === undefined}
            onClick={() => choose(undefined)}
          >
            <Icon name="paper" size={20} />
            <span className={styles.name}>{t('all')}</span>
          </button>
          {wallets.map((wallet) => (
            <div key={wallet.id} className={styles.wallet}>
              <h2 className={styles.walletName}>{wallet.name}</h2>
              <ul>
                {wallet.accounts
                  .filter(({ isHidden }) => !isHidden)
                  .map((account) => (
                    <li key={account.id} className={styles.line}>
                      <button
                        type="button"
                        className={styles.account}
                        aria-pressed={account.id === accountId}
                        onClick={() => choose(account.id)}
                      >
                        <ColourMark colour={account.colour ?? wallet.colour} />
                        <AddressFlag address={account.address} />
                        <span className={styles.name}>{account.name}</span>
                        <span className={styles.address}>{shortenAddress(account.address)}</span>
                      </button>
                      <Button
                        variant="quiet"
                        size="small"
                        aria-label={t('renameWhat', { name: account.name })}
                        title={t('rename')}
                        onClick={() => setRenamed(account)}
                      >
                        <Icon name="pencil" size={15} />
                      </Button>
                    </li>
                  ))}
              </ul>
              {wallet.pathTemplate !== undefined && (
                <Button
                  variant="quiet"
                  size="small"
                  className={styles.add}
                  aria-label={wallets.length > 1 ? t('addTo', { wallet: wallet.name }) : undefined}
                  isBusy={add.isPending}
                  onClick={async () => {
                    const result = await add.run({ walletId: wallet.id })
                    if (result.ok) setSaid(t('added', { name: result.value.name }))
                  }}
                >
                  <Icon name="plus" size={16} />
                  {t('add')}
                </Button>
              )}
            </div>
          ))}
          {add.error && (
            <Notice tone="attention" role="alert">
              {errorText(add.error)}
            </Notice>
          )}
          <Button
            variant="quiet"
            size="small"
            className={styles.add}
            onClick={() => {
              setOpen(false)
              onManage()
            }}
          >
            <Icon name="accounts" size={16} />
            {t('manage')}
          </Button>
        </section>
      )}
      {renamed && <RenameAccountDialog account={renamed} onClose={() => setRenamed(undefined)} />}
    </div>
  )
}
