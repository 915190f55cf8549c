import { useTranslations } from 'use-intl'
import type { Activity } from '../../../shared/contract/activity.ts'
import { AddressDifference } from '../../design/AddressDifference.tsx'
import { Facts } from '../../design/Facts.tsx'
import { Notice } from '../../design/Notice.tsx'

/** Why an entry was set aside; of an imitated address, where the two differ. */
export function SuspicionNotice({ activity }: { readonly activity: Activity }) {
  const t = useTranslations('activity.suspicious')
  const { suspicion, imitates, kind, from, to } = activity
  if (!suspicion) return null
  const shown = kind === 'receive' ? from : to
  return (
    <>
      <Notice tone="attention" title={t('badge')}>
        {t(suspicion)}
      </Notice>
      {imitates && (
        <Facts
          rows={[
            { term: t('this'), detail: <AddressDifference address={shown} other={imitates} />, isWide: true },
            {
              term: t('known'),
              detail: <AddressDifference address={imitates} other={shown} />,
              isWide: true,
            },
          ]}
        />
      )}
    </>
  )
}
