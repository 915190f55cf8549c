import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { type ActivityFilter, type ActivityKind, activityKinds } from '../../../shared/contract/activity.ts'
import type { AccountId } from '../../../shared/identity/identity.ts'
import { mainApi } from '../../api/mainApi.ts'
import { queries } from '../../api/queries.ts'
import { Button } from '../../design/Button.tsx'
import { Icon } from '../../design/Icon.tsx'
import { Notice } from '../../design/Notice.tsx'
import { Select } from '../../design/Select.tsx'
import { TextInput } from '../../design/TextInput.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import { useCsvExport } from '../../parts/useCsvExport.ts'
import styles from './ActivityScreen.module.css'

export interface ActivityView {
  readonly search: string
  readonly kind: ActivityKind | 'all'
  readonly isSuspicious: boolean
}

interface ActivityToolbarProps {
  readonly accountId: AccountId | undefined
  readonly view: ActivityView
  readonly filter: Omit<ActivityFilter, 'accountId'>
  readonly onChange: (changes: Partial<ActivityView>) => void
}

/** Looking for entries, taking them along as a file, and what was set aside. */
export function ActivityToolbar({ accountId, view, filter, onChange }: ActivityToolbarProps) {
  const t = useTranslations('activity')
  const errorText = useErrorText()
  const suspicious = useQuery(queries.suspiciousCount(accountId)).data?.count ?? 0
  const exporting = useCsvExport()
  const save = (format: 'full' | 'tax') =>
    exporting.run(() =>
      mainApi().activity.exportCsv({ ...filter, format, ...(accountId === undefined ? {} : { accountId }) }),
    )
  return (
    <>
      <div className={styles.toolbar}>
        <TextInput
          type="search"
          className={styles.search}
          aria-label={t('search')}
          placeholder={t('search')}
          maxLength={200}
          value={view.search}
          onChange={(event) => onChange({ search: event.currentTarget.value })}
        />
        <Select
          className={styles.kind}
          aria-label={t('kind')}
          value={view.kind}
          onChange={(event) => onChange({ kind: event.currentTarget.value as ActivityView['kind'] })}
        >
          {(['all', ...activityKinds] as const).map((kind) => (
            <option key={kind} value={kind}>
              {t(`kinds.${kind}`)}
            </option>
          ))}
        </Select>
        <Button size="small" isBusy={exporting.isPending} onClick={() => void save('full')}>
          <Icon name="save" size={16} />
          {t('exportFull')}
        </Button>
        <Button size="small" isBusy={exporting.isPending} onClick={() => void save('tax')}>
          {t('exportTax')}
        </Button>
        <span role="status">{exporting.isSaved && t('exported')}</span>
      </div>
      {exporting.error && (
        <Notice tone="attention" role="alert">
          {errorText(exporting.error)}
        </Notice>
      )}
      {view.isSuspicious ? (
        <Notice
          tone="caution"
          action={
            <Button size="small" onClick={() => onChange({ isSuspicious: false })}>
              {t('suspicious.back')}
            </Button>
          }
        >
          {t('suspicious.intro')}
        </Notice>
      ) : (
        suspicious > 0 && (
          <div>
            <Button variant="quiet" size="small" onClick={() => onChange({ isSuspicious: true })}>
              <Icon name="caution" size={16} />
              {t('suspicious.show', { count: suspicious })}
            </Button>
          </div>
        )
      )}
    </>
  )
}
