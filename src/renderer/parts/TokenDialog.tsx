import { Fragment, type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { ChainId } from '../../shared/identity/identity.ts'
import type { Token } from '../../shared/identity/token.ts'
import { matchesToken } from '../api/matchesToken.ts'
import { useChainNames } from '../api/useChainNames.ts'
import { Badge } from '../design/Badge.tsx'
import { Dialog } from '../design/Dialog.tsx'
import { TextInput } from '../design/TextInput.tsx'
import { TokenMark } from '../design/TokenMark.tsx'
import { TokenAmount } from './TokenAmount.tsx'
import styles from './TokenDialog.module.css'

/** A token that can be chosen, and how much of it is at hand, where anything is. */
export interface TokenChoice {
  readonly key: string
  readonly token: Token
  readonly chainId: ChainId
  readonly units?: bigint
}

interface TokenDialogProps<Choice extends TokenChoice> {
  readonly groups: readonly { readonly label?: string; readonly choices: readonly Choice[] }[]
  /** Said where there is nothing to choose from at all. */
  readonly emptyText: string
  readonly onClose: () => void
  readonly onSelect: (choice: Choice) => void
  /** Takes the place of "nothing matches", for a search that can go further than the list. */
  readonly renderUnmatched?: (query: string) => ReactNode
}

/** Chooses a token, searched by name, symbol or address; Enter in the search takes the first. */
export function TokenDialog<Choice extends TokenChoice>({
  groups,
  emptyText,
  onClose,
  onSelect,
  renderUnmatched,
}: TokenDialogProps<Choice>) {
  const t = useTranslations('common.tokens')
  const [query, setQuery] = useState('')
  const found = groups
    .map((group) => ({ ...group, choices: group.choices.filter(({ token }) => matchesToken(token, query)) }))
    .filter((group) => group.choices.length > 0)
  const first = found[0]?.choices[0]
  const isEmpty = groups.every((group) => group.choices.length === 0)
  return (
    <Dialog title={t('title')} onClose={onClose}>
      <TextInput
        type="search"
        aria-label={t('search')}
        placeholder={t('search')}
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing || query.trim() === '' || !first) return
          event.preventDefault()
          onSelect(first)
        }}
      />
      <div className={styles.list}>
        {found.map(({ label, choices }) => (
          <Fragment key={label ?? ''}>
            {label !== undefined && <h3 className={styles.group}>{label}</h3>}
            <ul aria-label={label ?? t('list')}>
              {choices.map((choice) => (
                <li key={choice.key}>
                  <TokenOption choice={choice} onSelect={() => onSelect(choice)} />
                </li>
              ))}
            </ul>
          </Fragment>
        ))}
        {found.length === 0 &&
          (renderUnmatched?.(query) ?? (
            <p className={styles.group} role="status">
              {isEmpty ? emptyText : t('none', { query })}
            </p>
          ))}
      </div>
    </Dialog>
  )
}

interface TokenOptionProps {
  readonly choice: TokenChoice
  readonly onSelect: () => void
}

/** One token of the list: its name, where it lies, what the name rests on, how much is held. */
export function TokenOption({ choice: { token, chainId, units }, onSelect }: TokenOptionProps) {
  const tp = useTranslations('portfolio')
  const chainName = useChainNames()
  return (
    <button type="button" className={styles.option} onClick={onSelect}>
      <TokenMark symbol={token.symbol} assetClass={token.assetClass} />
      <span className={styles.name}>
        {token.symbol} <span className={styles.quiet}>{token.name}</span>
        <span className={styles.network}>
          {chainName(chainId)}
          {token.source === 'contract' && <Badge tone="caution">{tp('unlisted')}</Badge>}
        </span>
      </span>
      {units !== undefined && <TokenAmount units={units} token={token} />}
    </button>
  )
}
