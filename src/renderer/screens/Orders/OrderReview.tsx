import type { RefObject } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { OrderNote, OrderPreview, OrderRequest } from '../../../shared/contract/orders.ts'
import { Button } from '../../design/Button.tsx'
import { Facts } from '../../design/Facts.tsx'
import { formatAmount } from '../../design/formatAmount.ts'
import { Notice } from '../../design/Notice.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import { useAmounts } from '../../parts/useAmounts.tsx'
import { formatMoment, formatPrice, givenOf, receivedOf } from './formatOrder.ts'
import styles from './OrderReview.module.css'
import { useOrderSentence } from './useOrderSentence.ts'

interface OrderReviewProps {
  /** The approval window was asked for it already, and the user declined. */
  readonly isRejected: boolean
  readonly preview: OrderPreview
  readonly request: OrderRequest
  readonly isCurrent: boolean
  readonly error: unknown
  readonly nativeSymbol: string
  readonly continueRef: RefObject<HTMLButtonElement | null>
  readonly onPlace: () => void
  /** Absent where the order is no limit order: only those can be signed for others. */
  readonly onSign: (() => void) | undefined
}

const cautions: readonly OrderNote[] = [
  'smallForFee',
  'triggersNow',
  'stopMayWait',
  'sentPublicly',
  'balanceTooLow',
  'feeBalanceTooLow',
  'sharedBalance',
]

/** What the order will do to the user's money, in a sentence; then the figures, what to know, and the way on. */
export function OrderReview(props: OrderReviewProps) {
  const { isRejected, preview, request, isCurrent, error, nativeSymbol, continueRef, onPlace, onSign } = props
  const t = useTranslations('orders')
  const ta = useTranslations('send.preview')
  const locale = useLocale()
  const amounts = useAmounts()
  const errorText = useErrorText()
  const sentence = useOrderSentence()
  const given = givenOf(preview.side, preview)
  const received = receivedOf(preview.side, preview)
  const coin = (units: bigint, rounding: 'down' | 'up') =>
    `${formatAmount(units, 18, { locale, rounding, maximumFractionDigits: 'significant' })} ${nativeSymbol}`
  const important = preview.notes.filter((note) => cautions.includes(note))
  const quiet = preview.notes.filter((note) => !cautions.includes(note))
  return (
    <div className={styles.review} aria-busy={!isCurrent} data-stale={!isCurrent || undefined}>
      <h2 className={styles.sentence}>{sentence(request.terms, preview)}</h2>
      {important.map((note) => (
        <Notice key={note} tone="caution">
          {t(`notes.${note}`, { coin: nativeSymbol })}
        </Notice>
      ))}
      {preview.assetWarnings.map((warning) => (
        <Notice key={warning} tone="caution">
          {ta(`warnings.${warning}`)}
        </Notice>
      ))}
      <Facts
        rows={[
          { term: t('facts.give'), detail: amounts.short(preview.size, given, 'up') },
          {
            term: t('facts.receive'),
            detail: amounts.short(preview.minimumReceived, received, 'down'),
          },
          { term: t('facts.worst'), detail: formatPrice(preview.worstPrice, preview, amounts) },
          ...(preview.marketPrice
            ? [{ term: t('facts.market'), detail: formatPrice(preview.marketPrice, preview, amounts) }]
            : []),
          {
            term: t('facts.availableNow'),
            detail:
              preview.availableNow === 0n
                ? t('facts.nothingNow')
                : amounts.short(preview.availableNow, given, 'down'),
          },
          ...(preview.schedule
            ? [
                { term: t('facts.firstSlice'), detail: formatMoment(preview.schedule.firstAtMs, locale) },
                { term: t('facts.lastSlice'), detail: formatMoment(preview.schedule.lastAtMs, locale) },
              ]
            : []),
          { term: t('facts.fee'), detail: coin(preview.expectedFee, 'up') },
          { term: t('facts.feeMost'), detail: coin(preview.maximumFee, 'up') },
          { term: t('facts.until'), detail: formatMoment(preview.expiresAtMs, locale) },
          { term: t('facts.sending'), detail: t(`sending.${preview.sending}`), isWide: true },
        ]}
      />
      {quiet.length > 0 && (
        <ul className={styles.notes}>
          {quiet.map((note) => (
            <li key={note}>{t(`notes.${note}`, { coin: nativeSymbol })}</li>
          ))}
        </ul>
      )}
      <div className={styles.decision}>
        {isRejected && (
          <Notice tone="info" role="status">
            {t('rejected')}
          </Notice>
        )}
        {error !== undefined && (
          <Notice tone="attention" role="alert">
            {errorText(error)}
          </Notice>
        )}
        <Button ref={continueRef} variant="primary" size="large" disabled={!isCurrent} onClick={onPlace}>
          {t('place')}
        </Button>
        <p className={styles.note}>{t(request.terms.type === 'bracket' ? 'placeHintTwice' : 'placeHint')}</p>
        {onSign && (
          <>
            <Button variant="quiet" onClick={onSign}>
              {t('signed.instead')}
            </Button>
            <p className={styles.note}>{t('signed.insteadHint')}</p>
          </>
        )}
      </div>
    </div>
  )
}
