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
  const [isWithdrawn, setWithdrawn] = useState<boolean>()
  return (
    <TransactionOutcome
      {...rest}
      screen="swap"
      {...(isPrivate && { text: t('sent.textPrivate') })}
      withdrawn={isWithdrawn ? { title: t('sent.cancelled'), text: t('sent.cancelledText') } : undefined}
      renderMore={(entry) =>
        canCancel ? <Withdrawal entry={entry} isWithdrawn={isWithdrawn} onAnswer={setWithdrawn} /> : null
      }
    />
  )
}

interface WithdrawalProps {
  readonly entry: Activity | undefined
  /** What was answered to it, once it was asked for. */
  readonly isWithdrawn: boolean | undefined
  readonly onAnswer: (isWithdrawn: boolean) => void
}

function Withdrawal({ entry, isWithdrawn, onAnswer }: WithdrawalProps) {
  const t = useTranslations('swap.sent')
  const errorText = useErrorText()
  const { run, isPending, error } = useAction(mainApi().swaps.cancel)
  const isOpen = entry?.status === 'pending' || entry?.status === 'signed'
  if (error) {
    return (
      <Notice tone="attention" role="alert">
        {errorText(error)}
      </Notice>
    )
  }
  if (isWithdrawn === false) {
    return (
      <Notice tone="caution" role="status">
        {t('tooLate')}
      </Notice>
    )
  }
  if (!entry || !isOpen || isWithdrawn) return null
  return (
    <div>
      <Button
        isBusy={isPending}
        onClick={async () => {
          const result = await run({ activityId: entry.id })
          if (result.ok) onAnswer(result.value)
        }}
      >
        {t('cancel')}
      </Button>
    </div>
  )
}
