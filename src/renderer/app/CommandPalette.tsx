import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Settings } from '../../shared/contract/settings.ts'
import type { AccountId } from '../../shared/identity/identity.ts'
import { mainApi } from '../api/mainApi.ts'
import { queries } from '../api/queries.ts'
import { useAccounts } from '../api/useAccounts.ts'
import { Dialog } from '../design/Dialog.tsx'
import { Icon, type IconName } from '../design/Icon.tsx'
import styles from './CommandPalette.module.css'
import { type Route, railScreens } from './route.ts'

interface CommandPaletteProps {
  readonly onClose: () => void
  readonly onGo: (route: Route) => void
  readonly onLock: () => void
  readonly onChooseAccount: (accountId: AccountId | undefined) => void
}

interface Command {
  readonly id: string
  readonly name: string
  readonly icon: IconName
  readonly run: () => void
}

/** Everything that can be done or gone to, by its name. */
export function CommandPalette(props: CommandPaletteProps) {
  const t = useTranslations('shell.palette')
  const listId = useId()
  const [query, setQuery] = useState('')
  const [active, setActive] = useState(0)
  const commands = useCommands(props)
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const found = commands.filter((command) => words.every((word) => command.name.toLowerCase().includes(word)))
  const selected = found[Math.min(active, found.length - 1)]
  const runCommand = (command: Command) => {
    props.onClose()
    command.run()
  }
  return (
    <Dialog title={t('title')} onClose={props.onClose} look="bare">
      <div className={styles.search}>
        <Icon name="search" />
        <input
          className={styles.input}
          role="combobox"
          aria-label={t('placeholder')}
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={selected && `${listId}-${selected.id}`}
          placeholder={t('placeholder')}
          value={query}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => {
            setQuery(event.currentTarget.value)
            setActive(0)
          }}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return
            if (event.key === 'ArrowDown') setActive((index) => (index + 1) % Math.max(1, found.length))
            else if (event.key === 'ArrowUp')
              setActive((index) => (index - 1 + found.length) % Math.max(1, found.length))
            else if (event.key === 'Enter' && selected) runCommand(selected)
            else return
            event.preventDefault()
          }}
        />
      </div>
      <div id={listId} role="listbox" aria-label={t('results')} className={styles.list}>
        {found.map((command) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the search field, which points here.
          // biome-ignore lint/a11y/useKeyWithClickEvents: the search field handles the keys.
          <div
            key={command.id}
            id={`${listId}-${command.id}`}
            role="option"
            aria-selected={command === selected}
            className={styles.option}
            onClick={() => runCommand(command)}
          >
            <Icon name={command.icon} />
            {command.name}
          </div>
        ))}
      </div>
      {found.length === 0 && <p className={styles.nothing}>{t('nothing', { query })}</p>}
      <span className="visually-hidden" role="status">
        {t('count', { count: found.length })}
      </span>
    </Dialog>
  )
}

function useCommands({ onGo, onLock, onChooseAccount }: CommandPaletteProps): Command[] {
  const t = useTranslations('shell.palette')
  const ts = useTranslations('shell')
  const accounts = useAccounts()
  const settings = useQuery(queries.settings).data
  const update = (changes: Partial<Settings>) => void mainApi().settings.update(changes)
  return [
    ...railScreens.map(
      (screen): Command => ({
        id: screen,
        name: t('goTo', { screen: ts(screen) }),
        icon: screen,
        run: () => onGo({ screen }),
      }),
    ),
    { id: 'accounts', name: t('accounts'), icon: 'accounts', run: () => onGo({ screen: 'accounts' }) },
    { id: 'backups', name: t('backups'), icon: 'backups', run: () => onGo({ screen: 'backups' }) },
    { id: 'send', name: t('send'), icon: 'send', run: () => onGo({ screen: 'send' }) },
    { id: 'receive', name: t('receive'), icon: 'receive', run: () => onGo({ screen: 'receive' }) },
    { id: 'allowances', name: t('allowances'), icon: 'key', run: () => onGo({ screen: 'allowances' }) },
    { id: 'calls', name: t('calls'), icon: 'paper', run: () => onGo({ screen: 'calls' }) },
    { id: 'lock', name: t('lock'), icon: 'lock', run: onLock },
    {
      id: 'all',
      name: t('account', { name: ts('accounts.all') }),
      icon: 'paper',
      run: () => onChooseAccount(undefined),
    },
    ...accounts
      .filter(({ isHidden }) => !isHidden)
      .map(
        (account): Command => ({
          id: `account-${account.id}`,
          name: t('account', { name: account.name }),
          icon: 'key',
          run: () => onChooseAccount(account.id),
        }),
      ),
    { id: 'light', name: t('light'), icon: 'settings', run: () => update({ theme: 'light' }) },
    { id: 'dark', name: t('dark'), icon: 'settings', run: () => update({ theme: 'dark' }) },
    settings?.density === 'compact'
      ? {
          id: 'density',
          name: t('comfortable'),
          icon: 'settings',
          run: () => update({ density: 'comfortable' }),
        }
      : { id: 'density', name: t('compact'), icon: 'settings', run: () => update({ density: 'compact' }) },
  ]
}
