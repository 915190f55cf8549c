import { useFormatter, useTranslations } from 'use-intl'
import type { AssetContract, AssetFact, Attribution } from '../../shared/contract/assets.ts'
import { useChainNames } from '../api/useChainNames.ts'
import { Address } from '../design/Address.tsx'
import { Badge } from '../design/Badge.tsx'
import styles from './AssetFacts.module.css'

interface AssetFactsProps {
  readonly facts: readonly AssetFact[]
  readonly contracts: readonly AssetContract[]
}

/** What is said of an asset, each statement with whose word it is and of which day. */
export function AssetFacts({ facts, contracts }: AssetFactsProps) {
  const t = useTranslations('assets')
  const chainName = useChainNames()
  return (
    <>
      <dl className={styles.facts}>
        {facts.map(({ topic, value, authority, source }) => (
          <div key={`${topic}-${value}`} className={styles.fact}>
            <dt>{t(`topics.${topic}`)}</dt>
            <dd>
              {topic === 'redemptionDelay' ? (
                t('delayDays', { days: Number(value) })
              ) : (
                <FactValue value={value} />
              )}
              {authority !== undefined && ` · ${authority === 'localRules' ? t('localRules') : authority}`}
              <Source source={source} />
            </dd>
          </div>
        ))}
        {facts.length === 0 && <p className={styles.quiet}>{t('nothingKnown')}</p>}
      </dl>
      <h3 className={styles.subtitle}>{t('contracts')}</h3>
      <ul className={styles.contracts}>
        {contracts.map(({ chainId, address, confirmation, source }) => (
          <li key={`${chainId}-${address}`}>
            <span className={styles.contractHead}>
              {chainName(chainId)}
              <Badge tone={confirmation === 'otherSymbol' ? 'attention' : 'neutral'}>
                {t(`confirmation.${confirmation}`)}
              </Badge>
            </span>
            <Address address={address} />
            <Source source={source} />
          </li>
        ))}
      </ul>
    </>
  )
}

const knownValues = [
  'fiatReserves',
  'cryptoCollateral',
  'mixed',
  'treasuries',
  'physicalGold',
  'shares',
  'companyLoans',
  'building',
  'issuerAtPar',
  'issuerAtNetAssetValue',
  'atOnce',
  'onRequest',
  'none',
  'anyone',
  'nonUsPersons',
  'verifiedHolders',
  'eMoneyToken',
  'fundsTransfer',
  'security',
  'commodity',
  'isBlacklisted',
  'isBlackListed',
  'isFrozen',
  'paused',
] as const
type KnownValue = (typeof knownValues)[number]

/** Words for what has them; proper names and standards as they are. */
function FactValue({ value }: { readonly value: string }) {
  const t = useTranslations('assets.values')
  const known = knownValues.find((each): each is KnownValue => each === value)
  return <span>{known ? t(known) : value}</span>
}

function Source({ source }: { readonly source: Attribution }) {
  const t = useTranslations('assets')
  const format = useFormatter()
  const day = format.dateTime(new Date(`${source.asOf}T12:00:00Z`), { dateStyle: 'medium' })
  return (
    <span className={styles.source} title={source.url}>
      {t('source', { title: source.title, day })}
    </span>
  )
}
