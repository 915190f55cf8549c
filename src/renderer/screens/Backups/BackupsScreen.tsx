import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import type { Wallet } from '../../../shared/contract/vault.ts'
import { needsBackup } from '../../api/needsBackup.ts'
import { queries } from '../../api/queries.ts'
import { Badge } from '../../design/Badge.tsx'
import { Button } from '../../design/Button.tsx'
import { Icon } from '../../design/Icon.tsx'
import { Pane } from '../../design/Pane.tsx'
import { RevealPhraseDialog } from '../../parts/RevealPhraseDialog.tsx'
import styles from './BackupsScreen.module.css'
import { DrillDialog, type DrillKind } from './DrillDialog.tsx'
import { MergeBackupDialog } from './MergeBackupDialog.tsx'
import { RenewKitDialog } from './RenewKitDialog.tsx'
import { SaveBackupDialog } from './SaveBackupDialog.tsx'
import { SharesDialog } from './SharesDialog.tsx'

type Opened =
  | { readonly kind: 'reveal'; readonly wallet: Wallet }
  | { readonly kind: 'drill'; readonly what: DrillKind }
  | { readonly kind: 'save' | 'merge' | 'shares' | 'kit' }

/** What restores the wallets: made, checked, and made again. */
export function BackupsScreen() {
  const t = useTranslations('backups')
  const wallets = useQuery(queries.wallets).data ?? []
  const protection = useQuery(queries.vaultStatus).data?.protection
  const vaultFile = useQuery(queries.appInfo).data?.vaultFile
  const [opened, setOpened] = useState<Opened>()
  const phrases = wallets.filter(({ kind }) => kind === 'phrase' || kind === 'seed')
  const close = () => setOpened(undefined)
  return (
    <Pane
      title={t('title')}
      aside={
        <Button variant="primary" onClick={() => setOpened({ kind: 'drill', what: 'phrase' })}>
          <Icon name="check" size={16} />
          {t('drill.title')}
        </Button>
      }
    >
      <p className={styles.lead}>{t('lead')}</p>
      <section className={styles.section} aria-label={t('state.title')}>
        <h2 className={styles.subtitle}>{t('state.title')}</h2>
        <ul className={styles.wallets}>
          {wallets.map((wallet) => (
            <WalletState
              key={wallet.id}
              wallet={wallet}
              onReveal={() => setOpened({ kind: 'reveal', wallet })}
            />
          ))}
        </ul>
      </section>
      <div className={styles.ways}>
        <Way title={t('file.title')} text={t('file.text')}>
          <Button onClick={() => setOpened({ kind: 'save' })}>
            <Icon name="save" size={16} />
            {t('file.action')}
          </Button>
          <Button variant="quiet" onClick={() => setOpened({ kind: 'drill', what: 'file' })}>
            {t('file.check')}
          </Button>
          <Button variant="quiet" onClick={() => setOpened({ kind: 'merge' })}>
            {t('merge.action')}
          </Button>
        </Way>
        {phrases.length > 0 && (
          <Way title={t('shares.title')} text={t('shares.text')}>
            <Button onClick={() => setOpened({ kind: 'shares' })}>{t('shares.action')}</Button>
            <Button variant="quiet" onClick={() => setOpened({ kind: 'drill', what: 'shares' })}>
              {t('shares.check')}
            </Button>
          </Way>
        )}
        <Way
          title={t('kit.title')}
          text={protection === 'password' ? t('kit.none') : t('kit.text')}
          path={protection === 'keychain' ? vaultFile : undefined}
        >
          {protection === 'keychain' && (
            <Button onClick={() => setOpened({ kind: 'kit' })}>{t('kit.renew')}</Button>
          )}
        </Way>
      </div>
      {opened?.kind === 'reveal' && <RevealPhraseDialog wallet={opened.wallet} onClose={close} />}
      {opened?.kind === 'drill' && <DrillDialog initialKind={opened.what} onClose={close} />}
      {opened?.kind === 'save' && (
        <SaveBackupDialog onClose={close} onCheck={() => setOpened({ kind: 'drill', what: 'file' })} />
      )}
      {opened?.kind === 'merge' && <MergeBackupDialog onClose={close} />}
      {opened?.kind === 'shares' && (
        <SharesDialog
          wallets={phrases}
          onClose={close}
          onCheck={() => setOpened({ kind: 'drill', what: 'shares' })}
        />
      )}
      {opened?.kind === 'kit' && <RenewKitDialog onClose={close} />}
    </Pane>
  )
}

function WalletState({ wallet, onReveal }: { readonly wallet: Wallet; readonly onReveal: () => void }) {
  const t = useTranslations('backups')
  const format = useFormatter()
  const state = () => {
    if (wallet.lastVerifiedAtMs !== undefined) {
      const date = format.dateTime(wallet.lastVerifiedAtMs, { dateStyle: 'medium' })
      return <Badge tone="safe">{t('state.verified', { date })}</Badge>
    }
    if (needsBackup(wallet)) return <Badge tone="caution">{t('state.unverified')}</Badge>
    return <Badge>{wallet.kind === 'watchOnly' ? t('state.watch') : t('state.practice')}</Badge>
  }
  return (
    <li className={styles.wallet}>
      <span className={styles.name}>{wallet.name}</span>
      {state()}
      <span className={styles.action}>
        {wallet.kind === 'phrase' && (
          <Button
            variant="quiet"
            size="small"
            aria-label={t('phrase.showOf', { wallet: wallet.name })}
            onClick={onReveal}
          >
            <Icon name="eye" size={16} />
            {t('phrase.show')}
          </Button>
        )}
      </span>
    </li>
  )
}

interface WayProps {
  readonly title: string
  readonly text: string
  /** Where a file is on this machine. */
  readonly path?: string | undefined
  readonly children: ReactNode
}

function Way({ title, text, path, children }: WayProps) {
  return (
    <section className={styles.way} aria-label={title}>
      <h2 className={styles.subtitle}>{title}</h2>
      <div className={styles.text}>
        <p>{text}</p>
        {path !== undefined && <p className={styles.path}>{path}</p>}
      </div>
      <div className={styles.actions}>{children}</div>
    </section>
  )
}
