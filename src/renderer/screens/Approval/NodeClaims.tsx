import { useLocale, useTranslations } from 'use-intl'
import type { TransactionApproval, Trial, TriedChange } from '../../../shared/contract/approvals.ts'
import { isSameAddress } from '../../../shared/identity/identity.ts'
import { convertValue } from '../../../shared/money/computeValue.ts'
import { shortenAddress } from '../../api/shortenAddress.ts'
import { Address } from '../../design/Address.tsx'
import { Amount } from '../../design/Amount.tsx'
import { Badge } from '../../design/Badge.tsx'
import { formatAmount, formatInteger } from '../../design/formatAmount.ts'
import { formatFiat } from '../../design/formatFiat.ts'
import styles from './ApprovalScreen.module.css'

type Claims = TransactionApproval['claims']
type Named = Extract<Trial, { status: 'matches' }>['grants'][number]['to']

interface NodeClaimsProps {
  readonly claims: Claims
  readonly from: `0x${string}`
}

/** What a node says and the signer cannot check: kept apart from what was read in the bytes. */
export function NodeClaims({ claims, from }: NodeClaimsProps) {
  const t = useTranslations('approval.claims')
  const tt = useTranslations('approval.trial')
  const locale = useLocale()
  const { recipientEnsName, recipientIsContract, trial } = claims
  return (
    <section className={styles.claims} aria-label={t('title')}>
      <h2 className={styles.claimsTitle}>{t('title')}</h2>
      <p className={styles.claimsNote}>{t('note')}</p>
      {trial.status === 'matches' && (
        <>
          <Changes trial={trial} claims={claims} from={from} />
          <Grants trial={trial} />
          <Contracts trial={trial} />
        </>
      )}
      <ul className={styles.claimsList}>
        {trial.status === 'matches' && (
          <li>
            {tt(trial.by === 'node' ? 'matches' : 'matchesHere', {
              number: formatInteger(trial.blockNumber, locale),
            })}
          </li>
        )}
        {recipientEnsName !== undefined && <li>{t('ens', { name: recipientEnsName })}</li>}
        {recipientIsContract !== undefined && <li>{recipientIsContract ? t('contract') : t('person')}</li>}
        {recipientEnsName === undefined &&
          recipientIsContract === undefined &&
          trial.status === 'unavailable' && <li>{t('noName')}</li>}
      </ul>
    </section>
  )
}

interface TrialProps {
  readonly trial: Extract<Trial, { status: 'matches' }>
}

/** What every party gains and loses, the account itself first. */
function Changes({ trial, claims, from }: TrialProps & NodeClaimsProps) {
  const t = useTranslations('approval.claims')
  const own = trial.changes.filter(({ owner }) => isSameAddress(owner.address, from))
  const others = trial.changes.filter(({ owner }) => !isSameAddress(owner.address, from))
  return (
    <>
      <h3 className={styles.claimsTitle}>{t('changes')}</h3>
      {trial.changes.length === 0 ? <p>{t('noChanges')}</p> : null}
      <ul>
        {[...own, ...others].map((change) => (
          <li key={`${change.owner.address}:${change.tokenAddress}`} className={styles.change}>
            <span title={change.owner.address}>
              {change.owner.name ?? shortenAddress(change.owner.address)}
            </span>
            <span className={styles.changed}>
              <Delta change={change} />
              <Worth change={change} rate={claims.rate} />
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}

function Delta({ change: { token, tokenAddress, delta } }: { readonly change: TriedChange }) {
  const t = useTranslations('approval.claims')
  const locale = useLocale()
  if (token) {
    return (
      <Amount
        units={delta}
        decimals={token.decimals}
        symbol={token.symbol}
        isChange
        maximumFractionDigits="significant"
      />
    )
  }
  return (
    <span>
      {delta > 0n ? '+' : '−'}
      {formatInteger(delta < 0n ? -delta : delta, locale)}{' '}
      {t('unitsOf', { token: tokenAddress === 'native' ? '' : shortenAddress(tokenAddress) })}
    </span>
  )
}

function Worth({ change, rate }: { readonly change: TriedChange; readonly rate: Claims['rate'] }) {
  const locale = useLocale()
  if (change.usd === undefined) return null
  const value = rate ? convertValue(change.usd, rate.usd) : change.usd
  return (
    <span className={styles.worth}>{formatFiat(value, { currency: rate?.currency ?? 'USD', locale })}</span>
  )
}

/** Rights that the account gave while it ran: to whom, and how much. */
function Grants({ trial }: TrialProps) {
  const t = useTranslations('approval.claims')
  const locale = useLocale()
  if (trial.grants.length === 0) return null
  const nameOf = ({ address, name }: Named) => name ?? shortenAddress(address)
  const mostMeant = 2n ** 159n
  return (
    <>
      <h3 className={styles.claimsTitle}>{t('grants')}</h3>
      <ul className={styles.claimsList}>
        {trial.grants.map(({ kind, token, to, units, tokenDetails }) => (
          <li key={`${kind}:${token.address}:${to.address}:${units}`}>
            {kind === 'allowance'
              ? t('allowance', {
                  to: nameOf(to),
                  amount:
                    units >= mostMeant
                      ? t('anyAmount', { symbol: tokenDetails?.symbol ?? nameOf(token) })
                      : tokenDetails
                        ? `${formatAmount(units, tokenDetails.decimals, { locale, maximumFractionDigits: 'significant' })} ${tokenDetails.symbol}`
                        : `${formatInteger(units, locale)} ${t('unitsOf', { token: nameOf(token) })}`,
                })
              : t(kind, { to: nameOf(to), token: nameOf(token) })}
          </li>
        ))}
      </ul>
    </>
  )
}

/** Which contracts act, who says what they are called, and whether this account has had to do with them before. */
function Contracts({ trial }: TrialProps) {
  const t = useTranslations('approval.trial')
  const sourceOf = (from: Named['nameFrom']) => (from === 'claim' ? 'contract' : from)
  if (trial.contracts.length === 0) return null
  return (
    <>
      <h3 className={styles.claimsTitle}>{t('contracts')}</h3>
      <ul className={styles.contracts}>
        {trial.contracts.map(({ address, name, nameFrom, isFirstTime }) => {
          const source = sourceOf(nameFrom)
          return (
            <li key={address} className={styles.change}>
              <Address
                address={address}
                name={name}
                {...(source ? { nameFrom: source } : {})}
                look="short"
                canCopy={false}
              />
              {isFirstTime && (
                <Badge tone={name === undefined || nameFrom === 'claim' ? 'caution' : 'neutral'}>
                  {t('firstTime')}
                </Badge>
              )}
            </li>
          )
        })}
      </ul>
    </>
  )
}
