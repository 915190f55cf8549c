import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { PegReading, Stablecoin } from '../../../shared/contract/stablecoins.ts'
import type { AccountId, ChainId } from '../../../shared/identity/identity.ts'
import { usdE18 } from '../../../shared/money/units.ts'
import { queries } from '../../api/queries.ts'
import { useAccounts } from '../../api/useAccounts.ts'
import { useChainNames } from '../../api/useChainNames.ts'
import { useFiat } from '../../api/useFiat.ts'
import { Badge } from '../../design/Badge.tsx'
import { Button } from '../../design/Button.tsx'
import { EmptyState } from '../../design/EmptyState.tsx'
import { formatAmount } from '../../design/formatAmount.ts'
import { formatFiat } from '../../design/formatFiat.ts'
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
import { ShelterDialog } from './ShelterDialog.tsx'
import { StablecoinInspector } from './StablecoinInspector.tsx'

interface StablecoinsScreenProps {
  readonly accountId: AccountId | undefined
  readonly onPay: () => void
}

/** Every stablecoin that is known: its price against its peg now, how deep its market is, and what is held of it. */
export function StablecoinsScreen({ accountId, onPay }: StablecoinsScreenProps) {
  const t = useTranslations('stablecoins')
  const tc = useTranslations('common')
  const errorText = useErrorText()
  const chainName = useChainNames()
  const { data, error } = useQuery(queries.stablecoins)
  const [selectedId, setSelectedId] = useState<string>()
  const [isAdding, setAdding] = useState(false)
  const [isSheltering, setSheltering] = useState(false)
  const accounts = useAccounts()
  const sheltered = accountId ?? accounts[0]?.id
  const selected = data?.coins.find(({ id }) => id === selectedId)
  // A network that could not be read now is not off.
  const isFailed = (chainId: ChainId) =>
    data?.failures.some((failure) => failure.chainId === chainId) ?? false
  const isHere = ({ readings, contracts }: Stablecoin) =>
    readings.length > 0 || contracts.some(({ chainId }) => isFailed(chainId))
  const measured = data?.coins.filter(isHere) ?? []
  const shelterChain = measured.find(({ readings }) => readings.length > 0)?.readings[0]?.token.ref.chainId
  const others = data?.coins.filter((coin) => !isHere(coin)) ?? []
  return (
    <Pane
      title={t('title')}
      aside={
        shelterChain !== undefined &&
        sheltered !== undefined && (
          <div className={styles.form}>
            <Button variant="quiet" onClick={() => setAdding(true)}>
              {t('add')}
            </Button>
            <Button onClick={onPay}>{t('pay')}</Button>
            <Button onClick={() => setSheltering(true)}>{t('shelter.open')}</Button>
          </div>
        )
      }
      inspector={{
        label: t('inspector'),
        content: selected ? (
          <StablecoinInspector key={selected.id} coin={selected} />
        ) : (
          <EmptyState title={t('noSelection.title')}>{t('noSelection.text')}</EmptyState>
        ),
      }}
    >
      {isAdding && <OwnEntriesDialog kind="stablecoin" onClose={() => setAdding(false)} />}
      {isSheltering && data && shelterChain !== undefined && sheltered !== undefined && (
        <ShelterDialog
          accountId={sheltered}
          chainId={shelterChain}
          coins={data.coins}
          onClose={() => setSheltering(false)}
        />
      )}
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
      {!data && !error && <Skeleton rows={10} label={tc('loading')} />}
      {data && <Totals coins={data.coins} accountId={accountId} />}
      {measured.length > 0 && (
        <CoinTable
          title={t('here')}
          without={t('unmeasured')}
          coins={measured}
          accountId={accountId}
          selectedId={selectedId}
          onSelect={setSelectedId}
        />
      )}
      {others.length > 0 && (
        <CoinTable
          title={t('elsewhere')}
          without={t('notHere')}
          coins={others}
          accountId={accountId}
          selectedId={selectedId}
          onSelect={setSelectedId}
        />
      )}
    </Pane>
  )
}

interface TotalsProps {
  readonly coins: readonly Stablecoin[]
  readonly accountId: AccountId | undefined
}

/** What is held in each currency: so much of it, coins of one currency together, and what that is in the user's own. */
function Totals({ coins, accountId }: TotalsProps) {
  const t = useTranslations('stablecoins')
  const amounts = useAmounts()
  const locale = useLocale()
  const fiat = useFiat()
  const byCurrency = new Map<string, { face: bigint; usdE8: bigint }>()
  for (const { currency, holdings } of coins) {
    for (const { accountId: holder, token, units, usdE8 = 0n } of holdings) {
      if (accountId !== undefined && holder !== accountId) continue
      const sum = byCurrency.get(currency) ?? { face: 0n, usdE8: 0n }
      const shown = amounts.shown(units, token)
      const face = (shown.units * 100_000_000n) / 10n ** BigInt(shown.decimals)
      byCurrency.set(currency, { face: sum.face + face, usdE8: sum.usdE8 + usdE8 })
    }
  }
  if (byCurrency.size === 0) return null
  const total = [...byCurrency.values()].reduce((sum, { usdE8 }) => sum + usdE8, 0n)
  const convert = (usdE8: bigint) =>
    formatFiat(fiat.convert(usdE18(usdE8 * 10_000_000_000n)), { currency: fiat.currency, locale })
  return (
    <dl className={styles.totals}>
      <div>
        <dt>{t('total')}</dt>
        <dd>{convert(total)}</dd>
      </div>
      {[...byCurrency].map(([currency, { face, usdE8 }]) => (
        <div key={currency}>
          <dt>
            {formatAmount(face, 8, { locale, maximumFractionDigits: 2 })} {currency}
          </dt>
          <dd>{convert(usdE8)}</dd>
        </div>
      ))}
    </dl>
  )
}

interface CoinTableProps {
  readonly title: string
  /** Stands in for a reading that is not there. */
  readonly without: string
  readonly coins: readonly Stablecoin[]
  readonly accountId: AccountId | undefined
  readonly selectedId: string | undefined
  readonly onSelect: (id: string) => void
}

function CoinTable({ title, without, coins, accountId, selectedId, onSelect }: CoinTableProps) {
  const t = useTranslations('stablecoins')
  const locale = useLocale()
  return (
    <section className={styles.group}>
      <h2 className={styles.title}>{title}</h2>
      <table className={styles.table} aria-label={title}>
        <thead>
          <tr>
            <th scope="col">{t('columns.coin')}</th>
            <th scope="col">{t('columns.peg')}</th>
            <th scope="col" className={styles.number}>
              {t('columns.depth')}
            </th>
            <th scope="col" className={styles.number}>
              {t('columns.held')}
            </th>
          </tr>
        </thead>
        <tbody>
          {coins.map((coin) => {
            const reading = widest(coin.readings)
            const held = coin.holdings.filter(
              (holding) => accountId === undefined || holding.accountId === accountId,
            )
            const [first] = held
            const units = held.reduce((sum, holding) => sum + holding.units, 0n)
            return (
              <tr key={coin.id} className={styles.row} data-selected={coin.id === selectedId || undefined}>
                <td>
                  <div className={styles.asset}>
                    <TokenMark symbol={coin.symbol} assetClass="stablecoin" />
                    <button
                      type="button"
                      className={styles.name}
                      aria-pressed={coin.id === selectedId}
                      aria-label={t('details', { name: `${coin.symbol} · ${coin.name}` })}
                      onClick={() => onSelect(coin.id)}
                    >
                      {coin.symbol}
                    </button>
                    <Badge title={t('follows', { currency: coin.currency })}>{coin.currency}</Badge>
                  </div>
                </td>
                <td>
                  {reading ? <PegBadge reading={reading} /> : <span className={styles.quiet}>{without}</span>}
                </td>
                <td className={styles.number}>
                  {reading && reading.depthUsdE8 > 0n ? formatUsd(reading.depthUsdE8, locale) : '–'}
                </td>
                <td className={styles.number}>
                  {first ? (
                    <TokenAmount
                      units={units}
                      token={{ ...first.token, symbol: coin.symbol }}
                      maximumFractionDigits={2}
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

/** Of several networks, the reading that is furthest from the peg: what is wrong anywhere must show. */
function widest(readings: readonly PegReading[]): PegReading | undefined {
  return [...readings].sort((a, b) => Math.abs(b.deviationBps ?? 0) - Math.abs(a.deviationBps ?? 0))[0]
}

export function PegBadge({ reading }: { readonly reading: PegReading }) {
  const t = useTranslations('stablecoins')
  const locale = useLocale()
  if (reading.deviationBps === undefined) return <Badge title={t('unmeasuredHint')}>{t('unmeasured')}</Badge>
  const tone = reading.outside === undefined ? 'safe' : reading.outside === 100 ? 'attention' : 'caution'
  return (
    <Badge tone={tone} title={t(`from.${reading.from}`)}>
      {formatSignedBps(reading.deviationBps, locale)}
    </Badge>
  )
}
