import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import type { Activity, HistoryGap } from '../../../shared/contract/activity.ts'
import type { AccountId } from '../../../shared/identity/identity.ts'
import { queries } from '../../api/queries.ts'
import { Badge } from '../../design/Badge.tsx'
import { Button } from '../../design/Button.tsx'
import { EmptyState } from '../../design/EmptyState.tsx'
import { Icon } from '../../design/Icon.tsx'
import { Notice } from '../../design/Notice.tsx'
import { Pane } from '../../design/Pane.tsx'
import { Skeleton } from '../../design/Skeleton.tsx'
import { useNow } from '../../design/useNow.ts'
import { useErrorText } from '../../i18n/useErrorText.ts'
import { useDebounced } from '../../parts/useDebounced.ts'
import { ActivityInspector } from './ActivityInspector.tsx'
import styles from './ActivityScreen.module.css'
import { ActivityStatusBadge } from './ActivityStatusBadge.tsx'
import { ActivityToolbar, type ActivityView } from './ActivityToolbar.tsx'
import { FeePaid } from './FeePaid.tsx'
import { groupByDay } from './groupByDay.ts'
import { HistoryGapNotice } from './HistoryGapNotice.tsx'
import { NonceGaps } from './NonceGaps.tsx'
import { ProtectionSummary } from './ProtectionSummary.tsx'
import { placeGaps } from './placeGaps.ts'
import { useActivitySentence } from './useActivitySentence.ts'

interface ActivityScreenProps {
  readonly accountId: AccountId | undefined
  readonly initialId: string | undefined
  readonly onOpenAllowances: () => void
}

/** What was sent, newest first, each entry kept true by events. */
export function ActivityScreen({ accountId, initialId, onOpenAllowances }: ActivityScreenProps) {
  const t = useTranslations('activity')
  const tc = useTranslations('common')
  const errorText = useErrorText()
  const [selectedId, setSelectedId] = useState(initialId)
  const [view, setView] = useState<ActivityView>({ search: '', kind: 'all', isSuspicious: false })
  const search = useDebounced(view.search.trim(), 250)
  const isFiltered = search !== '' || view.kind !== 'all' || view.isSuspicious
  const filter = {
    ...(search === '' ? {} : { search }),
    ...(view.kind === 'all' ? {} : { kinds: [view.kind] }),
    ...(view.isSuspicious ? { suspicious: 'only' as const } : {}),
  }
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    ...queries.activity(accountId, isFiltered ? filter : undefined),
    placeholderData: keepPreviousData,
  })
  const gaps = useQuery(queries.historyGaps(accountId)).data ?? []
  const items = data?.pages.flatMap((page) => page.items) ?? []
  // It may be further back than what was read, another account's, or filtered out.
  const unlisted = useQuery({
    ...queries.activityEntry(selectedId ?? ''),
    enabled: selectedId !== undefined,
  }).data
  const selected = items.find((item) => item.id === selectedId) ?? unlisted

  const content = () => {
    if (error) {
      return (
        <Notice tone="attention" role="alert">
          {errorText(error)}
        </Notice>
      )
    }
    if (!data) return <Skeleton rows={6} label={tc('loading')} />
    if (items.length === 0) {
      return isFiltered ? (
        <p>{t('nothingFound')}</p>
      ) : (
        <EmptyState title={t('empty.title')}>{t('empty.text')}</EmptyState>
      )
    }
    return (
      <>
        {!isFiltered && <ProtectionSummary accountId={accountId} />}
        <Days
          items={items}
          gaps={gaps}
          isWhole={!hasNextPage}
          selectedId={selectedId}
          onSelect={setSelectedId}
        />
        {hasNextPage && (
          <Button className={styles.more} isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('more')}
          </Button>
        )}
      </>
    )
  }
  return (
    <Pane
      title={t('title')}
      aside={
        <Button size="small" onClick={onOpenAllowances}>
          <Icon name="key" size={16} />
          {t('allowances')}
        </Button>
      }
      {...(items.length === 0 && !selected
        ? {}
        : {
            inspector: {
              label: t('inspector'),
              content: selected ? (
                <ActivityInspector key={selected.id} activity={selected} onSelect={setSelectedId} />
              ) : (
                <EmptyState title={t('noSelection.title')}>{t('noSelection.text')}</EmptyState>
              ),
            },
          })}
    >
      <NonceGaps onSelect={setSelectedId} />
      <ActivityToolbar
        accountId={accountId}
        view={view}
        filter={filter}
        onChange={(changes) => setView((current) => ({ ...current, ...changes }))}
      />
      {content()}
    </Pane>
  )
}

interface DaysProps {
  readonly items: readonly Activity[]
  /** Each stands before the first entry that is older than what was passed over. */
  readonly gaps: readonly HistoryGap[]
  /** There are no older entries. */
  readonly isWhole: boolean
  readonly selectedId: string | undefined
  readonly onSelect: (id: string) => void
}

function Days({ items, gaps, isWhole, selectedId, onSelect }: DaysProps) {
  const t = useTranslations('activity')
  const format = useFormatter()
  const sentenceOf = useActivitySentence()
  const now = useNow(60_000)
  const placed = placeGaps(gaps, items)
  const atEnd = isWhole ? gaps.filter((gap) => ![...placed.values()].flat().includes(gap)) : []
  return (
    <div className={styles.days}>
      {groupByDay(items, now).map(({ dayStartMs, age, entries }) => (
        <section key={dayStartMs}>
          <h2 className={styles.day}>
            {age === 'older' ? format.dateTime(dayStartMs, { dateStyle: 'long' }) : t(age)}
          </h2>
          <ul aria-label={t('list')}>
            {entries.map((entry) => [
              ...(placed.get(entry.id) ?? []).map((gap) => (
                <li key={keyOf(gap)} className={styles.gap}>
                  <HistoryGapNotice gap={gap} />
                </li>
              )),
              <li key={entry.id} className={styles.row} data-selected={entry.id === selectedId || undefined}>
                <span className={styles.time}>
                  {format.dateTime(entry.createdAtMs, { timeStyle: 'short' })}
                </span>
                <button
                  type="button"
                  className={styles.sentence}
                  aria-pressed={entry.id === selectedId}
                  onClick={() => onSelect(entry.id)}
                >
                  {sentenceOf(entry)}
                </button>
                {entry.labels?.map((label) => (
                  <Badge key={label}>{label}</Badge>
                ))}
                {entry.suspicion && <Badge tone="attention">{t('suspicious.badge')}</Badge>}
                <FeePaid activity={entry} />
                <ActivityStatusBadge activity={entry} />
              </li>,
            ])}
          </ul>
        </section>
      ))}
      {atEnd.map((gap) => (
        <HistoryGapNotice key={keyOf(gap)} gap={gap} />
      ))}
    </div>
  )
}

const keyOf = ({ chainId, accountId, lastBlock }: HistoryGap) => `${chainId}:${accountId}:${lastBlock}`
