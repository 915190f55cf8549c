import { useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { matchesToken } from '../../api/matchesToken.ts'
import type { Holding } from '../../api/selectHoldings.ts'
import { useChainNames } from '../../api/useChainNames.ts'
import { Amount } from '../../design/Amount.tsx'
import { Badge } from '../../design/Badge.tsx'
import { Dialog } from '../../design/Dialog.tsx'
import { Icon } from '../../design/Icon.tsx'
import { TextInput } from '../../design/TextInput.tsx'
import { TokenMark } from '../../design/TokenMark.tsx'
import styles from './TokenPicker.module.css'

interface TokenPickerProps {
  readonly holdings: readonly Holding[]
  readonly selected: Holding | undefined
  readonly isMissing: boolean
  readonly onSelect: (key: string) => void
}

/** Chooses what to send, among what the account holds. */
export function TokenPicker({ holdings, selected, isMissing, onSelect }: TokenPickerProps) {
  const t = useTranslations('send.token')
  const chainName = useChainNames()
  const [isOpen, setOpen] = useState(false)
  const labelId = useId()
  const errorId = useId()
  return (
    <div className={styles.picker}>
      <span id={labelId} className={styles.label}>
        {t('label')}
      </span>
      <button
        type="button"
        className={styles.button}
        aria-haspopup="dialog"
        aria-label={
          selected
            ? t('change', { symbol: selected.token.symbol, network: chainName(selected.chainId) })
            : t('choose')
        }
        aria-describedby={isMissing ? errorId : undefined}
        onClick={() => setOpen(true)}
      >
        {selected ? (
          <>
            <TokenMark symbol={selected.token.symbol} assetClass={selected.token.assetClass} />
            <span className={styles.name}>
              {selected.token.symbol} <span className={styles.quiet}>{selected.token.name}</span>
            </span>
            <span className={styles.quiet}>{chainName(selected.chainId)}</span>
          </>
        ) : (
          <span className={styles.name}>{t('choose')}</span>
        )}
        <Icon name="chevron" size={16} />
      </button>
      {isMissing && (
        <p id={errorId} className={styles.error} role="alert">
          {t('choose')}
        </p>
      )}
      {isOpen && (
        <TokenDialog
          holdings={holdings}
          onClose={() => setOpen(false)}
          onSelect={(key) => {
            setOpen(false)
            onSelect(key)
          }}
        />
      )}
    </div>
  )
}

interface TokenDialogProps {
  readonly holdings: readonly Holding[]
  readonly onClose: () => void
  readonly onSelect: (key: string) => void
}

function TokenDialog({ holdings, onClose, onSelect }: TokenDialogProps) {
  const t = useTranslations('send.token')
  const tp = useTranslations('portfolio')
  const chainName = useChainNames()
  const [query, setQuery] = useState('')
  const found = holdings.filter((holding) => matchesToken(holding.token, query))
  return (
    <Dialog title={t('title')} onClose={onClose}>
      <TextInput
        type="search"
        aria-label={t('search')}
        placeholder={t('search')}
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
      />
      <ul className={styles.list} aria-label={t('list')}>
        {found.map(({ key, token, units, chainId }) => (
          <li key={key}>
            <button type="button" className={styles.option} onClick={() => onSelect(key)}>
              <TokenMark symbol={token.symbol} assetClass={token.assetClass} />
              <span className={styles.name}>
                {token.symbol} <span className={styles.quiet}>{token.name}</span>
                <span className={styles.network}>
                  {chainName(chainId)}
                  {token.source === 'contract' && <Badge tone="caution">{tp('unlisted')}</Badge>}
                </span>
              </span>
              <Amount units={units} decimals={token.decimals} symbol={token.symbol} />
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 && (
        <p className={styles.quiet} role="status">
          {holdings.length === 0 ? t('nothing') : t('none', { query })}
        </p>
      )}
    </Dialog>
  )
}
