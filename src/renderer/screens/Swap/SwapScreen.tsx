import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { SwapChannel, SwapQuote } from '../../../shared/contract/swaps.ts'
import type { SendOutcome } from '../../../shared/contract/transfers.ts'
import type { AccountId, ChainId } from '../../../shared/identity/identity.ts'
import { mainApi } from '../../api/mainApi.ts'
import { queries } from '../../api/queries.ts'
import { useAccounts } from '../../api/useAccounts.ts'
import { useAction } from '../../api/useAction.ts'
import { EmptyState } from '../../design/EmptyState.tsx'
import { Pane } from '../../design/Pane.tsx'
import { Progress } from '../../design/Progress.tsx'
import { Skeleton } from '../../design/Skeleton.tsx'
import { TradeSources } from '../../parts/TradeSources.tsx'
import { useAmounts } from '../../parts/useAmounts.tsx'
import { WaitingForApproval } from '../../parts/WaitingForApproval.tsx'
import { DepthSection } from './DepthSection.tsx'
import { judgePromise, promiseOf, type SeenPromise, takeSeen } from './judgeQuote.ts'
import { NoRouteNotice } from './NoRouteNotice.tsx'
import { ProtectionSection } from './ProtectionSection.tsx'
import { QuoteAnnouncement } from './QuoteAnnouncement.tsx'
import { QuoteFailure } from './QuoteFailure.tsx'
import { QuoteReview } from './QuoteReview.tsx'
import { RouteOptions } from './RouteOptions.tsx'
import { RouteSection } from './RouteSection.tsx'
import { SwapForm } from './SwapForm.tsx'
import { SwapOutcome } from './SwapOutcome.tsx'
import styles from './SwapScreen.module.css'
import {
  checkDraftAmount,
  emptyDraft,
  isLimited,
  readRequest,
  type SwapDraft,
  withDefaults,
} from './swapDraft.ts'
import { useSwapQuote } from './useSwapQuote.ts'

interface SwapScreenProps {
  readonly accountId: AccountId | undefined
  readonly onViewActivity: (activityId: string) => void
}

interface Done {
  readonly outcome: SendOutcome
  readonly channel: SwapChannel
}

/** Swaps: type an amount, see at once what it gets, costs and risks, approve in the other window, watch it happen. */
export function SwapScreen({ accountId, onViewActivity }: SwapScreenProps) {
  const t = useTranslations('swap')
  const tc = useTranslations('common')
  const amounts = useAmounts()
  const accounts = useAccounts()
  const portfolio = useQuery(queries.portfolio).data
  const settings = useQuery(queries.settings).data
  const enabled = useQuery(queries.chains).data?.filter((chain) => chain.enabled) ?? []
  const [typed, setTyped] = useState<SwapDraft>({ ...emptyDraft, accountId })
  const [done, setDone] = useState<Done>()
  const continueRef = useRef<HTMLButtonElement>(null)
  const [seen, setSeen] = useState<SeenPromise>()
  const [spentId, setSpentId] = useState<string>()
  const chain = enabled.find(({ chainId }) => chainId === typed.chainId) ?? enabled[0]
  const account =
    accounts.find(({ id }) => id === typed.accountId) ??
    accounts.find(({ id }) => id === accountId) ??
    accounts[0]
  const tokens = useQuery({
    ...queries.tokens(chain?.chainId ?? (0 as ChainId)),
    enabled: chain !== undefined,
  }).data
  const draft = withDefaults(typed, chain?.chainId, tokens ?? [], settings?.referenceCurrency)

  const executing = useAction(mainApi().swaps.execute)
  const [offered, setOffered] = useState<OfferedChannels>()
  const channel = chooseChannel(draft, offered)
  const request = readRequest(draft, account?.id, channel, amounts)
  const quoting = useSwapQuote(request, executing.isPending || done !== undefined)
  const { offer, question } = quoting
  // A quote can be executed once, whatever came of it: until the next one is here, there is none to continue with.
  const isSpent = offer?.status === 'quote' && offer.quoteId === spentId && !executing.isPending && !done
  const isCurrent = quoting.isCurrent && !isSpent
  const isSamePair =
    offer?.sell.ref.address === draft.sell?.ref.address && offer?.buy.ref.address === draft.buy?.ref.address
  const quote = offer?.status === 'quote' && isSamePair && offer.exact === draft.exact ? offer : undefined

  useEffect(() => {
    if (!quote || !isCurrent || question === undefined) return
    setSeen((known) => takeSeen(known, question, promiseOf(quote)))
    setOffered((known) => readOffered(quote, known))
  }, [quote, isCurrent, question])

  const change = (changes: Partial<SwapDraft>) => {
    setTyped({ ...draft, ...changes })
    setDone(undefined)
    executing.clearError()
  }
  const proceed = async (confirmed: SwapQuote) => {
    if (question === undefined || executing.isPending) return
    setSeen({ question, promise: promiseOf(confirmed) })
    setSpentId(confirmed.quoteId)
    const result = await executing.run({ quoteId: confirmed.quoteId, channel })
    if (result.ok) setDone({ outcome: result.value, channel })
  }

  if (!portfolio || !tokens || !settings || !account || !chain) {
    return (
      <Pane title={t('title')}>
        <Skeleton rows={5} label={tc('loading')} />
      </Pane>
    )
  }
  const isWorse =
    quote !== undefined &&
    question !== undefined &&
    isCurrent &&
    judgePromise(seen, question, promiseOf(quote)) === 'worse'
  const inspector = () => {
    if (done) {
      return (
        <SwapOutcome
          outcome={done.outcome}
          isPrivate={done.channel !== 'public'}
          canCancel={offered?.cancellable.includes(done.channel) ?? false}
          onView={onViewActivity}
          onAgain={() => change({ amount: '' })}
          onBack={() => setDone(undefined)}
        />
      )
    }
    if (executing.isPending) return <WaitingForApproval />
    if (question === undefined) {
      return <EmptyState title={t('quote.label')}>{t(draft.buy ? 'empty' : 'emptyToken')}</EmptyState>
    }
    if (quote) {
      return (
        <QuoteReview
          quote={quote}
          channel={channel}
          isCurrent={isCurrent}
          before={isWorse ? seen?.promise.units : undefined}
          error={quoting.error ?? executing.error}
          exchangeFeeBps={settings.exchangeFeeBps}
          nativeSymbol={chain.nativeSymbol}
          continueRef={continueRef}
          onContinue={() => void proceed(quote)}
          onAskAgain={quoting.askAgain}
          onChange={change}
        />
      )
    }
    if (quoting.error) return <QuoteFailure error={quoting.error} onAskAgain={quoting.askAgain} />
    if (offer?.status === 'noRoute' && isCurrent)
      return (
        <NoRouteNotice
          answer={offer}
          onLift={isLimited(draft.route) ? () => change({ route: {} }) : undefined}
        />
      )
    return <Progress>{t('quoting')}</Progress>
  }
  return (
    <Pane
      title={t('title')}
      aside={
        <TradeSources
          accounts={accounts}
          account={account}
          chains={enabled}
          chain={chain}
          isLocked={executing.isPending}
          onChange={change}
        />
      }
      inspector={{ label: t('quote.label'), content: inspector() }}
    >
      <div className={styles.column}>
        <SwapForm
          draft={draft}
          portfolio={portfolio}
          accountId={account.id}
          chainId={chain.chainId}
          tokens={tokens}
          quote={quote}
          isCurrent={isCurrent}
          isLocked={executing.isPending}
          amountError={checkDraftAmount(draft, amounts)}
          onChange={change}
          onEnter={() => continueRef.current?.focus()}
        />
        {question !== undefined && (
          <RouteOptions limits={draft.route} isLocked={executing.isPending} onChange={change} />
        )}
        {quote && (
          <>
            <RouteSection quote={quote} />
            <ProtectionSection
              quote={quote}
              draft={draft}
              channel={channel}
              isLocked={executing.isPending}
              onChange={change}
            />
            <DepthSection quote={quote} exchangeFeeBps={settings.exchangeFeeBps} />
          </>
        )}
      </div>
      <QuoteAnnouncement
        answer={done || executing.isPending ? undefined : offer}
        question={isCurrent ? question : undefined}
        isWorse={isWorse}
      />
    </Pane>
  )
}

interface OfferedChannels {
  readonly chainId: ChainId
  readonly preferred: SwapChannel
  readonly names: readonly SwapChannel[]
  readonly cancellable: readonly SwapChannel[]
}

function readOffered(quote: SwapQuote, known: OfferedChannels | undefined): OfferedChannels {
  const { channels } = quote.mev
  const next: OfferedChannels = {
    chainId: quote.chainId,
    preferred: (channels.find(({ isDefault }) => isDefault) ?? channels[0])?.channel ?? 'private',
    names: channels.map(({ channel }) => channel),
    cancellable: channels.filter(({ canCancel }) => canCancel).map(({ channel }) => channel),
  }
  return known && JSON.stringify(known) === JSON.stringify(next) ? known : next
}

/** The user's own choice where the network offers it, else the network's default; private until the network is known. */
function chooseChannel(draft: SwapDraft, offered: OfferedChannels | undefined): SwapChannel {
  if (!offered || offered.chainId !== draft.chainId) return draft.channel ?? 'private'
  return draft.channel && offered.names.includes(draft.channel) ? draft.channel : offered.preferred
}
