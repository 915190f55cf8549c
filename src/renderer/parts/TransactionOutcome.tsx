import { useInfiniteQuery } from '@tanstack/react-query'
import { type ReactNode, type RefObject, useEffect, useRef } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { Activity } from '../../shared/contract/activity.ts'
import type { SendOutcome } from '../../shared/contract/transfers.ts'
import { queries } from '../api/queries.ts'
import { Button } from '../design/Button.tsx'
import { formatInteger } from '../design/formatAmount.ts'
import { Notice } from '../design/Notice.tsx'
import styles from './Outcome.module.css'

/** What is said of one kind of transaction. */
export interface OutcomeWords {
  readonly title: string
  readonly text: string
  readonly confirmed: string
  readonly confirmedText: (blockNumber: string) => string
  readonly failedTitle: string
  /** Where the user himself withdrew it: then that it did not happen is no failure. */
  readonly withdrawn?: { readonly title: string; readonly text: string } | undefined
  readonly view: string
  readonly again: string
  readonly rejectedTitle: string
  readonly rejectedText: string
  readonly back: string
}

interface TransactionOutcomeProps {
  readonly outcome: SendOutcome
  readonly words: OutcomeWords
  readonly onView: (activityId: string) => void
  readonly onAgain: () => void
  readonly onBack: () => void
  /** What else can be done or seen, by what has become of it. */
  readonly renderMore?: (entry: Activity | undefined) => ReactNode
}

/** What became of a transaction; a sent one is followed until it is in a block. */
export function TransactionOutcome(props: TransactionOutcomeProps) {
  const { outcome, words } = props
  const headingRef = useRef<HTMLHeadingElement>(null)
  useEffect(() => headingRef.current?.focus(), [])
  if (outcome.status === 'sent')
    return <Followed {...props} activityId={outcome.activityId} headingRef={headingRef} />
  return (
    <section className={styles.outcome}>
      <h2 ref={headingRef} tabIndex={-1} className={styles.title}>
        {words.rejectedTitle}
      </h2>
      <p role="status">{words.rejectedText}</p>
      <Button onClick={props.onBack}>{words.back}</Button>
    </section>
  )
}

interface FollowedProps extends TransactionOutcomeProps {
  readonly activityId: string
  readonly headingRef: RefObject<HTMLHeadingElement | null>
}

function Followed({ activityId, headingRef, words, onView, onAgain, renderMore }: FollowedProps) {
  const t = useTranslations('activity')
  const locale = useLocale()
  const entry = useInfiniteQuery(queries.activity(undefined))
    .data?.pages.flatMap((page) => page.items)
    .find((item) => item.id === activityId)
  const status = entry?.status ?? 'pending'
  const hasFailed = status === 'failed' || status === 'unsent' || status === 'replaced'
  const isConfirmed = status === 'confirmed'
  const withdrawn = status === 'unsent' || status === 'replaced' ? words.withdrawn : undefined
  const reason = entry?.failureReason === undefined ? '' : ` ${t('reason')}: ${entry.failureReason}`
  const text = () => {
    if (withdrawn) return withdrawn.text
    if (isConfirmed && entry?.receipt) {
      return words.confirmedText(formatInteger(entry.receipt.blockNumber, locale))
    }
    return status === 'pending' ? words.text : t(`explain.${status}`) + (hasFailed ? reason : '')
  }
  const title = hasFailed ? words.failedTitle : isConfirmed ? words.confirmed : words.title
  return (
    <section className={styles.outcome}>
      <h2 ref={headingRef} tabIndex={-1} className={styles.title}>
        {withdrawn?.title ?? title}
      </h2>
      <Notice tone={withdrawn || isConfirmed ? 'safe' : hasFailed ? 'attention' : 'info'} role="status">
        {text()}
      </Notice>
      {renderMore?.(entry)}
      <div className={styles.actions}>
        <Button variant="quiet" onClick={onAgain}>
          {words.again}
        </Button>
        <Button variant="primary" onClick={() => onView(activityId)}>
          {words.view}
        </Button>
      </div>
    </section>
  )
}
