import { useLocale, useTranslations } from 'use-intl'
import type { TokenRef } from '../../../shared/identity/identity.ts'
import type { Holding } from '../../api/selectHoldings.ts'
import { useAccounts } from '../../api/useAccounts.ts'
import { useChainNames } from '../../api/useChainNames.ts'
import { Address } from '../../design/Address.tsx'
import { Button } from '../../design/Button.tsx'
import { Facts } from '../../design/Facts.tsx'
import { formatInteger } from '../../design/formatAmount.ts'
import { Icon } from '../../design/Icon.tsx'
import { Notice } from '../../design/Notice.tsx'
import { TokenMark } from '../../design/TokenMark.tsx'
import { PriceFacts } from '../../parts/PriceFacts.tsx'
import { PriceHistory } from '../../parts/PriceHistory.tsx'
import { TokenAmount } from '../../parts/TokenAmount.tsx'
import { CostFacts } from './CostFacts.tsx'
import styles from './HoldingInspector.module.css'

interface HoldingInspectorProps {
  readonly holding: Holding
  readonly onSend: (token: TokenRef) => void
  readonly onReceive: () => void
}

/** Everything known about one holding, and what can be done with it. */
export function HoldingInspector({ holding, onSend, onReceive }: HoldingInspectorProps) {
  const t = useTranslations('portfolio.inspector')
  const tp = useTranslations('portfolio')
  const ts = useTranslations('shell')
  const locale = useLocale()
  const chainName = useChainNames()
  const accounts = useAccounts()
  const { token, units, byAccount, chainId, blockNumber } = holding
  const amountOf = (amount: bigint) => <TokenAmount units={amount} token={token} isExact />
  const accountRows = byAccount.map((entry) => ({
    term: accounts.find((account) => account.id === entry.accountId)?.name ?? entry.accountId,
    detail: amountOf(entry.units),
  }))
  return (
    <div className={styles.inspector}>
      <header className={styles.head}>
        <TokenMark symbol={token.symbol} assetClass={token.assetClass} />
        <div>
          <h2 className={styles.name}>{token.name}</h2>
          <p className={styles.symbol}>
            {token.symbol} · {chainName(chainId)}
          </p>
        </div>
      </header>
      <p className={styles.balance}>
        <TokenAmount units={units} token={token} />
      </p>
      {token.source === 'contract' && <Notice tone="caution">{tp('unlistedHint')}</Notice>}
      <div className={styles.actions}>
        <Button variant="primary" disabled={units === 0n} onClick={() => onSend(token.ref)}>
          <Icon name="send" size={16} />
          {ts('send')}
        </Button>
        <Button onClick={onReceive}>
          <Icon name="receive" size={16} />
          {ts('receive')}
        </Button>
      </div>
      <PriceFacts token={token} />
      <PriceHistory token={token} />
      <CostFacts token={token} />
      {accountRows.length > 0 && (
        <section>
          <h3 className={styles.subtitle}>{t('accounts')}</h3>
          <Facts rows={accountRows} />
        </section>
      )}
      <section>
        <Facts
          rows={[
            { term: t('kind'), detail: tp(`classes.${token.assetClass}`) },
            ...(token.pegCurrency ? [{ term: t('pegCurrency'), detail: token.pegCurrency }] : []),
            { term: t('network'), detail: chainName(chainId) },
            { term: t('source'), detail: t(`sources.${token.source}`) },
            { term: t('decimals'), detail: String(token.decimals) },
            token.ref.address === 'native'
              ? { term: t('contract'), detail: t('nativeCoin', { network: chainName(chainId) }) }
              : { term: t('contract'), detail: <Address address={token.ref.address} />, isWide: true },
          ]}
        />
      </section>
      <p className={styles.asOf}>{t('asOf', { number: formatInteger(blockNumber, locale) })}</p>
    </div>
  )
}
