import { useEffect, useRef } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { MultiSendPreview } from '../../../shared/contract/transfers.ts'
import { findName, nameParty } from '../../api/nameParty.ts'
import { Address } from '../../design/Address.tsx'
import { Button } from '../../design/Button.tsx'
import { Facts } from '../../design/Facts.tsx'
import { formatFee } from '../../design/formatAmount.ts'
import { Notice } from '../../design/Notice.tsx'
import { RecipientWarnings } from '../../parts/RecipientWarnings.tsx'
import { TokenAmount } from '../../parts/TokenAmount.tsx'
import { useAmounts } from '../../parts/useAmounts.tsx'
import styles from './TransferReview.module.css'

interface MultiSendReviewProps {
  readonly preview: MultiSendPreview
  readonly onContinue: () => void
  readonly onEdit: () => void
}

/** Everybody who is paid, with what should give pause about each. */
export function MultiSendReview({ preview, onContinue, onEdit }: MultiSendReviewProps) {
  const t = useTranslations('send.many')
  const tp = useTranslations('send.preview')
  const locale = useLocale()
  const amounts = useAmounts()
  const headingRef = useRef<HTMLHeadingElement>(null)
  useEffect(() => headingRef.current?.focus(), [])
  const { token, units, payments, fee } = preview
  const amount = (of: bigint) => amounts.exact(of, token)
  return (
    <section className={styles.review}>
      <h2 ref={headingRef} tabIndex={-1} className={styles.sentence}>
        {t('sentence', { amount: amount(units), count: payments.length })}{' '}
        <span className={styles.cost}>
          {tp('cost', { fee: formatFee(fee.maximum, token.symbol, locale) })}
        </span>
      </h2>
      <Notice tone="info">{t('handedOn')}</Notice>
      {payments.map(({ recipient, units: own }) => (
        <div key={recipient.address} className={styles.changes}>
          <RecipientWarnings recipient={recipient} />
          <Facts
            rows={[
              { term: nameParty(recipient), detail: amount(own) },
              {
                term: tp('to'),
                detail: <Address address={recipient.address} {...findName(recipient)} canCopy={false} />,
                isWide: true,
              },
            ]}
          />
        </div>
      ))}
      <Facts
        rows={[
          {
            term: t('after'),
            detail: <TokenAmount units={preview.balanceAfter} token={token} />,
          },
        ]}
      />
      <div className={styles.actions}>
        <Button variant="quiet" onClick={onEdit}>
          {tp('edit')}
        </Button>
        <Button variant="primary" onClick={onContinue}>
          {tp('continue')}
        </Button>
      </div>
    </section>
  )
}
