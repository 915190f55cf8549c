import { useTranslations } from 'use-intl'
import { EmptyState } from '../../design/EmptyState.tsx'

/** The approval window between two requests. */
export function NothingToApprove() {
  const t = useTranslations('approval.none')
  return (
    <main>
      <EmptyState title={t('title')}>{t('text')}</EmptyState>
    </main>
  )
}
