import { useEffect, useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import type { Discovery, DiscoveryProgress, Wallet } from '../../../shared/contract/vault.ts'
import { mainApi } from '../../api/mainApi.ts'
import { useAction } from '../../api/useAction.ts'
import { useChainNames } from '../../api/useChainNames.ts'
import { Button } from '../../design/Button.tsx'
import { Dialog } from '../../design/Dialog.tsx'
import dialogStyles from '../../design/DialogForm.module.css'
import { Notice } from '../../design/Notice.tsx'
import { Progress } from '../../design/Progress.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import styles from './AddressList.module.css'

interface DiscoverDialogProps {
  readonly wallet: Wallet
  readonly onClose: () => void
  readonly onSaid: (sentence: string) => void
}

/** Asks the user's nodes which addresses of a phrase were used, and adds those. */
export function DiscoverDialog({ wallet, onClose, onSaid }: DiscoverDialogProps) {
  const t = useTranslations('accounts.discover')
  const tc = useTranslations('common')
  const format = useFormatter()
  const errorText = useErrorText()
  const chainName = useChainNames()
  const [discovery, setDiscovery] = useState<Discovery>()
  const [progress, setProgress] = useState<DiscoveryProgress>()
  useEffect(() => mainApi().vault.discoveryProgressed(setProgress), [])
  const discover = useAction(mainApi().vault.discoverAccounts)
  const add = useAction(mainApi().vault.addAccounts)
  const fresh = discovery?.found.filter(({ accountId }) => accountId === undefined) ?? []
  const error = discover.error ?? add.error
  const nameChains = (chainIds: Discovery['unansweredChainIds']) => format.list(chainIds.map(chainName))

  const search = async () => {
    setProgress(undefined)
    const result = await discover.run({ walletId: wallet.id })
    if (result.ok) setDiscovery(result.value)
  }
  const addAll = async () => {
    const result = await add.run({ walletId: wallet.id, paths: fresh.map(({ path }) => path) })
    if (!result.ok) return
    onSaid(t('added', { count: result.value.length }))
    onClose()
  }
  return (
    <Dialog title={t('title')} onClose={onClose}>
      <p>{t('lead', { wallet: wallet.name })}</p>
      {discover.isPending && (
        <Progress>
          {t('searching')}{' '}
          {progress && t('progress', { searched: progress.searched, found: String(progress.found) })}
        </Progress>
      )}
      {discovery && (
        <>
          <p role="status">{t('done', { found: fresh.length })}</p>
          {discovery.found.length > 0 && (
            <ul className={styles.addresses} aria-label={t('list')}>
              {discovery.found.map((address) => (
                <li key={address.path} className={styles.line}>
                  <span className={styles.hex}>{address.address}</span>
                  <span className={styles.path}>
                    {address.path} · {t('usedOn', { networks: nameChains(address.chainIds) })}
                    {address.accountId !== undefined && ` · ${t('known')}`}
                  </span>
                </li>
              ))}
            </ul>
          )}
          {discovery.unansweredChainIds.length > 0 && (
            <Notice tone="caution">
              {t('unanswered', { networks: nameChains(discovery.unansweredChainIds) })}
            </Notice>
          )}
        </>
      )}
      {error && (
        <Notice tone="attention" role="alert">
          {errorText(error)}
        </Notice>
      )}
      <div className={dialogStyles.actions}>
        <Button onClick={onClose}>{tc('close')}</Button>
        {fresh.length > 0 ? (
          <Button variant="primary" isBusy={add.isPending} onClick={() => void addAll()}>
            {t('add', { count: fresh.length })}
          </Button>
        ) : (
          <Button variant="primary" isBusy={discover.isPending} onClick={() => void search()}>
            {discovery ? t('again') : t('start')}
          </Button>
        )}
      </div>
    </Dialog>
  )
}
