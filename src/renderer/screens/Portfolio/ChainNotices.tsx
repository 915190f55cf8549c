import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import type { Portfolio } from '../../../shared/contract/portfolio.ts'
import { queries } from '../../api/queries.ts'
import { useChainNames } from '../../api/useChainNames.ts'
import { Notice } from '../../design/Notice.tsx'
import { useAge } from '../../design/useAge.ts'
import { useErrorText } from '../../i18n/useErrorText.ts'

/** Says which chains cannot be trusted to be up to date, and why. */
export function ChainNotices({ failures }: { readonly failures: Portfolio['failures'] }) {
  const t = useTranslations('portfolio')
  const errorText = useErrorText()
  const chainName = useChainNames()
  const ageOf = useAge()
  const statuses = useQuery(queries.chainStatuses).data ?? []
  // What a node that is behind answers was read all the same: only its age is the trouble.
  const unread = failures.filter(({ error }) => error.code !== 'chain.behind')
  const behind = statuses.filter(
    ({ health, chainId }) => health === 'behind' && !unread.some((failure) => failure.chainId === chainId),
  )
  return (
    <>
      {unread.map(({ chainId, error }) => (
        <Notice key={chainId} tone="attention" role="status">
          {t('failed', { network: chainName(chainId), reason: errorText(error) })}
        </Notice>
      ))}
      {behind.map(({ chainId, blockTimestampMs }) => (
        <Notice key={chainId} tone="caution" role="status">
          {t('behind', {
            network: chainName(chainId),
            age: blockTimestampMs === undefined ? '?' : ageOf(blockTimestampMs),
          })}
        </Notice>
      ))}
    </>
  )
}
