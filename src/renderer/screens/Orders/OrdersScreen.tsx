import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { Order, OrderId, OrderPreview, PlaceOutcome } from '../../../shared/contract/orders.ts'
import type { SignedOrderId } from '../../../shared/contract/signedOrders.ts'
import type { AccountId, ChainId } from '../../../shared/identity/identity.ts'
import { mainApi } from '../../api/mainApi.ts'
import { queries } from '../../api/queries.ts'
import { useAccounts } from '../../api/useAccounts.ts'
import { useAction } from '../../api/useAction.ts'
import { Button } from '../../design/Button.tsx'
import { EmptyState } from '../../design/EmptyState.tsx'
import { formatInteger } from '../../design/formatAmount.ts'
import { Notice } from '../../design/Notice.tsx'
import { Pane } from '../../design/Pane.tsx'
import { Progress } from '../../design/Progress.tsx'
import { Section } from '../../design/Section.tsx'
import { Skeleton } from '../../design/Skeleton.tsx'
import { Tabs } from '../../design/Tabs.tsx'
import { useNow } from '../../design/useNow.ts'
import { useErrorText } from '../../i18n/useErrorText.ts'
import type { Amounts } from '../../parts/createAmounts.ts'
import { TradeSources } from '../../parts/TradeSources.tsx'
import { useAmounts } from '../../parts/useAmounts.tsx'
import { WaitingForApproval } from '../../parts/WaitingForApproval.tsx'
import { BookFigure } from './BookFigure.tsx'
import { EditOrderDialog } from './EditOrderDialog.tsx'
import { givenOf, receivedOf } from './formatOrder.ts'
import { OrderDetails } from './OrderDetails.tsx'
import { OrderList } from './OrderList.tsx'
import { OrderReview } from './OrderReview.tsx'
import styles from './OrdersScreen.module.css'
import { OrderTicket } from './OrderTicket.tsx'
import { emptyDraft, type OrderDraft, readRequest, withDefaults } from './orderDraft.ts'
import { PriceFigure } from './PriceFigure.tsx'
import { Rings } from './Rings.tsx'
import { SignedOrderDetails } from './SignedOrderDetails.tsx'
import { SignedOrders } from './SignedOrders.tsx'
import { type SignedOrderDraft, SignOrderDialog } from './SignOrderDialog.tsx'
import { useOrderPreview } from './useOrderPreview.ts'

interface OrdersScreenProps {
  readonly accountId: AccountId | undefined
  readonly onViewActivity: (activityId: string) => void
}

const minuteMs = 60_000

/** Orders: say what to trade and when, see what that means, approve its rule once, and follow it until it is filled. */
export function OrdersScreen({ accountId, onViewActivity }: OrdersScreenProps) {
  const t = useTranslations('orders')
  const tc = useTranslations('common')
  const locale = useLocale()
  const amounts = useAmounts()
  const errorText = useErrorText()
  const accounts = useAccounts().filter(({ isWatchOnly, isHidden }) => !isWatchOnly && !isHidden)
  const portfolio = useQuery(queries.portfolio).data
  const settings = useQuery(queries.settings).data
  const enabled = useQuery(queries.chains).data?.filter((chain) => chain.enabled) ?? []
  const [typed, setTyped] = useState<OrderDraft>({ ...emptyDraft, accountId })
  const [outcome, setOutcome] = useState<PlaceOutcome>()
  const [selectedId, setSelectedId] = useState<OrderId>()
  const [tab, setTab] = useState<'open' | 'history' | 'signed'>('open')
  const [selectedOfferId, setSelectedOfferId] = useState<SignedOrderId>()
  const [moved, setMoved] = useState<{ order: Order; price: string }>()
  const [signing, setSigning] = useState<SignedOrderDraft>()
  const continueRef = useRef<HTMLButtonElement>(null)
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
  const open = useQuery(queries.openOrders)
  const history = useInfiniteQuery(queries.orderHistory)
  const past = history.data?.pages.flatMap(({ items }) => items) ?? []
  const offers = useQuery(queries.signedOrders).data ?? []
  const placing = useAction(mainApi().orders.place)
  const cancellingAll = useAction(mainApi().orders.cancelAll)
  // An end of so long from now moves on by the minute, so that the question does not change with every rendering.
  const nowMs = Math.ceil(useNow(minuteMs) / minuteMs) * minuteMs
  const request = readRequest(draft, account?.id, nowMs, amounts)
  const { preview, isCurrent, error } = useOrderPreview(request, placing.isPending)
  const pair = draft.base && draft.quote && { base: draft.base.ref.address, quote: draft.quote.ref.address }
  const asked = {
    chainId: chain?.chainId ?? (0 as ChainId),
    base: pair?.base ?? ('native' as const),
    quote: pair?.quote ?? ('native' as const),
  }
  const hasPair = chain !== undefined && pair !== undefined
  const market = useQuery({ ...queries.orderBook(asked), enabled: hasPair }).data?.marketPrice
  const orders = open.data ?? []
  const selected = [...orders, ...past].find(({ id }) => id === selectedId)
  // An order that is looked at is seen in the market of its own pair, where its network is still in use.
  const isReadable = enabled.some(({ chainId }) => chainId === selected?.chainId)
  const shown =
    isReadable && selected
      ? { chainId: selected.chainId, base: selected.base.ref.address, quote: selected.quote.ref.address }
      : asked
  const hasShown = hasPair || isReadable
  // The list below stays where it is while another pair is read.
  const book = useQuery({
    ...queries.orderBook(shown),
    enabled: hasShown,
    placeholderData: keepPreviousData,
  })
  const prices = useQuery({ ...queries.pairPrices(shown), enabled: hasShown })

  if (!portfolio || !tokens || !settings || !account || !chain) {
    return (
      <Pane title={t('title')}>
        <Skeleton rows={5} label={tc('loading')} />
      </Pane>
    )
  }
  const selectedOffer = offers.find(({ id }) => id === selectedOfferId)
  const select = (orderId: OrderId | undefined, offerId?: SignedOrderId) => {
    setSelectedId(orderId)
    setSelectedOfferId(offerId)
  }
  const nativeSymbolOf = (order: Order) =>
    enabled.find(({ chainId }) => chainId === order.chainId)?.nativeSymbol ?? chain.nativeSymbol
  const change = (changes: Partial<OrderDraft>) => {
    setTyped({ ...draft, ...changes })
    setOutcome(undefined)
    select(undefined)
    placing.clearError()
  }
  const place = async () => {
    if (!request || placing.isPending) return
    const result = await placing.run(request)
    if (!result.ok) return
    setOutcome(result.value)
    if (result.value.status === 'placed') setTyped({ ...draft, amount: '' })
  }
  const inspector = () => {
    if (placing.isPending) return <WaitingForApproval />
    if (selected) {
      return (
        <OrderDetails
          key={selected.id}
          order={selected}
          accountName={accounts.find(({ id }) => id === selected.accountId)?.name ?? ''}
          nativeSymbol={nativeSymbolOf(selected)}
          onViewActivity={onViewActivity}
          onClose={() => select(undefined)}
        />
      )
    }
    if (selectedOffer) {
      return (
        <SignedOrderDetails
          key={selectedOffer.id}
          order={selectedOffer}
          accounts={accounts}
          nativeSymbol={
            enabled.find(({ chainId }) => chainId === selectedOffer.chainId)?.nativeSymbol ??
            chain.nativeSymbol
          }
          onViewActivity={onViewActivity}
          onClose={() => select(undefined)}
        />
      )
    }
    if (outcome?.status === 'placed') {
      return (
        <EmptyState
          title={t('placed.title')}
          action={<Button onClick={() => setOutcome(undefined)}>{t('placed.another')}</Button>}
        >
          {t('placed.text')}
        </EmptyState>
      )
    }
    if (!request) return <EmptyState title={t('preview.label')}>{t('empty')}</EmptyState>
    if (preview) {
      return (
        <OrderReview
          isRejected={outcome?.status === 'rejected'}
          preview={preview}
          request={request}
          isCurrent={isCurrent}
          error={error ?? placing.error}
          nativeSymbol={chain.nativeSymbol}
          continueRef={continueRef}
          onPlace={() => void place()}
          onSign={draft.type === 'limit' ? () => setSigning(draftOf(preview, amounts)) : undefined}
        />
      )
    }
    if (error !== undefined) {
      return (
        <Notice tone="attention" role="alert">
          {errorText(error)}
        </Notice>
      )
    }
    return <Progress>{t('preview.loading')}</Progress>
  }
  const lastFill = newestFill(orders, past)
  return (
    <Pane
      title={t('title')}
      aside={
        <TradeSources
          accounts={accounts}
          account={account}
          chains={enabled}
          chain={chain}
          isLocked={placing.isPending}
          onChange={change}
        />
      }
      inspector={{
        label: t(selected || selectedOffer ? 'list.details' : 'preview.label'),
        content: inspector(),
      }}
    >
      <div className={styles.column}>
        <OrderTicket
          draft={draft}
          portfolio={portfolio}
          accountId={account.id}
          chainId={chain.chainId}
          tokens={tokens}
          market={market}
          isLocked={placing.isPending}
          onChange={change}
        />
        <Section
          title={
            book.data
              ? t('book.titleOf', { base: book.data.base.symbol, quote: book.data.quote.symbol })
              : t('book.title')
          }
        >
          {book.error ? (
            <Notice tone="caution">{errorText(book.error)}</Notice>
          ) : book.data ? (
            <>
              <PriceFigure
                book={book.data}
                prices={book.isPlaceholderData ? [] : (prices.data ?? [])}
                orders={orders}
                onSelect={({ id }) => select(id)}
                onMove={(order, price) => setMoved({ order, price })}
              />
              <BookFigure book={book.data} />
            </>
          ) : (
            <Skeleton rows={2} label={tc('loading')} />
          )}
        </Section>
        <Tabs
          label={t('list.tabs')}
          tabs={[
            { name: 'open', label: t('list.open', { count: formatInteger(BigInt(orders.length), locale) }) },
            { name: 'history', label: t('list.history') },
            { name: 'signed', label: t('signed.tab') },
          ]}
          selected={tab}
          onSelect={setTab}
        >
          {tab === 'signed' ? (
            <>
              <SignedOrders
                orders={offers}
                selectedId={selectedOfferId}
                onSelect={(id) => select(undefined, id)}
              />
              <Rings chainId={chain.chainId} />
            </>
          ) : tab === 'open' ? (
            <>
              {open.error && (
                <Notice tone="attention" role="alert">
                  {errorText(open.error)}
                </Notice>
              )}
              {open.data && orders.length === 0 && (
                <EmptyState title={t('list.emptyOpenTitle')}>{t('list.emptyOpen')}</EmptyState>
              )}
              <OrderList
                label={t('list.open', { count: formatInteger(BigInt(orders.length), locale) })}
                orders={orders}
                selectedId={selectedId}
                nativeSymbolOf={nativeSymbolOf}
                onSelect={({ id }) => select(id)}
              />
              {orders.length > 1 && (
                <Button
                  className={styles.all}
                  variant="danger"
                  isBusy={cancellingAll.isPending}
                  onClick={() => void cancellingAll.run({})}
                >
                  {t('list.cancelAll')}
                </Button>
              )}
            </>
          ) : (
            <>
              {history.data && past.length === 0 && (
                <EmptyState title={t('list.emptyHistoryTitle')}>{t('list.emptyHistory')}</EmptyState>
              )}
              <OrderList
                label={t('list.history')}
                orders={past}
                selectedId={selectedId}
                nativeSymbolOf={nativeSymbolOf}
                onSelect={({ id }) => select(id)}
              />
              {history.hasNextPage && (
                <Button className={styles.all} onClick={() => void history.fetchNextPage()}>
                  {t('list.more')}
                </Button>
              )}
            </>
          )}
        </Tabs>
      </div>
      {moved && (
        <EditOrderDialog order={moved.order} movedTo={moved.price} onClose={() => setMoved(undefined)} />
      )}
      {signing && (
        <SignOrderDialog
          draft={signing}
          accountId={account.id}
          chainId={chain.chainId}
          tokens={tokens}
          onSigned={([first]) => {
            setSigning(undefined)
            setTab('signed')
            select(undefined, first?.id)
          }}
          onClose={() => setSigning(undefined)}
        />
      )}
      <p role="status" className="visually-hidden">
        {lastFill &&
          t('announceFill', {
            sold: amounts.short(lastFill.fill.sold, givenOf(lastFill.order.side, lastFill.order), 'up'),
            bought: amounts.short(
              lastFill.fill.bought,
              receivedOf(lastFill.order.side, lastFill.order),
              'down',
            ),
          })}
      </p>
    </Pane>
  )
}

/** A limit order as it would be signed for others: the same amounts. */
function draftOf(preview: OrderPreview, amounts: Amounts): SignedOrderDraft {
  const [give, receive] = [givenOf(preview.side, preview), receivedOf(preview.side, preview)]
  return {
    give,
    giveAmount: amounts.plain(preview.size, give, 'down'),
    receive,
    receiveAmount: amounts.plain(preview.minimumReceived, receive, 'up'),
  }
}

function newestFill(orders: readonly Order[], past: readonly Order[]) {
  return [...orders, ...past]
    .flatMap((order) => order.fills.map((fill) => ({ order, fill })))
    .reduce<{ order: Order; fill: Order['fills'][number] } | undefined>(
      (newest, entry) => (newest && newest.fill.atMs >= entry.fill.atMs ? newest : entry),
      undefined,
    )
}
