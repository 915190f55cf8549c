import type { Activity } from '../../../shared/contract/activity.ts'
import type { Handlers } from '../../../shared/contract/createRouter.ts'
import type {
  Order,
  OrderFill,
  OrderId,
  OrderRequest,
  PlaceOutcome,
} from '../../../shared/contract/orders.ts'
import type { mainWindowContract } from '../../../shared/contract/windows.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { AccountId, ChainId } from '../../../shared/identity/identity.ts'
import { tokenKey } from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import { baseUnits } from '../../../shared/money/units.ts'
import type { ChainDirectory } from '../chains/index.ts'
import type { JournalFile } from '../orderbook/index.ts'
import { type AssessedOrder, assessOrder } from './assessOrder.ts'
import { reduceOrder, renewRules, repriceOrder } from './changeOrder.ts'
import { describeOrder } from './describeOrder.ts'
import { countLateFill } from './followExecutions.ts'
import { type OrderLedger, openOrderLedger } from './openOrderLedger.ts'
import { askForRules, endRules, scopeOf } from './orderRules.ts'
import type { OrderRecord, OrderRules, OrderStore } from './orders.ports.ts'
import { readBook } from './readBook.ts'
import { readPriceHistory } from './readPriceHistory.ts'
import { readRings } from './readRings.ts'
import { createOrderWatch, type WatchOrdersDeps } from './watchOrders.ts'

export interface OrdersServiceDeps
  extends Omit<WatchOrdersDeps, 'ledger' | 'store' | 'onWaiting' | 'confirmationsNeeded' | 'chains'> {
  readonly chains: Pick<ChainDirectory, 'getEnabled' | 'getDefinition' | 'listEnabled' | 'subscribeHeads'>
  readonly store: OrderStore
  readonly rules: OrderRules
  readonly openJournal: () => Promise<JournalFile>
  /** 32 random bits. */
  readonly drawSeed: () => number
  onChanged(order: Order): void
  onFilled(filled: { readonly order: Order; readonly fill: OrderFill }): void
}

export interface OrdersService {
  readonly handlers: Handlers<typeof mainWindowContract>['orders']
  /** Begins to watch; called when the vault is unlocked. */
  start(): void
  /** Nothing is filled from here on; called when the vault is locked. */
  stop(): void
  /** What was sent has come further. */
  noteActivity(activity: Activity): void
  /** Ends everything; nothing may be asked afterwards. */
  close(): void
}

/** Blocks of a public chain are undone at times, hardly ever this deep. */
const confirmationsOnRealChains = 3

/** Armed orders: approved once as a standing rule, then watched and filled against the market while the app is open and unlocked. */
export function createOrdersService(deps: OrdersServiceDeps): OrdersService {
  let opening: Promise<OrderLedger> | undefined
  let unsubscribe: () => void = () => {}
  let closeJournal = () => {}
  let isClosed = false

  function ledger(): Promise<OrderLedger> {
    opening ??= openLedger().catch((thrown: unknown) => {
      opening = undefined
      throw thrown
    })
    return opening
  }

  async function openLedger(): Promise<OrderLedger> {
    const journal = await deps.openJournal()
    closeJournal = () => {
      journal.close().catch(deps.onBug)
    }
    if (isClosed) {
      closeJournal()
      throw new AppError('vault.locked')
    }
    return openOrderLedger({
      store: deps.store,
      journal,
      nowMs: deps.nowMs,
      onChanged: (record) => afterOpening((own) => tellChanged(own, record)),
      onFilled: (record, fill) =>
        afterOpening((own) => deps.onFilled({ order: describe(own, record), fill })),
    }).catch((thrown: unknown) => {
      closeJournal()
      throw thrown
    })
  }

  function afterOpening(tell: (own: OrderLedger) => void): void {
    opening?.then(tell).catch(deps.onBug)
  }

  const watchDeps: WatchOrdersDeps = {
    ...deps,
    ledger,
    confirmationsNeeded: (chainId) =>
      deps.chains.getDefinition(chainId).kind === 'practice' ? 1 : confirmationsOnRealChains,
    onWaiting: (record) => afterOpening((own) => deps.onChanged(describe(own, record))),
  }
  const watch = createOrderWatch(watchDeps)

  function describe(own: OrderLedger, record: OrderRecord): Order {
    return describeOrder(record, own.engine, watch.waitingOf)
  }

  function tellChanged(own: OrderLedger, record: OrderRecord): void {
    deps.onChanged(describe(own, record))
    if (record.order.status !== 'open') watch.forget(record)
    if (record.order.status !== 'open' && record.hasRules) endRules(deps.rules, own, record).catch(deps.onBug)
  }

  function look(chainId: ChainId): void {
    watch.look(chainId).catch(deps.onBug)
  }

  async function contextOf(request: Pick<OrderRequest, 'accountId' | 'chainId'>) {
    const chain = deps.chains.getEnabled(request.chainId)
    const venues = deps.venues.find(request.chainId)
    if (!venues) throw new AppError('order.invalid', { reason: 'noVenue' })
    const account = (await deps.accounts.listAccounts()).find(({ id }) => id === request.accountId)
    if (!account) throw new AppError('account.missing')
    if (account.isWatchOnly) throw new AppError('signing.watchOnly')
    return { chain, venues, account }
  }

  async function assess(request: OrderRequest, id: OrderId) {
    const own = await ledger()
    const context = await contextOf(request)
    const assessed = await assessOrder(deps, request, {
      ...context,
      id,
      seed: deps.drawSeed(),
      committed: (given) => committedUnits(own, request, given),
    })
    return { own, assessed, ...context }
  }

  async function findOpen(orderId: OrderId): Promise<{ own: OrderLedger; record: OrderRecord }> {
    await deps.accounts.listAccounts()
    const own = await ledger()
    const record = own.find(orderId)
    if (!record) throw new AppError('order.missing')
    if (record.order.status !== 'open') throw new AppError('order.notOpen')
    return { own, record }
  }

  async function cancelRecord(own: OrderLedger, open: OrderRecord): Promise<Order> {
    const { order } = open
    await own.cancel(open)
    for (const execution of own.executions()) {
      if (execution.orderId !== order.id) continue
      const swap = execution.transactions.at(-1)
      const activity =
        swap &&
        deps.journal.findSigned({
          chainId: execution.chainId,
          from: execution.from,
          nonce: swap.transaction.nonce,
          transactionHash: swap.transactionHash,
        })
      // Too late is no failure: then it is filled, and shown so.
      if (activity) await deps.journal.cancel(activity.id).catch(ignoreUnreachable)
    }
    const record = own.find(order.id)
    if (!record) throw new AppError('order.missing')
    return describe(own, record)
  }

  function tellOutcome(own: OrderLedger, record: OrderRecord | undefined): PlaceOutcome {
    if (!record) return { status: 'rejected' }
    look(record.order.chainId)
    return { status: 'placed', order: describe(own, record) }
  }

  function stop(): void {
    unsubscribe()
    unsubscribe = () => {}
    watch.stop()
  }

  return {
    handlers: {
      async preview(request) {
        return (await assess(request, deps.makeId() as OrderId)).assessed.preview
      },

      async place(request) {
        const id = deps.makeId() as OrderId
        const { own, assessed, venues, account } = await assess(request, id)
        refuse(request, assessed)
        const { preview, plan } = assessed
        const order = describeRequest(id, request, assessed, deps.nowMs())
        const ruleIds = await askForRules(
          deps.rules,
          plan.rules.map((rule) => scopeOf(order, rule, venues, preview.maximumFee, deps.nowMs())),
        )
        if (!ruleIds) return { status: 'rejected' }
        const record: OrderRecord = {
          order: { ...order, accountId: account.id },
          command: plan.command,
          legs: plan.legs,
          ruleIds,
          fills: [],
          hasOwnPrice: plan.hasOwnPrice,
          hasRules: true,
        }
        await own.open(record)
        look(request.chainId)
        return { status: 'placed', order: describe(own, own.find(id) ?? record) }
      },

      async cancel({ orderId }) {
        const { own, record } = await findOpen(orderId)
        return cancelRecord(own, record)
      },

      async cancelAll({ accountId }) {
        await deps.accounts.listAccounts()
        const own = await ledger()
        const cancelled: Order[] = []
        for (const record of own.records()) {
          const { order } = record
          if (order.status !== 'open' || (accountId !== undefined && order.accountId !== accountId)) continue
          cancelled.push(await cancelRecord(own, record))
        }
        return cancelled
      },

      async edit({ orderId, reduceBy, price }) {
        const { own, record } = await findOpen(orderId)
        if (price !== undefined) {
          const { venues } = await contextOf(record.order)
          return tellOutcome(own, await repriceOrder(deps, own, record, venues, price, reduceBy))
        }
        if (reduceBy === undefined) throw new AppError('order.invalid', { reason: 'edit' })
        return { status: 'placed', order: describe(own, await reduceOrder(own, record, reduceBy)) }
      },

      async renew({ orderId }) {
        const { own, record } = await findOpen(orderId)
        const { venues } = await contextOf(record.order)
        const renewed = await renewRules(deps, own, record, venues)
        // What was found out under the old rules no longer holds.
        if (renewed) watch.forget(renewed)
        return tellOutcome(own, renewed)
      },

      async listOpen() {
        const accounts = new Set((await deps.accounts.listAccounts()).map(({ id }) => id))
        const own = await ledger()
        return own
          .records()
          .filter(({ order }) => order.status === 'open' && accounts.has(order.accountId))
          .map((record) => describe(own, record))
      },

      async listHistory({ cursor, limit }) {
        const accountIds = (await deps.accounts.listAccounts()).map(({ id }) => id)
        const own = await ledger()
        const page = deps.store.listEnded({ accountIds, cursor, limit })
        return {
          items: page.records.map((record) => describe(own, record)),
          ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }),
        }
      },

      async getPrices(request) {
        await deps.accounts.listAccounts()
        const chain = deps.chains.getEnabled(request.chainId)
        const venues = deps.venues.find(chain.chainId)
        if (!venues) throw new AppError('order.invalid', { reason: 'noVenue' })
        return readPriceHistory(deps, chain, venues, request)
      },

      async findRings({ chainId }) {
        const accounts = await deps.accounts.listAccounts()
        const own = await ledger()
        const venues = deps.venues.find(deps.chains.getEnabled(chainId).chainId)
        if (!venues) return []
        return readRings(
          deps,
          own,
          chainId,
          venues,
          accounts.map(({ address }) => address),
        )
      },

      async getBook(request) {
        await deps.accounts.listAccounts()
        const own = await ledger()
        const venues = deps.venues.find(deps.chains.getEnabled(request.chainId).chainId)
        if (!venues) throw new AppError('order.invalid', { reason: 'noVenue' })
        return readBook(deps, own, venues, request)
      },
    },

    start() {
      unsubscribe()
      watch.start()
      unsubscribe = deps.chains.subscribeHeads(({ chainId }) => look(chainId))
      ledger()
        .then((own) => {
          for (const record of own.records()) {
            if (record.order.status !== 'open') endRules(deps.rules, own, record).catch(deps.onBug)
          }
          for (const { chainId } of deps.chains.listEnabled()) look(chainId)
        })
        .catch((thrown: unknown) => {
          if (!isClosed) deps.onBug(thrown)
        })
    },

    stop,

    close() {
      stop()
      isClosed = true
      closeJournal()
    },

    noteActivity(activity) {
      if (activity.kind !== 'swap' || opening === undefined) return
      const isOver = activity.status !== 'signed' && activity.status !== 'pending'
      if (!isOver) return
      ledger()
        .then((own) => countLateFill(watchDeps, own, activity))
        .catch(deps.onBug)
      look(activity.chainId)
    },
  }
}

function committedUnits(own: OrderLedger, request: { readonly accountId: AccountId }, given: Token): bigint {
  let units = 0n
  for (const { order } of own.records()) {
    if (order.status !== 'open' || order.accountId !== request.accountId) continue
    const give = order.side === 'sell' ? order.base : order.quote
    if (tokenKey(give.ref) === tokenKey(given.ref)) units += order.size - order.filledSold
  }
  return units
}

/** @throws AppError `order.wouldCross`, `order.notFilledAtOnce`, `order.publicOnly` */
function refuse(request: OrderRequest, { preview, found, size }: AssessedOrder): void {
  if (preview.sending === 'public' && !request.allowPublic) throw new AppError('order.publicOnly')
  if (request.postOnly && found.kind === 'fill') throw new AppError('order.wouldCross')
  if (request.timeInForce.kind === 'fillOrKill' && (found.kind !== 'fill' || found.sold < size)) {
    throw new AppError('order.notFilledAtOnce')
  }
}

function describeRequest(
  id: OrderId,
  request: OrderRequest,
  { base, quote, size, minimumFill, preview }: AssessedOrder,
  nowMs: number,
): OrderRecord['order'] {
  return {
    id,
    accountId: request.accountId,
    chainId: request.chainId,
    base,
    quote,
    side: request.side,
    terms: request.terms,
    timeInForce: request.timeInForce,
    postOnly: request.postOnly,
    minimumFill: baseUnits(minimumFill),
    size: baseUnits(size),
    filledSold: baseUnits(0n),
    filledBought: baseUnits(0n),
    status: 'open',
    createdAtMs: nowMs,
    expiresAtMs: preview.expiresAtMs,
    sending: preview.sending,
    worstPrice: preview.worstPrice,
    maximumFee: preview.maximumFee,
  }
}

function ignoreUnreachable(thrown: unknown): false {
  if (!(thrown instanceof AppError)) throw thrown
  return false
}
