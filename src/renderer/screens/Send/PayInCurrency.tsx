import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { PaymentPlan } from '../../../shared/contract/payments.ts'
import type { SendOutcome as Outcome, TransferPreview } from '../../../shared/contract/transfers.ts'
import type { AccountId } from '../../../shared/identity/identity.ts'
import { writeDecimal } from '../../../shared/money/writeDecimal.ts'
import { mainApi } from '../../api/mainApi.ts'
import { queries } from '../../api/queries.ts'
import { useAccounts } from '../../api/useAccounts.ts'
import { useAction } from '../../api/useAction.ts'
import { Button } from '../../design/Button.tsx'
import { EmptyState } from '../../design/EmptyState.tsx'
import { Notice } from '../../design/Notice.tsx'
import { Pane } from '../../design/Pane.tsx'
import { Progress } from '../../design/Progress.tsx'
import { Skeleton } from '../../design/Skeleton.tsx'
import { TransactionOutcome } from '../../parts/TransactionOutcome.tsx'
import { WaitingForApproval } from '../../parts/WaitingForApproval.tsx'
import type { FeeSpeed } from './FeeChoice.tsx'
import { type PayCoin, type PayDraft, PayForm } from './PayForm.tsx'
import { PaymentReview } from './PaymentReview.tsx'
import { TransferReview } from './TransferReview.tsx'

type Step =
  | { readonly kind: 'form' }
  | { readonly kind: 'plan'; readonly plan: PaymentPlan }
  | { readonly kind: 'converting'; readonly plan: PaymentPlan; readonly activityId: string }
  | {
      readonly kind: 'transfer'
      readonly plan: PaymentPlan
      readonly preview: TransferPreview
      readonly speed: FeeSpeed
    }
  | { readonly kind: 'outcome'; readonly outcome: Outcome }

interface PayInCurrencyProps {
  readonly accountId: AccountId | undefined
  /** Chooses between a token and an amount of money; stands above the form. */
  readonly mode: ReactNode
  readonly onViewActivity: (activityId: string) => void
}

/** Pays an amount of a currency: the coin is chosen, what is missing is converted first, and then it is sent. */
export function PayInCurrency({ accountId, mode, onViewActivity }: PayInCurrencyProps) {
  const t = useTranslations('send')
  const tc = useTranslations('common')
  const accounts = useAccounts()
  const overview = useQuery(queries.stablecoins).data
  const reference = useQuery(queries.settings).data?.referenceCurrency
  const [draft, setDraft] = useState<PayDraft>({
    accountId,
    chainId: undefined,
    currency: undefined,
    amount: '',
    recipient: '',
    coin: 'auto',
  })
  const [step, setStep] = useState<Step>({ kind: 'form' })
  const planning = useAction(mainApi().payments.plan)
  const converting = useAction(mainApi().swaps.execute)
  const previewing = useAction(mainApi().transfers.preview)
  const sending = useAction(mainApi().transfers.send)

  const back = () => {
    for (const { clearError } of [planning, converting, previewing, sending]) clearError()
    setStep({ kind: 'form' })
  }
  const reviewTransfer = async (plan: PaymentPlan, speed: FeeSpeed = 'normal') => {
    const result = await previewing.run({
      accountId: plan.accountId,
      token: plan.coin.ref,
      amount: writeDecimal(plan.units, plan.coin.decimals),
      recipient: plan.recipient.ensName ?? plan.recipient.address,
      speed,
    })
    setStep(result.ok ? { kind: 'transfer', plan, preview: result.value, speed } : { kind: 'plan', plan })
  }
  const proceed = async (plan: PaymentPlan) => {
    if (!plan.conversion) return reviewTransfer(plan)
    const result = await converting.run({ quoteId: plan.conversion.quote.quoteId, channel: 'private' })
    // A quote can be executed once, whatever came of it.
    if (!result.ok) return
    const { value } = result
    setStep(
      value.status === 'sent'
        ? { kind: 'converting', plan, activityId: value.activityId }
        : { kind: 'outcome', outcome: value },
    )
  }
  const send = async (previewId: string) => {
    const result = await sending.run({ previewId })
    if (result.ok) setStep({ kind: 'outcome', outcome: result.value })
  }

  const inspector = () => {
    if (converting.isPending || sending.isPending) return <WaitingForApproval />
    if (planning.isPending) return <Progress>{t('pay.planning')}</Progress>
    if (previewing.isPending) return <Progress>{t('reviewing')}</Progress>
    switch (step.kind) {
      case 'form':
        return <EmptyState title={t('preview.label')}>{t('pay.empty')}</EmptyState>
      case 'plan':
        return (
          <PaymentReview
            plan={step.plan}
            amount={draft.amount.trim()}
            isBusy={false}
            error={converting.error ?? previewing.error}
            onContinue={() => void proceed(step.plan)}
            onEdit={back}
          />
        )
      case 'converting':
        return (
          <Conversion
            activityId={step.activityId}
            onArrived={() => void reviewTransfer(step.plan)}
            onBack={back}
          />
        )
      case 'transfer':
        return (
          <TransferReview
            key={step.preview.previewId}
            preview={step.preview}
            error={sending.error}
            speed={step.speed}
            onSpeed={(speed) => void reviewTransfer(step.plan, speed)}
            onContinue={() => void send(step.preview.previewId)}
            onEdit={back}
          />
        )
      case 'outcome':
        return (
          <TransactionOutcome
            screen="send"
            outcome={step.outcome}
            onView={onViewActivity}
            onAgain={() => {
              setDraft((current) => ({ ...current, amount: '', recipient: '' }))
              back()
            }}
            onBack={back}
          />
        )
    }
  }
  const coins = overview?.coins.flatMap(({ currency, symbol, readings }) =>
    readings.flatMap(({ token: { ref } }): PayCoin[] =>
      ref.address === 'native' ? [] : [{ chainId: ref.chainId, currency, symbol, address: ref.address }],
    ),
  )
  return (
    <Pane title={t('title')} inspector={{ label: t('preview.label'), content: inspector() }}>
      {mode}
      {!coins && <Skeleton rows={5} label={tc('loading')} />}
      {coins?.length === 0 && <EmptyState title={t('pay.noCoins')}>{t('pay.noCoinsText')}</EmptyState>}
      {coins && coins.length > 0 && (
        <PayForm
          draft={{ ...draft, currency: draft.currency ?? reference }}
          coins={coins}
          accounts={accounts.filter(({ isWatchOnly }) => !isWatchOnly)}
          isBusy={planning.isPending}
          isLocked={converting.isPending || sending.isPending || step.kind === 'converting'}
          error={planning.error}
          onChange={(changes) => {
            setDraft((current) => ({ ...current, ...changes }))
            back()
          }}
          onPlan={async (request) => {
            back()
            const result = await planning.run(request)
            if (result.ok) setStep({ kind: 'plan', plan: result.value })
          }}
        />
      )}
    </Pane>
  )
}

interface ConversionProps {
  readonly activityId: string
  readonly onArrived: () => void
  readonly onBack: () => void
}

/** Waits for the conversion's block; then the transfer can be tried. What was converted stays the user's own, whatever happens. */
function Conversion({ activityId, onArrived, onBack }: ConversionProps) {
  const t = useTranslations('send.pay')
  const status = useInfiniteQuery(queries.activity(undefined))
    .data?.pages.flatMap((page) => page.items)
    .find(({ id }) => id === activityId)?.status
  const [arrive] = useState(() => onArrived)
  useEffect(() => {
    if (status === 'confirmed') arrive()
  }, [status, arrive])
  const hasFailed = status !== undefined && !['signed', 'pending', 'confirmed'].includes(status)
  if (!hasFailed) return <Progress>{t('converting')}</Progress>
  return (
    <>
      <Notice tone="attention" role="alert">
        {t('conversionFailed')}
      </Notice>
      <Button onClick={onBack}>{t('back')}</Button>
    </>
  )
}
