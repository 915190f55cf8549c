import { useId } from 'react'
import { useTranslations } from 'use-intl'
import type { Holding } from '../../api/selectHoldings.ts'
import { useChainNames } from '../../api/useChainNames.ts'
import { Amount } from '../../design/Amount.tsx'
import { Badge } from '../../design/Badge.tsx'
import { TokenMark } from '../../design/TokenMark.tsx'
import styles from './HoldingTable.module.css'

interface HoldingTableProps {
  readonly title: string
  readonly holdings: readonly Holding[]
  readonly selectedKey: string | undefined
  readonly onSelect: (key: string) => void
}

/** Holdings of one kind; amounts stand under one another at the separator. */
export function HoldingTable({ title, holdings, selectedKey, onSelect }: HoldingTableProps) {
  const t = useTranslations('portfolio')
  const chainName = useChainNames()
  const titleId = useId()
  return (
    <section className={styles.group} aria-labelledby={titleId}>
      <h2 id={titleId} className={styles.title}>
        {title}
      </h2>
      <table className={styles.table} aria-labelledby={titleId}>
        <thead className="visually-hidden">
          <tr>
            <th scope="col">{t('columns.asset')}</th>
            <th scope="col">{t('columns.network')}</th>
            <th scope="col">{t('columns.amount')}</th>
          </tr>
        </thead>
        <tbody>
          {holdings.map(({ key, token, chainId, units }) => (
            <tr key={key} className={styles.row} data-selected={key === selectedKey || undefined}>
              <td>
                <div className={styles.asset}>
                  <TokenMark symbol={token.symbol} assetClass={token.assetClass} />
                  <button
                    type="button"
                    className={styles.name}
                    aria-label={t('details', { name: `${token.name} (${token.symbol})` })}
                    aria-pressed={key === selectedKey}
                    onClick={() => onSelect(key)}
                  >
                    {token.name}
                  </button>
                  {token.pegCurrency && (
                    <Badge title={t('peg', { currency: token.pegCurrency })}>{token.pegCurrency}</Badge>
                  )}
                  {token.source === 'contract' && (
                    <Badge tone="caution" title={t('unlistedHint')}>
                      {t('unlisted')}
                    </Badge>
                  )}
                </div>
              </td>
              <td className={styles.network}>{chainName(chainId)}</td>
              <td className={styles.amount}>
                <Amount
                  // A changed balance lights up for a moment: a new element starts the animation again.
                  key={units.toString()}
                  units={units}
                  decimals={token.decimals}
                  symbol={token.symbol}
                  look="column"
                  minimumFractionDigits={2}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
