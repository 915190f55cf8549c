import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Activity } from '../../../shared/contract/activity.ts'
import type { SendOutcome } from '../../../shared/contract/transfers.ts'
import { mainApi } from '../../api/mainApi.ts'
import { useAction } from '../../api/useAction.ts'
import { Button } from '../../design/Button.tsx'
import { Notice } from '../../design/Notice.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import { TransactionOutcome } from '../../parts/TransactionOutcome.tsx'

interface SwapOutcomeProps {
  readonly outcome: SendOutcome
  readonly isPrivate: boolean
  readonly canCancel: boolean
  readonly onView: (activityId: string) => void
  readonly onAgain: () => void
  readonly onBack: () => void
}

/** What became of the trade; a private one can be withdrawn while it is in no block. */
export function SwapOutcome({ isPrivate, canCancel, ...rest }: SwapOutcomeProps) {
  const t = useTranslations('swap')
  return (
    <TransactionOutcome
      {...rest}
      words={{
        title: t('sent.title'),
        text: t(isPrivate ? 'sent.textPrivate' : 'sent.textPublic'),
        confirmed: t('sent.confirmed'),
        confirmedText: (number) => t('sent.confirmedText', { number }),
        failedTitle: t('sent.failedTitle'),
        view: t('sent.view'),
        again: t('sent.another'),
        rejectedTitle: t('rejected.title'),
        rejectedText: t('rejected.text'),
        back: t('rejected.back'),
      }}
      renderMore={(entry) => (canCancel ? <Withdrawal entry={entry} /> : null)}
    />
  )
}

function Withdrawal({ entry }: { readonly entry: Activity | undefined }) {
  const t = useTranslations('swap.sent')
  const errorText = useErrorText()
  const [isWithdrawn, setWithdrawn] = useState<boolean>()
  const { run, isPending, error } = useAction(mainApi().swaps.cancel)
  const isOpen = entry?.status === 'pending' || entry?.status === 'signed'
  if (error) {
    return (
      <Notice tone="attention" role="alert">
        {errorText(error)}
      </Notice>
    )
  }
  if (isWithdrawn !== undefined) {
    return (
      <Notice tone={isWithdrawn ? 'safe' : 'caution'} role="status">
        {t(isWithdrawn ? 'cancelled' : 'tooLate')}
      </Notice>
    )
  }
  if (!entry || !isOpen) return null
  return (
    <div>
      <Button
        isBusy={isPending}
        onClick={async () => {
          const result = await run({ activityId: entry.id })
          if (result.ok) setWithdrawn(result.value)
        }}
      >
        {t('cancel')}
      </Button>
    </div>
  )
}
