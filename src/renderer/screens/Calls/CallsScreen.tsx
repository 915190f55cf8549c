import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { SendOutcome } from '../../../shared/contract/transfers.ts'
import type { AccountId, ChainId } from '../../../shared/identity/identity.ts'
import { mainApi } from '../../api/mainApi.ts'
import { queries } from '../../api/queries.ts'
import { useAccounts } from '../../api/useAccounts.ts'
import { useAction } from '../../api/useAction.ts'
import { EmptyState } from '../../design/EmptyState.tsx'
import { Pane } from '../../design/Pane.tsx'
import { Skeleton } from '../../design/Skeleton.tsx'
import { TradeSources } from '../../parts/TradeSources.tsx'
import { TransactionOutcome } from '../../parts/TransactionOutcome.tsx'
import { WaitingForApproval } from '../../parts/WaitingForApproval.tsx'
import { CallForm } from './CallForm.tsx'
import styles from './CallsScreen.module.css'

interface CallsScreenProps {
  readonly accountId: AccountId | undefined
  readonly onViewActivity: (activityId: string) => void
}

/** Calls of any contract, as its documentation or another program gives them: read, tried and decided on like everything else. */
export function CallsScreen({ accountId, onViewActivity }: CallsScreenProps) {
  const t = useTranslations('calls')
  const tc = useTranslations('common')
  const accounts = useAccounts().filter(({ isHidden }) => !isHidden)
  const chains = useQuery(queries.chains).data?.filter(({ enabled }) => enabled)
  const [chosen, setChosen] = useState<{ accountId?: AccountId; chainId?: ChainId }>({})
  const [sent, setSent] = useState<SendOutcome>()
  const sending = useAction(mainApi().calls.send)
  const account = accounts.find(({ id }) => id === (chosen.accountId ?? accountId)) ?? accounts[0]
  const chain = chains?.find(({ chainId }) => chainId === chosen.chainId) ?? chains?.[0]
  if (!chain || !account) {
    return (
      <Pane title={t('title')}>
        <Skeleton rows={5} label={tc('loading')} />
      </Pane>
    )
  }
  const isBusy = sending.isPending
  const startAgain = () => {
    setSent(undefined)
    sending.clearError()
  }

  const inspector = () => {
    if (isBusy) return <WaitingForApproval />
    if (!sent) return <EmptyState title={t('empty.title')}>{t('empty.text')}</EmptyState>
    return (
      <TransactionOutcome
        outcome={sent}
        screen="calls"
        onView={onViewActivity}
        onAgain={startAgain}
        onBack={startAgain}
      />
    )
  }
  return (
    <Pane title={t('title')} inspector={{ label: t('outcome'), content: inspector() }}>
      <div className={styles.form}>
        <p className={styles.lead}>{t('lead')}</p>
        <TradeSources
          accounts={accounts}
          account={account}
          chains={chains ?? []}
          chain={chain}
          isLocked={isBusy}
          onChange={(changes) => {
            setChosen((before) =>
              'accountId' in changes
                ? { ...before, accountId: changes.accountId }
                : { ...before, chainId: changes.chainId },
            )
          }}
        />
        <CallForm
          coin={chain.nativeSymbol}
          isBusy={isBusy}
          error={sending.error}
          onSend={async (call) => {
            startAgain()
            const result = await sending.run({
              ...call,
              accountId: account.id,
              chainId: chain.chainId,
              speed: 'normal',
            })
            if (result.ok) setSent(result.value)
          }}
        />
      </div>
    </Pane>
  )
}
