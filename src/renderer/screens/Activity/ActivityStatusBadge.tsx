import { useTranslations } from 'use-intl'
import type { Activity, ActivityStatus } from '../../../shared/contract/activity.ts'
import { Badge } from '../../design/Badge.tsx'

const tones = {
  signed: 'caution',
  pending: 'caution',
  confirmed: 'safe',
  failed: 'attention',
  replaced: 'neutral',
  unsent: 'attention',
  expired: 'neutral',
  cancelled: 'neutral',
  dropped: 'attention',
} as const satisfies Record<ActivityStatus, string>

/** Confirmations beyond which counting says nothing more. */
const enoughConfirmations = 12

/** How far an entry has come. */
export function ActivityStatusBadge({ activity }: { readonly activity: Activity }) {
  const t = useTranslations('activity.status')
  const { status, receipt, observed } = activity
  const count = receipt?.confirmations ?? 0
  // What was only seen is not followed block by block.
  const isCounting = !observed && status === 'confirmed' && count > 0 && count < enoughConfirmations
  return <Badge tone={tones[status]}>{isCounting ? t('confirmations', { count }) : t(status)}</Badge>
}
