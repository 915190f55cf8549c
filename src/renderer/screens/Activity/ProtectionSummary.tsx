import { useQuery } from '@tanstack/react-query'
import { useFormatter, useLocale, useTranslations } from 'use-intl'
import type { ProtectionMonth } from '../../../shared/contract/activity.ts'
import type { AccountId } from '../../../shared/identity/identity.ts'
import { queries } from '../../api/queries.ts'
import { formatFiat } from '../../design/formatFiat.ts'
import { useAmounts } from '../../parts/useAmounts.tsx'
import styles from './ProtectionSummary.module.css'

/** What attacks cost and what was spared them, month by month; nothing while there was no trade. */
export function ProtectionSummary({ accountId }: { readonly accountId: AccountId | undefined }) {
  const t = useTranslations('activity.protection')
  const format = useFormatter()
  const locale = useLocale()
  const amounts = useAmounts()
  const months = useQuery(queries.protection(accountId)).data
  if (!months || months.length === 0) return null
  const writeAll = (list: ProtectionMonth['lost']) =>
    list.length === 0
      ? t('nothing')
      : list
          .map(({ token, units }) => amounts.write(units, token, { maximumFractionDigits: 'significant' }))
          .join(', ')
  const worth = (month: ProtectionMonth, side: 'lost' | 'spared') => {
    const { currency, [side]: value } = month.worth
    if (month[side].length === 0) return null
    return (
      <span className={styles.worth}>
        {value === 0n ? t('unknownWorth') : t('worth', { value: formatFiat(value, { currency, locale }) })}
      </span>
    )
  }
  const unpriced = months.reduce((sum, month) => sum + month.worth.unpriced, 0)
  return (
    <details className={styles.summary}>
      <summary>{t('title')}</summary>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('month')}</th>
            <th scope="col">{t('trades')}</th>
            <th scope="col">{t('privately')}</th>
            <th scope="col">{t('attacked')}</th>
            <th scope="col">{t('lost')}</th>
            <th scope="col">{t('spared')}</th>
          </tr>
        </thead>
        <tbody>
          {months.map((month) => (
            <tr key={month.month}>
              <th scope="row">
                {format.dateTime(new Date(`${month.month}-15T12:00:00Z`), { year: 'numeric', month: 'long' })}
              </th>
              <td>{format.number(month.trades)}</td>
              <td>{format.number(month.privately)}</td>
              <td>{format.number(month.attacked)}</td>
              <td>
                {writeAll(month.lost)}
                {worth(month, 'lost')}
              </td>
              <td>
                {writeAll(month.spared)}
                {worth(month, 'spared')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.note}>{t('note')}</p>
      {unpriced > 0 && <p className={styles.note}>{t('unpriced', { count: unpriced })}</p>}
    </details>
  )
}
