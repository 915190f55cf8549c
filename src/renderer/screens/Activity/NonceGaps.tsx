import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { NonceGap } from '../../../shared/contract/activity.ts'
import { queries } from '../../api/queries.ts'
import { useAccounts } from '../../api/useAccounts.ts'
import { useChainNames } from '../../api/useChainNames.ts'
import { Button } from '../../design/Button.tsx'
import { Notice } from '../../design/Notice.tsx'
import { ReplacementDialog } from './ReplacementDialog.tsx'

/** Says that transactions wait for one that was never sent, and offers to send one. */
export function NonceGaps({ onSelect }: { readonly onSelect: (activityId: string) => void }) {
  const t = useTranslations('activity.gap')
  const accounts = useAccounts()
  const chainName = useChainNames()
  const gaps = useQuery(queries.nonceGaps).data ?? []
  const [filled, setFilled] = useState<NonceGap>()
  return (
    <>
      {gaps.map((gap) => (
        <Notice
          key={`${gap.chainId}:${gap.accountId}:${gap.nonce}`}
          tone="caution"
          title={t('title')}
          action={
            <Button size="small" onClick={() => setFilled(gap)}>
              {t('fill')}
            </Button>
          }
        >
          {t('text', {
            waiting: gap.waiting,
            account: accounts.find(({ id }) => id === gap.accountId)?.name ?? '',
            network: chainName(gap.chainId),
            nonce: String(gap.nonce),
          })}
        </Notice>
      ))}
      {filled && (
        <ReplacementDialog
          target={{ kind: 'fill', chainId: filled.chainId, accountId: filled.accountId, nonce: filled.nonce }}
          onClose={() => setFilled(undefined)}
          onSent={(activityId) => {
            setFilled(undefined)
            onSelect(activityId)
          }}
        />
      )}
    </>
  )
}
