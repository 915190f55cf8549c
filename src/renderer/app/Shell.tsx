import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { AccountId } from '../../shared/identity/identity.ts'
import { mainApi } from '../api/mainApi.ts'
import { queries } from '../api/queries.ts'
import { useAccounts } from '../api/useAccounts.ts'
import { useAction } from '../api/useAction.ts'
import { Button } from '../design/Button.tsx'
import { Icon } from '../design/Icon.tsx'
import { Kbd } from '../design/Kbd.tsx'
import { Notice } from '../design/Notice.tsx'
import { useErrorText } from '../i18n/useErrorText.ts'
import { AccountSwitcher } from './AccountSwitcher.tsx'
import { BackupReminder } from './BackupReminder.tsx'
import { CommandPalette } from './CommandPalette.tsx'
import { FillNotice } from './FillNotice.tsx'
import { Rail } from './Rail.tsx'
import { RingingAlerts } from './RingingAlerts.tsx'
import type { Route } from './route.ts'
import { Screen } from './Screen.tsx'
import styles from './Shell.module.css'
import { StatusLine } from './StatusLine.tsx'
import { isShortcut, writeShortcut } from './shortcuts.ts'

/** The unlocked app: rail, bar, content, status line. */
export function Shell() {
  const t = useTranslations('shell')
  const errorText = useErrorText()
  const platform = useQuery(queries.appInfo).data?.platform
  const accounts = useAccounts()
  const [route, setRoute] = useState<Route>({ screen: 'portfolio' })
  const [chosenId, setChosenId] = useState<AccountId>()
  const [isPaletteOpen, setPaletteOpen] = useState(false)
  // An account that has gone is nobody's choice any more.
  const accountId = accounts.some((account) => account.id === chosenId) ? chosenId : undefined
  const { run: lock, error: lockError } = useAction(() => mainApi().vault.lock())

  const onShortcut = useCallback(
    (event: KeyboardEvent) => {
      if (isShortcut(event, 'l')) void lock()
      else if (isShortcut(event, 'k')) setPaletteOpen((isOpen) => !isOpen)
      else return
      event.preventDefault()
    },
    [lock],
  )
  useEffect(() => {
    window.addEventListener('keydown', onShortcut)
    return () => window.removeEventListener('keydown', onShortcut)
  }, [onShortcut])

  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#content">
        {t('skip')}
      </a>
      <Rail current={route.screen} onGo={setRoute} />
      <header className={styles.bar}>
        <AccountSwitcher
          accountId={accountId}
          onChoose={setChosenId}
          onManage={() => setRoute({ screen: 'accounts' })}
        />
        <div className={styles.tools}>
          <Button
            variant={route.screen === 'receive' ? 'secondary' : 'quiet'}
            onClick={() => setRoute({ screen: 'receive' })}
          >
            <Icon name="receive" />
            {t('receive')}
          </Button>
          <Button
            variant={route.screen === 'send' ? 'secondary' : 'quiet'}
            onClick={() => setRoute({ screen: 'send' })}
          >
            <Icon name="send" />
            {t('send')}
          </Button>
          <span className={styles.divider} />
          <Button
            variant="quiet"
            title={t('commandsHint', { key: writeShortcut('K', platform) })}
            onClick={() => setPaletteOpen(true)}
          >
            <Icon name="search" />
            <span className="visually-hidden">{t('commands')}</span>
            <Kbd>{writeShortcut('K', platform)}</Kbd>
          </Button>
          <Button
            variant="quiet"
            title={t('lockHint', { key: writeShortcut('L', platform) })}
            onClick={() => void lock()}
          >
            <Icon name="lock" />
            {t('lock')}
          </Button>
        </div>
      </header>
      <main id="content" tabIndex={-1} className={styles.content}>
        {lockError && (
          <Notice tone="attention" role="alert">
            {errorText(lockError)}
          </Notice>
        )}
        <BackupReminder
          isHidden={route.screen === 'backups'}
          onOpen={() => setRoute({ screen: 'backups' })}
        />
        <RingingAlerts
          onOpen={route.screen === 'stablecoins' ? undefined : () => setRoute({ screen: 'stablecoins' })}
        />
        <FillNotice onOpen={() => setRoute({ screen: 'orders' })} />
        <Screen key={route.screen} route={route} accountId={accountId} onGo={setRoute} />
      </main>
      <StatusLine />
      {isPaletteOpen && (
        <CommandPalette
          onClose={() => setPaletteOpen(false)}
          onGo={setRoute}
          onLock={() => void lock()}
          onChooseAccount={setChosenId}
        />
      )}
    </div>
  )
}
