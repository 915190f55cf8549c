import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { MultiSendPreview, SendOutcome as Outcome } from '../../../shared/contract/transfers.ts'
import type { AccountId, ChainId } from '../../../shared/identity/identity.ts'
import { mostPayments } from '../../../shared/multiSend/multiSendAbi.ts'
import { mainApi } from '../../api/mainApi.ts'
import { queries } from '../../api/queries.ts'
import { useAccounts } from '../../api/useAccounts.ts'
import { useAction } from '../../api/useAction.ts'
import { Button } from '../../design/Button.tsx'
import { EmptyState } from '../../design/EmptyState.tsx'
import { Field } from '../../design/Field.tsx'
import { Notice } from '../../design/Notice.tsx'
import { Pane } from '../../design/Pane.tsx'
import { Progress } from '../../design/Progress.tsx'
import { Select } from '../../design/Select.tsx'
import { TextArea } from '../../design/TextArea.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import { TransactionOutcome } from '../../parts/TransactionOutcome.tsx'
import { WaitingForApproval } from '../../parts/WaitingForApproval.tsx'
import { MultiSendReview } from './MultiSendReview.tsx'
import { parsePayments } from './parsePayments.ts'
import styles from './SendForm.module.css'

interface SendToManyProps {
  readonly accountId: AccountId | undefined
  /** Chooses what to send; stands above the form. */
  readonly mode: ReactNode
  readonly onViewActivity: (activityId: string) => void
}

/** Pays a chain's coin to several recipients in one transaction. */
export function SendToMany({ accountId, mode, onViewActivity }: SendToManyProps) {
  const t = useTranslations('send.many')
  const ts = useTranslations('send')
  const errorText = useErrorText()
  const accounts = useAccounts().filter(({ isWatchOnly }) => !isWatchOnly)
  const chains = useQuery(queries.chains).data?.filter(({ enabled }) => enabled) ?? []
  const [draft, setDraft] = useState({ accountId, chainId: undefined as ChainId | undefined, text: '' })
  const [preview, setPreview] = useState<MultiSendPreview>()
  const [outcome, setOutcome] = useState<Outcome>()
  const previewing = useAction(mainApi().transfers.previewMany)
  const sending = useAction(mainApi().transfers.sendMany)
  const account = accounts.find(({ id }) => id === draft.accountId) ?? accounts[0]
  const chain = chains.find(({ chainId }) => chainId === draft.chainId) ?? chains[0]
  const parsed = parsePayments(draft.text)
  const payments = 'payments' in parsed ? parsed.payments : []
  const back = () => {
    previewing.clearError()
    sending.clearError()
    setPreview(undefined)
    setOutcome(undefined)
  }
  const change = (changes: Partial<typeof draft>) => {
    setDraft((current) => ({ ...current, ...changes }))
    back()
  }
  const review = async () => {
    if (!account || !chain) return
    back()
    const result = await previewing.run({
      accountId: account.id,
      chainId: chain.chainId,
      payments: [...payments],
      speed: 'normal',
    })
    if (result.ok) setPreview(result.value)
  }
  const send = async (previewId: string) => {
    const result = await sending.run({ previewId })
    if (result.ok) setOutcome(result.value)
    // A preview can be sent once, whatever came of it.
    else setPreview(undefined)
  }
  const inspector = () => {
    if (outcome) {
      return (
        <TransactionOutcome
          screen="send"
          outcome={outcome}
          onView={onViewActivity}
          onAgain={() => change({ text: '' })}
          onBack={back}
        />
      )
    }
    if (sending.isPending) return <WaitingForApproval />
    if (previewing.isPending) return <Progress>{ts('reviewing')}</Progress>
    if (preview) {
      return (
        <MultiSendReview
          key={preview.previewId}
          preview={preview}
          onContinue={() => void send(preview.previewId)}
          onEdit={back}
        />
      )
    }
    return <EmptyState title={ts('preview.label')}>{ts('preview.empty')}</EmptyState>
  }
  const error = previewing.error ?? sending.error
  const tooMany = payments.length > mostPayments
  const problem = () => {
    if ('badLine' in parsed) return t('badLine', { line: String(parsed.badLine) })
    return tooMany ? t('tooMany', { most: String(mostPayments) }) : undefined
  }
  return (
    <Pane title={ts('title')} inspector={{ label: ts('preview.label'), content: inspector() }}>
      {mode}
      <form
        className={styles.form}
        aria-label={ts('form')}
        onSubmit={(event) => {
          event.preventDefault()
          void review()
        }}
      >
        <p>{t('intro', { symbol: chain?.nativeSymbol ?? '' })}</p>
        <Field label={ts('from')}>
          {(control) => (
            <Select
              {...control}
              value={account?.id}
              disabled={sending.isPending}
              onChange={(event) =>
                change({ accountId: accounts.find(({ id }) => id === event.currentTarget.value)?.id })
              }
            >
              {accounts.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={t('network')}>
          {(control) => (
            <Select
              {...control}
              value={chain?.chainId}
              disabled={sending.isPending}
              onChange={(event) =>
                change({
                  chainId: chains.find(({ chainId }) => String(chainId) === event.currentTarget.value)
                    ?.chainId,
                })
              }
            >
              {chains.map(({ chainId, name }) => (
                <option key={chainId} value={chainId}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field
          label={t('payments')}
          hint={t('hint')}
          error={draft.text === '' ? undefined : problem()}
          aside={payments.length > 0 ? t('count', { count: payments.length }) : undefined}
        >
          {(control) => (
            <TextArea
              {...control}
              rows={8}
              value={draft.text}
              placeholder={t('example')}
              disabled={sending.isPending}
              onChange={(event) => change({ text: event.currentTarget.value })}
            />
          )}
        </Field>
        {error && (
          <Notice tone="attention" role="alert">
            {errorText(error)}
          </Notice>
        )}
        <Button
          type="submit"
          variant="primary"
          isBusy={previewing.isPending}
          disabled={payments.length === 0 || tooMany || preview !== undefined || sending.isPending}
        >
          {ts('review')}
        </Button>
      </form>
    </Pane>
  )
}
