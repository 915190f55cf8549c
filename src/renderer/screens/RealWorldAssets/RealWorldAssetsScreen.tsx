import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { AssetPrice, RealWorldAsset } from '../../../shared/contract/realWorldAssets.ts'
import type { AccountId } from '../../../shared/identity/identity.ts'
import { queries } from '../../api/queries.ts'
import { useAccounts } from '../../api/useAccounts.ts'
import { useChainNames } from '../../api/useChainNames.ts'
import { Badge } from '../../design/Badge.tsx'
import { Button } from '../../design/Button.tsx'
import { EmptyState } from '../../design/EmptyState.tsx'
import { formatSignedBps, formatUsd } from '../../design/formatUsd.ts'
import { Notice } from '../../design/Notice.tsx'
import { Pane } from '../../design/Pane.tsx'
import { Skeleton } from '../../design/Skeleton.tsx'
import { TokenMark } from '../../design/TokenMark.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import styles from '../../parts/AssetTable.module.css'
import { OwnEntriesDialog } from '../../parts/OwnEntriesDialog.tsx'
import { TokenAmount } from '../../parts/TokenAmount.tsx'
import { useAmounts } from '../../parts/useAmounts.tsx'
import { GapWatch } from './GapWatch.tsx'
import { RealWorldAssetInspector } from './RealWorldAssetInspector.tsx'

interface RealWorldAssetsScreenProps {
  readonly accountId: AccountId | undefined
}

/** Every real-world asset that is known: what it trades at against what it stands for, and what is held of it. */
export function RealWorldAssetsScreen({ accountId }: RealWorldAssetsScreenProps) {
  const t = useTranslations('realWorldAssets')
  const tc = useTranslations('common')
  const errorText = useErrorText()
  const chainName = useChainNames()
  const { data, error } = useQuery(queries.realWorldAssets)
  const [selectedId, setSelectedId] = useState<string>()
  const [isAdding, setAdding] = useState(false)
  const accounts = useAccounts()
  // Rules are of one account; where there is only one, it is meant.
  const asking = accountId ?? (accounts.length === 1 ? accounts[0]?.id : undefined)
  const selected = data?.assets.find(({ id }) => id === selectedId)
  const groups = [
    { title: t('here'), assets: data?.assets.filter(({ prices }) => prices.length > 0) ?? [] },
    { title: t('elsewhere'), assets: data?.assets.filter(({ prices }) => prices.length === 0) ?? [] },
  ]
  return (
    <Pane
      title={t('title')}
      aside={
        <Button variant="quiet" onClick={() => setAdding(true)}>
          {t('add')}
        </Button>
      }
      inspector={{
        label: t('inspector'),
        content: selected ? (
          <RealWorldAssetInspector key={selected.id} asset={selected} accountId={asking} />
        ) : (
          <EmptyState title={t('noSelection.title')}>{t('noSelection.text')}</EmptyState>
        ),
      }}
    >
      {isAdding && <OwnEntriesDialog kind="realWorldAsset" onClose={() => setAdding(false)} />}
      {error && (
        <Notice tone="attention" role="alert">
          {errorText(error)}
        </Notice>
      )}
      {data?.failures.map(({ chainId, code }) => (
        <Notice key={chainId} tone="caution" role="status">
          {t('failed', { network: chainName(chainId), code })}
        </Notice>
      ))}
      {data?.registryProblems.map(({ file, reason }) => (
        <Notice key={file} tone="caution" role="status">
          {t('registryProblem', { file, reason })}
        </Notice>
      ))}
      {!data && !error && <Skeleton rows={8} label={tc('loading')} />}
      {data && <GapWatch gaps={data.gaps} />}
      {groups.map(({ title, assets }) =>
        assets.length === 0 ? null : (
          <AssetTable
            key={title}
            title={title}
            assets={assets}
            accountId={accountId}
            selectedId={selectedId}
            onSelect={setSelectedId}
          />
        ),
      )}
    </Pane>
  )
}

interface AssetTableProps {
  readonly title: string
  readonly assets: readonly RealWorldAsset[]
  readonly accountId: AccountId | undefined
  readonly selectedId: string | undefined
  readonly onSelect: (id: string) => void
}

function AssetTable({ title, assets, accountId, selectedId, onSelect }: AssetTableProps) {
  const t = useTranslations('realWorldAssets')
  const amounts = useAmounts()
  const locale = useLocale()
  return (
    <section className={styles.group}>
      <h2 className={styles.title}>{title}</h2>
      <table className={styles.table} aria-label={title}>
        <thead>
          <tr>
            <th scope="col">{t('columns.asset')}</th>
            <th scope="col">{t('columns.kind')}</th>
            <th scope="col" className={styles.number}>
              {t('columns.price')}
            </th>
            <th scope="col">{t('columns.premium')}</th>
            <th scope="col" className={styles.number}>
              {t('columns.held')}
            </th>
          </tr>
        </thead>
        <tbody>
          {assets.map((asset) => {
            const [price] = asset.prices
            const held = asset.holdings.filter(
              (holding) => accountId === undefined || holding.accountId === accountId,
            )
            const [first] = held
            const units = held.reduce((sum, holding) => sum + holding.units, 0n)
            return (
              <tr key={asset.id} className={styles.row} data-selected={asset.id === selectedId || undefined}>
                <td>
                  <div className={styles.asset}>
                    <TokenMark symbol={asset.symbol} assetClass="rwa" />
                    <button
                      type="button"
                      className={styles.name}
                      aria-pressed={asset.id === selectedId}
                      aria-label={t('details', { name: `${asset.symbol} · ${asset.name}` })}
                      onClick={() => onSelect(asset.id)}
                    >
                      {asset.symbol}
                    </button>
                  </div>
                </td>
                <td className={styles.quiet}>{t(`kinds.${asset.kind}`)}</td>
                <td className={styles.number}>
                  {price?.usdE8 === undefined
                    ? '–'
                    : formatUsd(amounts.perShown(price.usdE8, price.token), locale)}
                </td>
                <td>
                  {price ? (
                    <PremiumBadge price={price} />
                  ) : (
                    <span className={styles.quiet}>{t('notHere')}</span>
                  )}
                </td>
                <td className={styles.number}>
                  {first ? (
                    <TokenAmount
                      units={units}
                      token={{ ...first.token, symbol: asset.symbol }}
                      maximumFractionDigits={4}
                    />
                  ) : (
                    '–'
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}

function PremiumBadge({ price }: { readonly price: AssetPrice }) {
  const t = useTranslations('realWorldAssets')
  const locale = useLocale()
  const { premiumBps, referenceState } = price
  if (premiumBps === undefined) return <Badge>{t('states.unknown')}</Badge>
  const tone = Math.abs(premiumBps) > 200 ? 'caution' : 'safe'
  return (
    <span className={styles.asset}>
      <Badge tone={tone}>{formatSignedBps(premiumBps, locale)}</Badge>
      {referenceState !== 'live' && <span className={styles.quiet}>{t(`states.${referenceState}`)}</span>}
    </span>
  )
}
