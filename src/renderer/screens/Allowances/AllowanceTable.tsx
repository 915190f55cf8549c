import { useFormatter, useTranslations } from 'use-intl'
import type { Allowance } from '../../../shared/contract/allowances.ts'
import { useAccounts } from '../../api/useAccounts.ts'
import { useChainNames } from '../../api/useChainNames.ts'
import { useNameOf } from '../../api/useNameOf.ts'
import { Address } from '../../design/Address.tsx'
import { Badge } from '../../design/Badge.tsx'
import { FiatValue } from '../../parts/FiatValue.tsx'
import { TokenAmount } from '../../parts/TokenAmount.tsx'
import { useAmounts } from '../../parts/useAmounts.tsx'
import styles from './AllowancesScreen.module.css'

interface AllowanceTableProps {
  readonly allowances: readonly Allowance[]
  readonly chosen: readonly string[]
  readonly mayJoin: (allowance: Allowance) => boolean
  readonly onToggle: (allowance: Allowance) => void
}

/** Every right that was given, the most dangerous first. */
export function AllowanceTable({ allowances, chosen, mayJoin, onToggle }: AllowanceTableProps) {
  const t = useTranslations('allowances')
  const amounts = useAmounts()
  const format = useFormatter()
  const accounts = useAccounts()
  const chainName = useChainNames()
  const nameOf = useNameOf()
  return (
    <table className={styles.table} aria-label={t('title')}>
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">{t('choose')}</span>
          </th>
          <th scope="col">{t('columns.who')}</th>
          <th scope="col">{t('columns.what')}</th>
          <th scope="col">{t('columns.risk')}</th>
          <th scope="col">{t('columns.account')}</th>
        </tr>
      </thead>
      <tbody>
        {allowances.map((allowance) => {
          const { name, source } = nameOf(allowance.spender, { name: allowance.spenderName, source: 'list' })
          const account = accounts.find(({ id }) => id === allowance.accountId)
          const isChosen = chosen.includes(allowance.id)
          const what = allowance.isUnlimited
            ? t('allOf', { symbol: allowance.token.symbol })
            : amounts.write(allowance.units, allowance.token)
          return (
            <tr key={allowance.id} className={styles.row} data-selected={isChosen || undefined}>
              <td>
                <input
                  type="checkbox"
                  aria-label={t('chooseWhat', { name, what })}
                  checked={isChosen}
                  disabled={account?.isWatchOnly || (!isChosen && !mayJoin(allowance))}
                  onChange={() => onToggle(allowance)}
                />
              </td>
              <td>
                <Address
                  address={allowance.spender}
                  {...(source ? { name, nameFrom: source } : {})}
                  look="short"
                  canCopy={false}
                />
                <div className={styles.badges}>
                  {allowance.kind === 'permit2' && <Badge title={t('permit2Hint')}>Permit2</Badge>}
                  {!allowance.isSpenderContract && (
                    <Badge tone="attention" title={t('plainHint')}>
                      {t('plain')}
                    </Badge>
                  )}
                </div>
              </td>
              <td>
                {what}{' '}
                {allowance.token.source === 'contract' && (
                  <Badge tone="caution" title={t('unlistedHint')}>
                    {t('unlisted')}
                  </Badge>
                )}
                {allowance.kind === 'permit2' && (
                  <span className={styles.quiet}>
                    {t('until', { date: format.dateTime(allowance.expiresAtMs, { dateStyle: 'medium' }) })}
                  </span>
                )}
              </td>
              <td>
                <span className={styles.risk}>
                  <FiatValue units={allowance.atRisk} token={allowance.token} isOptional />
                  <TokenAmount units={allowance.atRisk} token={allowance.token} />
                </span>
              </td>
              <td className={styles.quiet}>
                {account?.name} · {chainName(allowance.chainId)}
                {account?.isWatchOnly && <Badge title={t('watchOnlyHint')}>{t('watchOnly')}</Badge>}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
