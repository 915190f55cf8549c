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

interface TransactionOutcomeProps {
  /** Whose messages say it. */
  readonly screen: 'send' | 'swap' | 'calls' | 'allowances' | 'orders.signed'
  readonly outcome: SendOutcome
  /** Instead of the screen's, while the transaction is on its way. */
  readonly text?: string
  /** Where the user himself withdrew it: then that it did not happen is no failure. */
  readonly withdrawn?: Words | undefined
  readonly onView: (activityId: string) => void
  readonly onAgain: () => void
  readonly onBack: () => void
  /** What else can be done or seen, by what has become of it. */
  readonly renderMore?: (entry: Activity | undefined) => ReactNode
}

interface Words {
  readonly title: string
  readonly text: string
}

/** What became of a transaction; a sent one is followed until it is in a block. */
export function TransactionOutcome(props: TransactionOutcomeProps) {
  const { outcome } = props
  const t = useTranslations(props.screen)
  const headingRef = useRef<HTMLHeadingElement>(null)
  useEffect(() => headingRef.current?.focus(), [])
  if (outcome.status === 'sent')
    return <Followed {...props} activityId={outcome.activityId} headingRef={headingRef} />
  return (
    <section className={styles.outcome}>
      <h2 ref={headingRef} tabIndex={-1} className={styles.title}>
        {t('rejected.title')}
      </h2>
      <p role="status">{t('rejected.text')}</p>
      <Button onClick={props.onBack}>{t('rejected.back')}</Button>
    </section>
  )
}

interface FollowedProps extends TransactionOutcomeProps {
  readonly activityId: string
  readonly headingRef: RefObject<HTMLHeadingElement | null>
}

function Followed({ activityId, headingRef, screen, onView, onAgain, renderMore, ...props }: FollowedProps) {
  const t = useTranslations(screen)
  const ta = useTranslations('activity')
  const locale = useLocale()
  const entry = useInfiniteQuery(queries.activity(undefined))
    .data?.pages.flatMap((page) => page.items)
    .find((item) => item.id === activityId)
  const status = entry?.status ?? 'pending'
  const hasFailed = status === 'failed' || status === 'unsent' || status === 'replaced'
  const isConfirmed = status === 'confirmed'
  const withdrawn = status === 'unsent' || status === 'replaced' ? props.withdrawn : undefined
  const reason = entry?.failureReason === undefined ? '' : ` ${ta('reason')}: ${entry.failureReason}`
  const text = () => {
    if (withdrawn) return withdrawn.text
    if (isConfirmed && entry?.receipt) {
      return t('sent.confirmedText', { number: formatInteger(entry.receipt.blockNumber, locale) })
    }
    if (status === 'pending') return props.text ?? t('sent.text')
    return ta(`explain.${status}`) + (hasFailed ? reason : '')
  }
  const title = t(hasFailed ? 'sent.failedTitle' : isConfirmed ? 'sent.confirmed' : 'sent.title')
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
          {t('sent.again')}
        </Button>
        <Button variant="primary" onClick={() => onView(activityId)}>
          {t('sent.view')}
        </Button>
      </div>
    </section>
  )
}
