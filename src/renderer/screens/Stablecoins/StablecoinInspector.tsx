import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormatter, useLocale, useTranslations } from 'use-intl'
import type { FeedReading } from '../../../shared/contract/assets.ts'
import type { PegReading, Stablecoin } from '../../../shared/contract/stablecoins.ts'
import type { Address, ChainId } from '../../../shared/identity/identity.ts'
import { queries } from '../../api/queries.ts'
import { useAccounts } from '../../api/useAccounts.ts'
import { useChainNames } from '../../api/useChainNames.ts'
import { Facts } from '../../design/Facts.tsx'
import { formatSignedBps, formatUsd } from '../../design/formatUsd.ts'
import { Notice } from '../../design/Notice.tsx'
import { Skeleton } from '../../design/Skeleton.tsx'
import { TokenMark } from '../../design/TokenMark.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import { AssetFacts } from '../../parts/AssetFacts.tsx'
import styles from '../../parts/AssetTable.module.css'
import { TokenAmount } from '../../parts/TokenAmount.tsx'
import { AddressCheck } from './AddressCheck.tsx'
import { AlertForm } from './AlertForm.tsx'
import { PegChart } from './PegChart.tsx'

const weekMs = 7 * 86_400_000

/** One coin: its peg over time, how much can be sold, who is frozen, what is said of it. */
export function StablecoinInspector({ coin }: { readonly coin: Stablecoin }) {
  const t = useTranslations('stablecoins')
  const { readings } = coin
  return (
    <div className={styles.inspector}>
      <header className={styles.head}>
        <TokenMark symbol={coin.symbol} assetClass="stablecoin" />
        <div>
          <h2 className={styles.headName}>{coin.name}</h2>
          <p className={styles.quiet}>
            {coin.symbol} · {t('follows', { currency: coin.currency })}
          </p>
        </div>
      </header>
      {coin.superseded.map(({ addressPrefix }) => (
        <Notice key={addressPrefix} tone="caution">
          {t('superseded', { prefix: `${addressPrefix}…` })}
        </Notice>
      ))}
      {readings.map((reading) =>
        reading.token.ref.address === 'native' ? null : (
          <OnChain
            key={reading.token.ref.chainId}
            reading={reading}
            coin={{ chainId: reading.token.ref.chainId, address: reading.token.ref.address }}
          />
        ),
      )}
      {readings.length === 0 && <p className={styles.quiet}>{t('notHereText')}</p>}
      <section>
        <h3 className={styles.subtitle}>{t('whatIsSaid')}</h3>
        <AssetFacts facts={coin.facts} contracts={coin.contracts} />
      </section>
    </div>
  )
}

interface OnChainProps {
  readonly reading: PegReading
  readonly coin: { readonly chainId: ChainId; readonly address: Address }
}

function OnChain({ reading, coin }: OnChainProps) {
  const t = useTranslations('stablecoins')
  const tc = useTranslations('common')
  const locale = useLocale()
  const errorText = useErrorText()
  const chainName = useChainNames()
  const accounts = useAccounts()
  const [sinceMs] = useState(() => Date.now() - weekMs)
  const { data: report, error } = useQuery(queries.stablecoinReport(coin))
  const history = useQuery(queries.pegHistory(coin, sinceMs)).data
  const frozen = report?.accounts.filter(({ isFrozen }) => isFrozen) ?? []
  const { token } = reading
  return (
    <>
      <section>
        <h3 className={styles.subtitle}>{t('pegOn', { network: chainName(coin.chainId) })}</h3>
        {history && <PegChart history={history} />}
        <Facts
          rows={[
            {
              term: t('priceNow'),
              detail:
                reading.deviationBps === undefined
                  ? t('unmeasured')
                  : `${formatSignedBps(reading.deviationBps, locale)} · ${t(`from.${reading.from}`)}`,
            },
            { term: t('columns.depth'), detail: formatUsd(reading.depthUsdE8, locale) },
            ...(reading.feed
              ? [{ term: reading.feed.description, detail: <FeedValue feed={reading.feed} />, isWide: true }]
              : []),
            ...(reading.currencyFeed
              ? [
                  {
                    term: reading.currencyFeed.description,
                    detail: <FeedValue feed={reading.currencyFeed} />,
                    isWide: true,
                  },
                ]
              : []),
          ]}
        />
      </section>
      {error && (
        <Notice tone="attention" role="alert">
          {errorText(error)}
        </Notice>
      )}
      {!report && !error && <Skeleton rows={4} label={tc('loading')} />}
      {report?.isPaused === true && <Notice tone="attention">{t('paused')}</Notice>}
      {frozen.map(({ accountId }) => (
        <Notice key={accountId} tone="attention">
          {t('frozen', { account: accounts.find(({ id }) => id === accountId)?.name ?? accountId })}
        </Notice>
      ))}
      {report && (
        <section>
          <h3 className={styles.subtitle}>{t('exits')}</h3>
          <Facts
            rows={[
              ...report.exits.map(({ limitBps, units, into }) => ({
                term: t('exitAt', { limit: formatSignedBps(-limitBps, locale), into: into.symbol }),
                detail: <TokenAmount units={units} token={token} maximumFractionDigits={0} />,
              })),
              ...(report.exits.length === 0 ? [{ term: t('exits'), detail: t('noExit') }] : []),
              {
                term: t('supply'),
                detail: <TokenAmount units={report.supply} token={token} maximumFractionDigits={0} />,
              },
              ...(report.supplyChange === undefined
                ? []
                : [
                    {
                      term: t('supplyChange'),
                      detail: (
                        <TokenAmount
                          units={report.supplyChange}
                          token={token}
                          maximumFractionDigits={0}
                          isChange
                        />
                      ),
                    },
                  ]),
              ...(report.isPaused === false && frozen.length === 0
                ? [{ term: t('state'), detail: t('allMoves') }]
                : []),
            ]}
          />
        </section>
      )}
      <section>
        <h3 className={styles.subtitle}>{t('alerts.title')}</h3>
        <AlertForm coin={coin} />
      </section>
      <section>
        <h3 className={styles.subtitle}>{t('check.title')}</h3>
        <AddressCheck coin={coin} symbol={token.symbol} />
      </section>
    </>
  )
}

function FeedValue({ feed }: { readonly feed: FeedReading }) {
  const t = useTranslations('assets')
  const locale = useLocale()
  const format = useFormatter()
  return (
    <>
      {formatUsd(feed.usdE8, locale)} ·{' '}
      {t(feed.isStale ? 'feedStale' : 'feedAge', {
        at: format.dateTime(feed.updatedAtMs, { dateStyle: 'short', timeStyle: 'short' }),
      })}
    </>
  )
}
