import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { SendOutcome, TransferPreview, TransferRequest } from '../../../shared/contract/transfers.ts'
import { type AccountId, type TokenRef, tokenKey } from '../../../shared/identity/identity.ts'
import { mainApi } from '../../api/mainApi.ts'
import { queries } from '../../api/queries.ts'
import { useAccounts } from '../../api/useAccounts.ts'
import { useAction } from '../../api/useAction.ts'
import { EmptyState } from '../../design/EmptyState.tsx'
import { Pane } from '../../design/Pane.tsx'
import { Progress } from '../../design/Progress.tsx'
import { SegmentedChoice } from '../../design/SegmentedChoice.tsx'
import { Skeleton } from '../../design/Skeleton.tsx'
import { TransactionOutcome } from '../../parts/TransactionOutcome.tsx'
import { WaitingForApproval } from '../../parts/WaitingForApproval.tsx'
import { PayInCurrency } from './PayInCurrency.tsx'
import { SendForm } from './SendForm.tsx'
import { SendToMany } from './SendToMany.tsx'
import { TransferReview } from './TransferReview.tsx'
import type { TransferDraft } from './transferDraft.ts'

interface SendScreenProps {
  readonly accountId: AccountId | undefined
  readonly initialToken: TokenRef | undefined
  /** Whether an amount of a currency is meant, in whatever coin. */
  readonly startsInCurrency?: boolean | undefined
  readonly onViewActivity: (activityId: string) => void
}

/** Sends: fill in, see what it will do, approve in the other window, watch it arrive. */
export function SendScreen(props: SendScreenProps) {
  const t = useTranslations('send.mode')
  const [mode, setMode] = useState<'token' | 'currency' | 'many'>(
    props.startsInCurrency ? 'currency' : 'token',
  )
  const choice = (
    <SegmentedChoice
      label={t('label')}
      value={mode}
      options={[
        { value: 'token', label: t('token') },
        { value: 'currency', label: t('currency') },
        { value: 'many', label: t('many') },
      ]}
      onChange={setMode}
    />
  )
  if (mode === 'many') return <SendToMany {...props} mode={choice} />
  return mode === 'token' ? (
    <SendToken {...props} mode={choice} />
  ) : (
    <PayInCurrency {...props} mode={choice} />
  )
}

interface SendTokenProps extends SendScreenProps {
  /** Chooses between a token and an amount of money; stands above the form. */
  readonly mode: ReactNode
}

/** Sends an amount of one token. */
function SendToken({ accountId, initialToken, mode, onViewActivity }: SendTokenProps) {
  const t = useTranslations('send')
  const tc = useTranslations('common')
  const accounts = useAccounts()
  const portfolio = useQuery(queries.portfolio).data
  const [draft, setDraft] = useState<TransferDraft>({
    accountId,
    tokenKey: initialToken && tokenKey(initialToken),
    amount: '',
    recipient: '',
    speed: 'normal',
  })
  const [preview, setPreview] = useState<TransferPreview>()
  const [reviewed, setReviewed] = useState<TransferRequest>()
  const [outcome, setOutcome] = useState<SendOutcome>()
  const previewing = useAction(mainApi().transfers.preview)
  const sending = useAction(mainApi().transfers.send)

  const change = (changes: Partial<TransferDraft>) => {
    setDraft((current) => ({ ...current, ...changes }))
    setPreview(undefined)
    setOutcome(undefined)
    previewing.clearError()
    sending.clearError()
  }
  const review = async (request: TransferRequest) => {
    setPreview(undefined)
    setOutcome(undefined)
    sending.clearError()
    setReviewed(request)
    const result = await previewing.run(request)
    if (result.ok) setPreview(result.value)
  }
  /** The same once more, at another speed. */
  const reviewAt = async (speed: TransferDraft['speed']) => {
    setDraft((current) => ({ ...current, speed }))
    if (reviewed) await review({ ...reviewed, speed })
  }
  const send = async (previewId: string) => {
    const result = await sending.run({ previewId })
    if (result.ok) setOutcome(result.value)
    // A preview can be sent once, whatever came of it.
    else if (result.error.code !== 'signing.busy') setPreview(undefined)
  }
  const startAgain = () => {
    setDraft((current) => ({ ...current, amount: '', recipient: '' }))
    setPreview(undefined)
    setOutcome(undefined)
  }
  const backToForm = () => {
    setPreview(undefined)
    setOutcome(undefined)
  }

  const inspector = () => {
    if (outcome) {
      return (
        <TransactionOutcome
          screen="send"
          outcome={outcome}
          onView={onViewActivity}
          onAgain={startAgain}
          onBack={backToForm}
        />
      )
    }
    if (sending.isPending) return <WaitingForApproval />
    if (previewing.isPending) return <Progress>{t('reviewing')}</Progress>
    if (preview) {
      return (
        <TransferReview
          key={preview.previewId}
          preview={preview}
          error={sending.error}
          speed={draft.speed}
          onSpeed={(speed) => void reviewAt(speed)}
          onContinue={() => void send(preview.previewId)}
          onEdit={backToForm}
        />
      )
    }
    return <EmptyState title={t('preview.label')}>{t('preview.empty')}</EmptyState>
  }
  if (!portfolio || accounts.length === 0) {
    return (
      <Pane title={t('title')}>
        <Skeleton rows={5} label={tc('loading')} />
      </Pane>
    )
  }
  return (
    <Pane title={t('title')} inspector={{ label: t('preview.label'), content: inspector() }}>
      {mode}
      <SendForm
        draft={draft}
        portfolio={portfolio}
        accounts={accounts}
        isBusy={previewing.isPending}
        isReviewed={preview !== undefined || outcome !== undefined}
        isLocked={sending.isPending}
        error={previewing.error ?? (preview ? undefined : sending.error)}
        onChange={change}
        onReview={(request) => void review(request)}
      />
    </Pane>
  )
}
