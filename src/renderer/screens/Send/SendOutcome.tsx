import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import { queries } from '../../api/queries.ts'
import { Button } from '../../design/Button.tsx'
import { formatInteger } from '../../design/formatAmount.ts'
import { Notice } from '../../design/Notice.tsx'
import styles from './TransferReview.module.css'

interface SendOutcomeProps {
  readonly outcome: { readonly status: 'sent'; readonly activityId: string } | { readonly status: 'rejected' }
  readonly onView: (activityId: string) => void
  readonly onAgain: () => void
  readonly onBack: () => void
}

/** What became of the transfer; a sent one is followed until it is in a block. */
export function SendOutcome({ outcome, onView, onAgain, onBack }: SendOutcomeProps) {
  const t = useTranslations('send')
  const ta = useTranslations('activity')
  const locale = useLocale()
  const headingRef = useRef<HTMLHeadingElement>(null)
  useEffect(() => headingRef.current?.focus(), [])
  const activityId = outcome.status === 'sent' ? outcome.activityId : undefined
  const entry = useInfiniteQuery(queries.activity(undefined))
    .data?.pages.flatMap((page) => page.items)
    .find((item) => item.id === activityId)

  if (activityId === undefined) {
    return (
      <section className={styles.review}>
        <h2 ref={headingRef} tabIndex={-1} className={styles.sentence}>
          {t('rejected.title')}
        </h2>
        <p role="status">{t('rejected.text')}</p>
        <Button onClick={onBack}>{t('rejected.back')}</Button>
      </section>
    )
  }
  const status = entry?.status ?? 'pending'
  const hasFailed = status === 'failed' || status === 'unsent' || status === 'replaced'
  const isConfirmed = status === 'confirmed'
  const title = hasFailed ? t('sent.failedTitle') : isConfirmed ? t('sent.confirmed') : t('sent.title')
  const text =
    isConfirmed && entry?.receipt
      ? t('sent.confirmedText', { number: formatInteger(entry.receipt.blockNumber, locale) })
      : status === 'pending'
        ? t('sent.text')
        : ta(`explain.${status}`)
  return (
    <section className={styles.review}>
      <h2 ref={headingRef} tabIndex={-1} className={styles.sentence}>
        {title}
      </h2>
      <Notice tone={hasFailed ? 'attention' : isConfirmed ? 'safe' : 'info'} role="status">
        {text}
      </Notice>
      <div className={styles.actions}>
        <Button variant="quiet" onClick={onAgain}>
          {t('sent.another')}
        </Button>
        <Button variant="primary" onClick={() => onView(activityId)}>
          {t('sent.view')}
        </Button>
      </div>
    </section>
  )
}
