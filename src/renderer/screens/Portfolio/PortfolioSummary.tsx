import { useState } from 'react'
import { useFormatter, useLocale, useTranslations } from 'use-intl'
import type { AccountId } from '../../../shared/identity/identity.ts'
import type { AssetClass } from '../../../shared/identity/token.ts'
import type { PartKind, PortfolioSummary as Summary } from '../../api/summarisePortfolio.ts'
import { useAccounts } from '../../api/useAccounts.ts'
import { useChainNames } from '../../api/useChainNames.ts'
import { useFiat } from '../../api/useFiat.ts'
import { formatFiat } from '../../design/formatFiat.ts'
import { SegmentedChoice } from '../../design/SegmentedChoice.tsx'
import styles from './PortfolioSummary.module.css'
import { ValueHistory } from './ValueHistory.tsx'

const kinds = ['class', 'account', 'chain'] as const
/** Parts that have a colour of their own; the rest share the last one. */
const colours = 6

interface PortfolioSummaryProps {
  readonly summary: Summary
  /** Whose holdings these are; of all accounts where absent. */
  readonly accountId: AccountId | undefined
}

/** What everything is worth together, and what it is made of: by kind of asset, account or network. */
export function PortfolioSummary({ summary, accountId }: PortfolioSummaryProps) {
  const t = useTranslations('portfolio')
  const locale = useLocale()
  const format = useFormatter()
  const fiat = useFiat()
  const accounts = useAccounts()
  const chainName = useChainNames()
  const [kind, setKind] = useState<PartKind>('class')
  if (!fiat.isReady) return null
  const parts = summary.parts[kind]
  const nameOf = (key: string) => {
    if (kind === 'class') return t(`classes.${key as AssetClass}`)
    if (kind === 'chain') return chainName(Number(key) as Parameters<typeof chainName>[0])
    return accounts.find(({ id }) => id === key)?.name ?? key
  }
  /** In ten thousandths, for people; money itself never becomes a number. */
  const shareOf = (value: bigint) =>
    summary.total === 0n ? 0 : Number((value * 10_000n) / summary.total) / 10_000
  return (
    <section className={styles.summary} aria-label={t('summary.label')}>
      <div className={styles.head}>
        <div>
          <h2 className={styles.caption}>{t('summary.total')}</h2>
          <p className={styles.total}>{formatFiat(summary.total, { currency: fiat.currency, locale })}</p>
          {summary.unpriced > 0 && (
            <p className={styles.note}>{t('summary.unpriced', { count: summary.unpriced })}</p>
          )}
          {summary.unread > 0 && (
            <p className={styles.note}>{t('summary.unread', { count: summary.unread })}</p>
          )}
          {fiat.missing !== undefined && (
            <p className={styles.note}>{t('summary.missingRate', { currency: fiat.missing })}</p>
          )}
        </div>
        <SegmentedChoice
          label={t('summary.by')}
          value={kind}
          options={kinds.map((value) => ({ value, label: t(`summary.kinds.${value}`) }))}
          onChange={setKind}
        />
      </div>
      {parts.length > 0 && (
        <>
          <div className={styles.bar} aria-hidden="true">
            {parts.map(({ key, value }, index) => (
              <span
                key={key}
                className={styles.slice}
                data-colour={Math.min(index, colours - 1)}
                style={{ flexGrow: Math.max(shareOf(value), 0.004) }}
              />
            ))}
          </div>
          <ul className={styles.legend}>
            {parts.map(({ key, value }, index) => (
              <li key={key} className={styles.part}>
                <span className={styles.dot} data-colour={Math.min(index, colours - 1)} />
                <span className={styles.partName}>{nameOf(key)}</span>
                <span>{formatFiat(value, { currency: fiat.currency, locale })}</span>
                <span className={styles.share}>
                  {format.number(shareOf(value), { style: 'percent', maximumFractionDigits: 1 })}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      <ValueHistory accountId={accountId} />
    </section>
  )
}
