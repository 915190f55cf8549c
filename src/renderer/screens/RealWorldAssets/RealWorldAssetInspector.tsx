import { useQuery } from '@tanstack/react-query'
import { useFormatter, useLocale, useTranslations } from 'use-intl'
import type {
  AssetPrice,
  RealWorldAsset,
  RealWorldAssetReport,
} from '../../../shared/contract/realWorldAssets.ts'
import type { AccountId, Address, ChainId } from '../../../shared/identity/identity.ts'
import { queries } from '../../api/queries.ts'
import { useChainNames } from '../../api/useChainNames.ts'
import { Facts } from '../../design/Facts.tsx'
import { formatAmount, formatInteger } from '../../design/formatAmount.ts'
import { formatSignedBps, formatUsd } from '../../design/formatUsd.ts'
import { joinSentences } from '../../design/joinSentences.ts'
import { Notice } from '../../design/Notice.tsx'
import { Skeleton } from '../../design/Skeleton.tsx'
import { TokenMark } from '../../design/TokenMark.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import { AssetFacts } from '../../parts/AssetFacts.tsx'
import styles from '../../parts/AssetTable.module.css'
import { TokenAmount } from '../../parts/TokenAmount.tsx'
import { useAmounts } from '../../parts/useAmounts.tsx'
import { ExitCalculator } from './ExitCalculator.tsx'
import { HoldOutSection } from './HoldOutSection.tsx'
import { PremiumGauge } from './PremiumGauge.tsx'
import { ReferenceHistory } from './ReferenceHistory.tsx'
import { useWaitText } from './useWaitText.ts'

interface RealWorldAssetInspectorProps {
  readonly asset: RealWorldAsset
  readonly accountId: AccountId | undefined
}

/** One asset: price against worth, the rules for this account, the way out, the holders, and what is said of it. */
export function RealWorldAssetInspector({ asset, accountId }: RealWorldAssetInspectorProps) {
  const t = useTranslations('realWorldAssets')
  return (
    <div className={styles.inspector}>
      <header className={styles.head}>
        <TokenMark symbol={asset.symbol} assetClass="rwa" />
        <div>
          <h2 className={styles.headName}>{asset.name}</h2>
          <p className={styles.quiet}>
            {asset.symbol} · {t(`kinds.${asset.kind}`)}
          </p>
        </div>
      </header>
      {asset.prices.map((price) =>
        price.token.ref.address === 'native' ? null : (
          <OnChain
            key={price.token.ref.chainId}
            price={price}
            asset={{ chainId: price.token.ref.chainId, address: price.token.ref.address }}
            accountId={accountId}
          />
        ),
      )}
      {asset.prices.length === 0 && <p className={styles.quiet}>{t('notHereText')}</p>}
      <section>
        <h3 className={styles.subtitle}>{t('whatIsSaid')}</h3>
        <AssetFacts facts={asset.facts} contracts={asset.contracts} />
      </section>
    </div>
  )
}

interface OnChainProps {
  readonly price: AssetPrice
  readonly asset: { readonly chainId: ChainId; readonly address: Address }
  readonly accountId: AccountId | undefined
}

function OnChain({ price, asset, accountId }: OnChainProps) {
  const t = useTranslations('realWorldAssets')
  const tc = useTranslations('common')
  const errorText = useErrorText()
  const chainName = useChainNames()
  const { data: report, error } = useQuery(queries.realWorldAssetReport(asset, accountId))
  return (
    <>
      <section>
        <h3 className={styles.subtitle}>{t('priceOn', { network: chainName(asset.chainId) })}</h3>
        {price.premiumBps !== undefined && <PremiumGauge premiumBps={price.premiumBps} />}
        <PriceFacts price={price} />
        {price.reference && <ReferenceHistory asset={asset} />}
      </section>
      {error && (
        <Notice tone="attention" role="alert">
          {errorText(error)}
        </Notice>
      )}
      {!report && !error && <Skeleton rows={5} label={tc('loading')} />}
      {report && <ReportSections report={report} hasAccount={accountId !== undefined} />}
      {report && !report.partitions && (
        <HoldOutSection asset={asset} token={price.token} accountId={accountId} />
      )}
    </>
  )
}

function PriceFacts({ price }: { readonly price: AssetPrice }) {
  const t = useTranslations('realWorldAssets')
  const ta = useTranslations('assets')
  const locale = useLocale()
  const format = useFormatter()
  const amounts = useAmounts()
  const { market, reference, scheduledMultiplier } = price
  const at = (ms: number) => format.dateTime(ms, { dateStyle: 'medium', timeStyle: 'short' })
  const usd = (usdE8: bigint) => formatUsd(amounts.perShown(usdE8, price.token), locale)
  const times = (multiplier: bigint) =>
    `× ${formatAmount(multiplier, 18, { locale, maximumFractionDigits: 6 })}`
  return (
    <Facts
      rows={[
        {
          term: t('columns.price'),
          detail: price.usdE8 === undefined ? t('noPrice') : usd(price.usdE8),
        },
        ...(price.fairUsdE8 === undefined ? [] : [{ term: t('worth'), detail: usd(price.fairUsdE8) }]),
        { term: t('reference'), detail: t(`states.${price.referenceState}`) },
        ...(reference
          ? [
              {
                term: reference.description,
                detail: `${formatUsd(reference.usdE8, locale)} · ${ta(reference.isStale ? 'feedStale' : 'feedAge', { at: at(reference.updatedAtMs) })}`,
                isWide: true,
              },
            ]
          : []),
        ...(market
          ? [
              {
                term: market.name,
                detail:
                  market.isOpen && market.closesAtMs !== undefined
                    ? t('opensUntil', { at: at(market.closesAtMs) })
                    : market.nextOpeningMs === undefined
                      ? t('closed')
                      : t('opensAt', { at: at(market.nextOpeningMs) }),
                isWide: true,
              },
            ]
          : []),
        ...(price.multiplier === undefined
          ? []
          : [{ term: t('multiplier'), detail: times(price.multiplier) }]),
        ...(scheduledMultiplier
          ? [
              {
                term: t('multiplierFrom', { at: at(scheduledMultiplier.atMs) }),
                detail: times(scheduledMultiplier.multiplier),
              },
            ]
          : []),
      ]}
    />
  )
}

const powerNames = ['freeze', 'freezePart', 'forceTransfer', 'pause'] as const

interface ReportSectionsProps {
  readonly report: RealWorldAssetReport
  readonly hasAccount: boolean
}

function ReportSections({ report, hasAccount }: ReportSectionsProps) {
  const t = useTranslations('realWorldAssets')
  const locale = useLocale()
  const waitText = useWaitText()
  const amounts = useAmounts()
  const { permissions, price, exits, holders, vault, gap } = report
  const { token } = price
  const ruleText = (refusal: typeof permissions.sending) => {
    if (!refusal) return t('allowed')
    const words = refusal.words === undefined ? '' : ` ${t('itsWords', { words: refusal.words })}`
    return `${t(`rules.${refusal.rule}`)}${words}`
  }
  const amount = (units: bigint, of = token) => (
    <TokenAmount units={units} token={of} maximumFractionDigits={4} />
  )
  return (
    <>
      <section>
        <h3 className={styles.subtitle}>{t('mayI')}</h3>
        {!hasAccount && <p className={styles.quiet}>{t('chooseAccount')}</p>}
        {hasAccount &&
          report.partitions?.map(({ id, name, held, free, permissions: own }) => (
            <Facts
              key={id}
              rows={[
                { term: t('partition', { id }), detail: name },
                ...(held === undefined ? [] : [{ term: t('partitionHeld'), detail: amount(held) }]),
                ...(free === undefined || free === held
                  ? []
                  : [{ term: t('partitionFree'), detail: amount(free) }]),
                { term: t('receive'), detail: ruleText(own.receiving) },
                { term: t('sendOrSell'), detail: ruleText(own.sending) },
              ]}
            />
          ))}
        {report.partitions && <p className={styles.quiet}>{t('partitionNote')}</p>}
        {hasAccount && !report.partitions && (
          <Facts
            rows={[
              {
                term: t('receive'),
                detail: ruleText(permissions.receiving),
              },
              {
                term: t('sendOrSell'),
                detail: ruleText(permissions.sending),
              },
            ]}
          />
        )}
      </section>
      <section>
        <h3 className={styles.subtitle}>{t('wayOut')}</h3>
        <Facts
          rows={[
            ...exits.map(({ limitBps, units, into }) => ({
              term: t('exitAt', { limit: formatSignedBps(-limitBps, locale), into: into.symbol }),
              detail: amount(units),
            })),
            ...(exits.length === 0 ? [{ term: t('pools'), detail: t('noExit') }] : []),
            ...(holders ? [{ term: t('dailyVolume'), detail: amount(holders.dailyVolume) }] : []),
            ...(holders?.daysToExit === undefined
              ? []
              : [{ term: t('daysToExit'), detail: t('days', { count: holders.daysToExit }) }]),
            ...(vault
              ? [
                  { term: t('redemption'), detail: amount(vault.assetsPerShare, vault.asset) },
                  ...(vault.redeemable === undefined
                    ? []
                    : [{ term: t('redeemable'), detail: amount(vault.redeemable) }]),
                  ...(vault.pending === undefined
                    ? []
                    : [{ term: t('pending'), detail: amount(vault.pending) }]),
                  ...(vault.claimable === undefined
                    ? []
                    : [{ term: t('claimable'), detail: amount(vault.claimable) }]),
                ]
              : []),
          ]}
        />
        {gap && (
          <p className={styles.quiet}>
            {joinSentences(
              t(gap.result > 0n ? `gap.${gap.direction}` : 'gap.nothing', {
                spend: amounts.number(gap.spend, gap.money),
                symbol: gap.money.symbol,
                result: amounts.number(gap.result, gap.money, { maximumFractionDigits: 2 }),
              }),
              gap.result > 0n && waitText(gap.wait, gap.resultBps),
            )}
          </p>
        )}
        {holders && <ExitCalculator token={token} dailyVolume={holders.dailyVolume} />}
      </section>
      <section>
        <h3 className={styles.subtitle}>{t('holders')}</h3>
        <Facts
          rows={[
            ...(report.supply === undefined ? [] : [{ term: t('supply'), detail: amount(report.supply) }]),
            ...(holders
              ? [
                  { term: t('holderCount'), detail: formatInteger(BigInt(holders.holders), locale) },
                  {
                    term: t('largest'),
                    detail: formatSignedBps(holders.largestBps, locale).replace('+', ''),
                  },
                  { term: t('hhi'), detail: formatInteger(BigInt(holders.hhi), locale) },
                ]
              : report.partitions
                ? []
                : [{ term: t('holderCount'), detail: t('unreadable') }]),
            {
              term: t('dragAlong'),
              detail: report.dragAlong
                ? t(report.dragAlong.isBinding ? 'dragAlongTerms' : 'dragAlongEnded', {
                    quorum: formatSignedBps(report.dragAlong.quorumBps, locale).replace('+', ''),
                    days: formatInteger(
                      BigInt(Math.ceil(report.dragAlong.votePeriodSeconds / 86_400)),
                      locale,
                    ),
                  })
                : t('noDragAlong'),
              isWide: true,
            },
            {
              term: t('powers.title'),
              detail:
                powerNames
                  .filter((name) => report.powers[name])
                  .map((name) => t(`powers.${name}`))
                  .join(' · ') || t('powers.none'),
              isWide: true,
            },
          ]}
        />
      </section>
    </>
  )
}
