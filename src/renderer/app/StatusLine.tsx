import { useQuery } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'use-intl'
import type { Chain, ChainStatus } from '../../shared/contract/chains.ts'
import { queries } from '../api/queries.ts'
import { formatInteger } from '../design/formatAmount.ts'
import { Icon } from '../design/Icon.tsx'
import { useNow } from '../design/useNow.ts'
import { countActing } from '../parts/countActing.ts'
import styles from './StatusLine.module.css'

/** Always tells which chains are read, how fresh, how well, and whether the vault is open. */
export function StatusLine() {
  const t = useTranslations('shell.status')
  const chains = useQuery(queries.chains).data
  const statuses = useQuery(queries.chainStatuses).data
  const minutes = useQuery(queries.settings).data?.autoLockMinutes ?? 0
  const enabled = chains?.filter((chain) => chain.enabled) ?? []
  const orders = countActing(useQuery(queries.openOrders).data)
  return (
    <section className={styles.line} aria-label={t('label')}>
      <ul className={styles.chains}>
        {enabled.map((chain) => (
          <li key={chain.chainId}>
            <ChainState chain={chain} status={statuses?.find((status) => status.chainId === chain.chainId)} />
          </li>
        ))}
        {chains !== undefined && enabled.length === 0 && <li>{t('noChains')}</li>}
      </ul>
      {orders > 0 && <span className={styles.orders}>{t('orders', { count: orders })}</span>}
      <span className={styles.lock}>
        <Icon name="key" size={14} />
        {minutes === 0 ? t('unlocked') : t('unlockedAuto', { minutes })}
      </span>
    </section>
  )
}

interface ChainStateProps {
  readonly chain: Chain
  readonly status: ChainStatus | undefined
}

function ChainState({ chain, status }: ChainStateProps) {
  const t = useTranslations('shell.status')
  const locale = useLocale()
  const health = status?.health ?? 'connecting'
  const doubted = status?.nodes?.filter(({ state }) => state === 'contradicted') ?? []
  const node = [
    status?.node === undefined ? undefined : t('node', { node: status.node }),
    status?.latencyMs === undefined ? undefined : t('latency', { ms: String(Math.round(status.latencyMs)) }),
  ]
  return (
    <span className={styles.chain} data-health={health} title={node.filter(Boolean).join(' · ')}>
      <span className={styles.light} aria-hidden="true" />
      <span className={styles.name}>{chain.name}</span>
      {status?.blockNumber !== undefined && (
        <span>{t('block', { number: formatInteger(status.blockNumber, locale) })}</span>
      )}
      {status?.blockTimestampMs !== undefined && <BlockAge timestampMs={status.blockTimestampMs} />}
      <span className={styles.health}>{t(`health.${health}`)}</span>
      {doubted.length > 0 && (
        <span className={styles.doubted} role="status">
          {t('doubted', { nodes: doubted.map((entry) => entry.node).join(', ') })}
        </span>
      )}
    </span>
  )
}

function BlockAge({ timestampMs }: { readonly timestampMs: number }) {
  const t = useTranslations('shell.status')
  const seconds = Math.max(0, Math.floor((useNow(1_000) - timestampMs) / 1_000))
  if (seconds < 120) return <span className={styles.age}>{t('age', { seconds })}</span>
  const minutes = Math.floor(seconds / 60)
  if (minutes < 120) return <span className={styles.age}>{t('ageMinutes', { minutes })}</span>
  return <span className={styles.age}>{t('ageHours', { hours: Math.floor(minutes / 60) })}</span>
}
