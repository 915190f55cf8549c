import { memo, useId, useRef } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { Holding } from '../../api/selectHoldings.ts'
import { useChainNames } from '../../api/useChainNames.ts'
import { useFiat } from '../../api/useFiat.ts'
import { Badge } from '../../design/Badge.tsx'
import { formatFiat } from '../../design/formatFiat.ts'
import { TokenMark } from '../../design/TokenMark.tsx'
import { useVisibleRows } from '../../design/useVisibleRows.ts'
import { TokenAmount } from '../../parts/TokenAmount.tsx'
import styles from './HoldingTable.module.css'

interface HoldingTableProps {
  readonly title: string
  readonly holdings: readonly Holding[]
  readonly selectedKey: string | undefined
  readonly onSelect: (key: string) => void
}

/** Of the comfortable density; the compact one is lower, which draws a few rows more than can be seen. */
const rowHeight = 48

/** Holdings of one kind; amounts stand under one another at the separator. */
export function HoldingTable({ title, holdings, selectedKey, onSelect }: HoldingTableProps) {
  const t = useTranslations('portfolio')
  const chainName = useChainNames()
  const titleId = useId()
  const fiat = useFiat()
  const locale = useLocale()
  const tableRef = useRef<HTMLTableElement>(null)
  const worthOf = (units: bigint, token: Holding['token']) => {
    const value = fiat.valueOf(units, token)
    if (value !== undefined) return formatFiat(value, { currency: fiat.currency, locale })
    return fiat.priceOf(token.ref)?.state === 'unknown' && units > 0n ? 'unknown' : undefined
  }
  const { first, end } = useVisibleRows(tableRef, holdings.length, rowHeight)
  return (
    <section className={styles.group} aria-labelledby={titleId}>
      <h2 id={titleId} className={styles.title}>
        {title}
      </h2>
      <table
        ref={tableRef}
        className={styles.table}
        aria-labelledby={titleId}
        aria-rowcount={holdings.length + 1}
      >
        <thead className="visually-hidden">
          <tr>
            <th scope="col">{t('columns.asset')}</th>
            <th scope="col">{t('columns.network')}</th>
            <th scope="col">{t('columns.amount')}</th>
            <th scope="col">{t('columns.value')}</th>
          </tr>
        </thead>
        <tbody>
          {first > 0 && <tr style={{ height: first * rowHeight }} />}
          {holdings.slice(first, end).map(({ key, token, chainId, units }, index) => (
            <HoldingRow
              key={key}
              holdingKey={key}
              token={token}
              units={units}
              network={chainName(chainId)}
              worth={worthOf(units, token)}
              rowIndex={first + index + 2}
              isSelected={key === selectedKey}
              onSelect={onSelect}
            />
          ))}
          {end < holdings.length && <tr style={{ height: (holdings.length - end) * rowHeight }} />}
        </tbody>
      </table>
    </section>
  )
}

interface HoldingRowProps {
  readonly holdingKey: string
  readonly token: Holding['token']
  readonly units: bigint
  readonly network: string
  /** As it is written; `unknown` where there is something that has no price. */
  readonly worth: string | undefined
  /** From 1, the head counted in. */
  readonly rowIndex: number
  readonly isSelected: boolean
  readonly onSelect: (key: string) => void
}

/** Drawn anew only when something of its own changed: most rows stay as they are from block to block and while one scrolls. */
const HoldingRow = memo(function HoldingRow({
  holdingKey,
  token,
  units,
  network,
  worth,
  rowIndex,
  isSelected,
  onSelect,
}: HoldingRowProps) {
  const t = useTranslations('portfolio')
  return (
    <tr aria-rowindex={rowIndex} className={styles.row} data-selected={isSelected || undefined}>
      <td>
        <div className={styles.asset}>
          <TokenMark symbol={token.symbol} assetClass={token.assetClass} />
          <button
            type="button"
            className={styles.name}
            aria-label={t('details', { name: `${token.name} (${token.symbol})` })}
            aria-pressed={isSelected}
            onClick={() => onSelect(holdingKey)}
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
      <td className={styles.network}>{network}</td>
      <td className={styles.amount}>
        <TokenAmount
          // A changed balance lights up for a moment: a new element starts the animation again.
          key={units.toString()}
          units={units}
          token={token}
          look="column"
          minimumFractionDigits={2}
        />
      </td>
      <td className={styles.value}>
        {worth === 'unknown' ? <span title={t('noPriceHint')}>{t('noPrice')}</span> : worth}
      </td>
    </tr>
  )
})
