import { useTranslations } from 'use-intl'
import type { Chain } from '../../shared/contract/chains.ts'
import type { Account } from '../../shared/contract/vault.ts'
import type { AccountId, ChainId } from '../../shared/identity/identity.ts'
import { Select } from '../design/Select.tsx'
import styles from './TradeSources.module.css'

interface TradeSourcesProps {
  readonly accounts: readonly Account[]
  readonly account: Account
  readonly chains: readonly Chain[]
  readonly chain: Chain
  readonly isLocked: boolean
  /** Another network has other tokens, so what was typed is dropped with it. */
  readonly onChange: (
    changes: { readonly chainId: ChainId; readonly amount: '' } | { readonly accountId: AccountId },
  ) => void
}

/** Whose money, and on which network; each only where there is a choice. */
export function TradeSources({ accounts, account, chains, chain, isLocked, onChange }: TradeSourcesProps) {
  const t = useTranslations('swap')
  return (
    <div className={styles.sources}>
      {chains.length > 1 && (
        <Select
          aria-label={t('network')}
          value={chain.chainId}
          disabled={isLocked}
          onChange={(event) => {
            const chosen = chains.find(({ chainId }) => String(chainId) === event.currentTarget.value)
            if (chosen) onChange({ chainId: chosen.chainId, amount: '' })
          }}
        >
          {chains.map(({ chainId, name }) => (
            <option key={chainId} value={chainId}>
              {name}
            </option>
          ))}
        </Select>
      )}
      {accounts.length > 1 && (
        <Select
          aria-label={t('account')}
          value={account.id}
          disabled={isLocked}
          onChange={(event) => {
            const chosen = accounts.find(({ id }) => id === event.currentTarget.value)
            if (chosen) onChange({ accountId: chosen.id })
          }}
        >
          {accounts.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      )}
    </div>
  )
}
