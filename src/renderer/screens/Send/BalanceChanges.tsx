import { useTranslations } from 'use-intl'
import type { BalanceChange, Recipient } from '../../../shared/contract/transfers.ts'
import { type AccountId, isSameAddress, tokenKey } from '../../../shared/identity/identity.ts'
import { nameParty } from '../../api/nameParty.ts'
import { shortenAddress } from '../../api/shortenAddress.ts'
import { useAccounts } from '../../api/useAccounts.ts'
import { Notice } from '../../design/Notice.tsx'
import { TokenAmount } from '../../parts/TokenAmount.tsx'
import styles from './TransferReview.module.css'

interface BalanceChangesProps {
  readonly accountId: AccountId
  readonly recipient: Recipient
  readonly changes: readonly BalanceChange[]
}

/** Whose balances the trial changed, and by how much. */
export function BalanceChanges({ accountId, recipient, changes }: BalanceChangesProps) {
  const t = useTranslations('send.preview')
  const sender = useAccounts().find((account) => account.id === accountId)
  if (changes.length === 0) return <Notice tone="caution">{t('noChanges')}</Notice>
  const nameOf = (address: BalanceChange['address']) => {
    if (sender && isSameAddress(address, sender.address)) return t('you')
    return isSameAddress(address, recipient.address) ? nameParty(recipient) : shortenAddress(address)
  }
  return (
    <section className={styles.changes}>
      <h3 className={styles.subtitle}>{t('changes')}</h3>
      <ul>
        {changes.map((change) => (
          <li key={`${change.address}:${tokenKey(change.token.ref)}`} className={styles.change}>
            <span title={change.address}>{nameOf(change.address)}</span>
            <TokenAmount units={change.delta} token={change.token} isChange />
          </li>
        ))}
      </ul>
    </section>
  )
}
