import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Activity } from '../../../shared/contract/activity.ts'
import { mainApi } from '../../api/mainApi.ts'
import { queries } from '../../api/queries.ts'
import { useAction } from '../../api/useAction.ts'
import { Button } from '../../design/Button.tsx'
import { Notice } from '../../design/Notice.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import styles from './ActivityScreen.module.css'
import { ReplacementDialog } from './ReplacementDialog.tsx'

interface PendingActionsProps {
  readonly activity: Activity
  readonly onSelect: (activityId: string) => void
}

/** What can still be done about a transaction that waits for a block. */
export function PendingActions({ activity, onSelect }: PendingActionsProps) {
  const t = useTranslations('activity.replacement')
  const errorText = useErrorText()
  const [kind, setKind] = useState<'speedUp' | 'cancel'>()
  const withdrawing = useAction(mainApi().swaps.cancel)
  const isReplaced = useInfiniteQuery(queries.activity(undefined)).data?.pages.some((page) =>
    page.items.some(({ replaces }) => replaces === activity.id),
  )
  if (activity.status !== 'signed' && activity.status !== 'pending') return null
  if (activity.observed) return null
  return (
    <>
      {isReplaced && <Notice tone="info">{t('replacedBy')}</Notice>}
      <div className={styles.toolbar}>
        {activity.channel === undefined ? (
          <>
            {activity.kind !== 'cancel' && !isReplaced && (
              <Button variant="primary" onClick={() => setKind('speedUp')}>
                {t('speedUp')}
              </Button>
            )}
            {activity.kind === 'cancel' ? (
              <Button variant="primary" onClick={() => setKind('cancel')}>
                {t('speedUp')}
              </Button>
            ) : (
              <Button onClick={() => setKind('cancel')}>{t('cancel')}</Button>
            )}
          </>
        ) : (
          <Button
            isBusy={withdrawing.isPending}
            onClick={() => void withdrawing.run({ activityId: activity.id })}
          >
            {t('cancel')}
          </Button>
        )}
      </div>
      {withdrawing.error && (
        <Notice tone="attention" role="alert">
          {errorText(withdrawing.error)}
        </Notice>
      )}
      {kind && (
        <ReplacementDialog
          target={{ kind, activityId: activity.id }}
          onClose={() => setKind(undefined)}
          onSent={(activityId) => {
            setKind(undefined)
            onSelect(activityId)
          }}
        />
      )}
    </>
  )
}
