import { useTranslations } from 'use-intl'
import type { SendOutcome as Outcome } from '../../../shared/contract/transfers.ts'
import { TransactionOutcome } from '../../parts/TransactionOutcome.tsx'

interface SendOutcomeProps {
  readonly outcome: Outcome
  readonly onView: (activityId: string) => void
  readonly onAgain: () => void
  readonly onBack: () => void
}

/** What became of the transfer. */
export function SendOutcome(props: SendOutcomeProps) {
  const t = useTranslations('send')
  return (
    <TransactionOutcome
      {...props}
      words={{
        title: t('sent.title'),
        text: t('sent.text'),
        confirmed: t('sent.confirmed'),
        confirmedText: (number) => t('sent.confirmedText', { number }),
        failedTitle: t('sent.failedTitle'),
        view: t('sent.view'),
        again: t('sent.another'),
        rejectedTitle: t('rejected.title'),
        rejectedText: t('rejected.text'),
        back: t('rejected.back'),
      }}
    />
  )
}
