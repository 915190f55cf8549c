import { useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Holding } from '../../api/selectHoldings.ts'
import { useChainNames } from '../../api/useChainNames.ts'
import { Icon } from '../../design/Icon.tsx'
import { TokenMark } from '../../design/TokenMark.tsx'
import { TokenDialog } from '../../parts/TokenDialog.tsx'
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
          groups={[{ choices: holdings }]}
          emptyText={t('nothing')}
          onClose={() => setOpen(false)}
          onSelect={({ key }) => {
            setOpen(false)
            onSelect(key)
          }}
        />
      )}
    </div>
  )
}
