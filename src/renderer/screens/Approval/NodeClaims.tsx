import { useLocale, useTranslations } from 'use-intl'
import type { TransactionApproval } from '../../../shared/contract/approvals.ts'
import { tokenKey } from '../../../shared/identity/identity.ts'
import { shortenAddress } from '../../api/shortenAddress.ts'
import { Address } from '../../design/Address.tsx'
import { Amount } from '../../design/Amount.tsx'
import { formatInteger } from '../../design/formatAmount.ts'
import styles from './ApprovalScreen.module.css'

/** What a node says and the signer cannot check: kept apart from what was read in the bytes. */
export function NodeClaims({ claims }: { readonly claims: TransactionApproval['claims'] }) {
  const t = useTranslations('approval.claims')
  const tt = useTranslations('approval.trial')
  const locale = useLocale()
  const { recipientEnsName, recipientIsContract, simulatedChanges, trial } = claims
  return (
    <section className={styles.claims} aria-label={t('title')}>
      <h2 className={styles.claimsTitle}>{t('title')}</h2>
      <p className={styles.claimsNote}>{t('note')}</p>
      <ul className={styles.claimsList}>
        {trial.status === 'matches' && (
          <li>{tt('matches', { number: formatInteger(trial.blockNumber, locale) })}</li>
        )}
        {recipientEnsName !== undefined && <li>{t('ens', { name: recipientEnsName })}</li>}
        {recipientIsContract !== undefined && <li>{recipientIsContract ? t('contract') : t('person')}</li>}
        {recipientEnsName === undefined &&
          recipientIsContract === undefined &&
          simulatedChanges === undefined && <li>{t('noName')}</li>}
      </ul>
      {trial.status === 'matches' && trial.contracts.length > 0 && (
        <>
          <h3 className={styles.claimsTitle}>{tt('contracts')}</h3>
          <ul>
            {trial.contracts.map((address) => (
              <li key={address}>
                <Address address={address} canCopy={false} />
              </li>
            ))}
          </ul>
        </>
      )}
      {simulatedChanges && simulatedChanges.length > 0 && (
        <>
          <h3 className={styles.claimsTitle}>{t('changes')}</h3>
          <ul>
            {simulatedChanges.map((change) => (
              <li key={`${change.address}:${tokenKey(change.token.ref)}`} className={styles.change}>
                <span className="mono" title={change.address}>
                  {shortenAddress(change.address)}
                </span>
                <Amount
                  units={change.delta}
                  decimals={change.token.decimals}
                  symbol={change.token.symbol}
                  isChange
                />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
