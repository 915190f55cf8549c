import { useQuery } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'use-intl'
import type { NodeHealth } from '../../../shared/contract/chains.ts'
import type { ChainId } from '../../../shared/identity/identity.ts'
import { queries } from '../../api/queries.ts'
import { Badge } from '../../design/Badge.tsx'
import { formatInteger } from '../../design/formatAmount.ts'
import styles from './NodeHealthList.module.css'

const tones = {
  unasked: 'neutral',
  ok: 'safe',
  behind: 'caution',
  failing: 'caution',
  limited: 'caution',
  wrongChain: 'attention',
  contradicted: 'attention',
} as const satisfies Record<NodeHealth['state'], string>

/** How each node of a chain does: state, speed, height and errors. */
export function NodeHealthList({
  chainId,
  network,
}: {
  readonly chainId: ChainId
  readonly network: string
}) {
  const t = useTranslations('settings.nodes')
  const statuses = useQuery(queries.chainStatuses).data
  const nodes = statuses?.find((status) => status.chainId === chainId)?.nodes ?? []
  if (nodes.length === 0) return null
  return (
    <table className={styles.table} aria-label={t('label', { network })}>
      <thead>
        <tr>
          <th scope="col">{t('node')}</th>
          <th scope="col">{t('state')}</th>
          <th scope="col" className={styles.figure}>
            {t('latency')}
          </th>
          <th scope="col" className={styles.figure}>
            {t('height')}
          </th>
          <th scope="col" className={styles.figure}>
            {t('errors')}
          </th>
        </tr>
      </thead>
      <tbody>
        {nodes.map((node, index) => (
          // Two addresses may be of one host.
          // biome-ignore lint/suspicious/noArrayIndexKey: the user's order is what tells them apart
          <NodeRow key={`${node.node} ${index}`} node={node} />
        ))}
      </tbody>
    </table>
  )
}

function NodeRow({ node }: { readonly node: NodeHealth }) {
  const t = useTranslations('settings.nodes')
  const locale = useLocale()
  return (
    <tr>
      <td className={styles.host}>
        {node.node}
        {node.isInUse && <span className={styles.inUse}>{t('inUse')}</span>}
      </td>
      <td>
        <Badge tone={tones[node.state]} title={t(`explained.${node.state}`)}>
          {t(`states.${node.state}`)}
        </Badge>
      </td>
      <td className={styles.figure}>
        {node.latencyMs === undefined ? '–' : t('ms', { ms: String(Math.round(node.latencyMs)) })}
      </td>
      <td className={styles.figure}>
        {node.blockNumber === undefined ? '–' : formatInteger(node.blockNumber, locale)}
        {node.lagBlocks !== undefined && (
          <span className={styles.lag}>{t('lag', { blocks: node.lagBlocks })}</span>
        )}
      </td>
      <td className={styles.figure}>{t('percent', { percent: String(node.errorsPercent) })}</td>
    </tr>
  )
}
