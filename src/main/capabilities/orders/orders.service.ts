import type { Activity } from '../../../shared/contract/activity.ts'
import type { Handlers } from '../../../shared/contract/createRouter.ts'
import type { Order, OrderFill, OrderId, OrderRequest } from '../../../shared/contract/orders.ts'
import type { RuleId, RuleScope } from '../../../shared/contract/rules.ts'
import type { mainWindowContract } from '../../../shared/contract/windows.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { AccountId, ChainId } from '../../../shared/identity/identity.ts'
import { tokenKey } from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import { parseUnits } from '../../../shared/money/parseUnits.ts'
import { baseUnits } from '../../../shared/money/units.ts'
import type { ChainDirectory } from '../chains/index.ts'
import type { JournalFile } from '../orderbook/index.ts'
import { loadMarket, type SwapVenues } from '../swaps/index.ts'
import { type AssessedOrder, assessOrder, readMarketPrice } from './assessOrder.ts'
import { describeOrder } from './describeOrder.ts'
import { layoutOwnLevels } from './domain/layoutOwnLevels.ts'
import { layoutPoolLevels } from './domain/layoutPoolLevels.ts'
import { parsePrice, toRate } from './domain/orderPrices.ts'
import type { PlannedRule } from './domain/planOrder.ts'
import { poolTokenOf } from './domain/poolTokenOf.ts'
import { countLateFill } from './followExecutions.ts'
import { type OrderLedger, openOrderLedger } from './openOrderLedger.ts'
import type { OrderRecord, OrderRules, OrderStore } from './orders.ports.ts'
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

/** keccak256("execute(bytes,bytes[],uint256)"), first four bytes. */
const executeSelector = '0x3593564c'
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
    if (record.order.status !== 'open' && record.hasRules) endRules(own, record).catch(deps.onBug)
  }

  /** What an order was allowed ends with it. Locked, it is done with the next unlocking. */
  async function endRules(own: OrderLedger, record: OrderRecord): Promise<void> {
    const isOnItsWay = own.executions().some(({ orderId }) => orderId === record.order.id)
    if (isOnItsWay) return
    for (const ruleId of record.ruleIds) {
      try {
        await deps.rules.revoke(ruleId)
      } catch (thrown) {
        if (!(thrown instanceof AppError)) throw thrown
        if (thrown.code !== 'rule.missing') return
      }
    }
    own.update({ ...record, hasRules: false })
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

  /** Asks for every rule; what was given before a refusal is taken back. */
  async function askForRules(scopes: readonly RuleScope[]): Promise<RuleId[] | undefined> {
    const ruleIds: RuleId[] = []
    for (const scope of scopes) {
      const rule = await deps.rules.request(scope).catch(async (thrown: unknown) => {
        for (const ruleId of ruleIds) await deps.rules.revoke(ruleId)
        throw thrown
      })
      if (!rule) {
        for (const ruleId of ruleIds) await deps.rules.revoke(ruleId)
        return undefined
      }
      ruleIds.push(rule.id)
    }
    return ruleIds
  }

  async function findOpen(orderId: OrderId): Promise<{ own: OrderLedger; record: OrderRecord }> {
    await deps.accounts.listAccounts()
    const own = await ledger()
    const record = own.find(orderId)
    if (!record) throw new AppError('order.missing')
    if (record.order.status !== 'open') throw new AppError('order.notOpen')
    return { own, record }
  }

  async function cancelRecord(own: OrderLedger, { order }: OrderRecord): Promise<Order> {
    await own.attempt({ kind: 'cancel', id: order.id })
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

  async function reduceOrder(own: OrderLedger, record: OrderRecord, text: string): Promise<Order> {
    const { order, legs } = record
    const [leg] = legs
    if (!leg || legs.length > 1 || leg.role === 'slices')
      throw new AppError('order.invalid', { reason: 'edit' })
    const by = parseUnits(text, (order.side === 'sell' ? order.base : order.quote).decimals)
    if (by === 0n) throw new AppError('amount.zero')
    const view = own.engine.order(leg.id)
    if (!view || by >= view.open) throw new AppError('order.invalid', { reason: 'size' })
    await own.execute({ kind: 'reduce', id: leg.id, by })
    const reduced = { ...record, order: { ...order, size: baseUnits(order.size - by) } }
    own.update(reduced)
    return describe(own, reduced)
  }

  /** A new part under the same order takes the old one's place, with a rule of its own where the price got worse for the user. */
  async function repriceOrder(
    own: OrderLedger,
    record: OrderRecord,
    text: string,
  ): Promise<Order | undefined> {
    const { order, legs } = record
    const [leg] = legs
    if (!leg || legs.length > 1 || order.terms.type !== 'limit' || record.command.kind !== 'place') {
      throw new AppError('order.invalid', { reason: 'edit' })
    }
    const view = own.engine.order(leg.id)
    if (!view || view.reserved > 0n) throw new AppError('order.busy')
    const limit = parsePrice(text, order.base, order.quote)
    const [old, next] = [toRate(leg.limit, leg.side), toRate(limit, leg.side)]
    const isWorse = next.bought * old.sold < old.bought * next.sold
    const [oldRule] = record.ruleIds
    let ruleIds = record.ruleIds
    if (isWorse) {
      const { venues } = await contextOf(order)
      const rule = { side: leg.side, units: view.open, limit, maximumUses: 50 }
      const given = await askForRules([scopeOf(order, rule, venues, order.maximumFee, deps.nowMs())])
      if (!given) return undefined
      ruleIds = given
    }
    const now = own.engine.order(leg.id)
    if (!now || now.reserved > 0n) {
      if (isWorse) for (const ruleId of ruleIds) await deps.rules.revoke(ruleId)
      throw new AppError('order.busy')
    }
    const edits = Number(/\.(\d+)$/.exec(leg.id)?.[1] ?? 0)
    const id = `${order.id}.${edits + 1}`
    const { order: placed } = record.command
    const command = {
      kind: 'place',
      order: { ...placed, id, size: now.open, terms: { type: 'limit', limit } },
    } as const
    // The new part stands in the record before the old one goes, so that the order never looks as if it had none.
    const edited: OrderRecord = {
      ...record,
      ruleIds,
      command,
      hasRules: true,
      legs: [{ ...leg, id, limit, size: now.open }, ...legs.slice(1)],
      order: {
        ...order,
        terms: { ...order.terms, price: text },
        worstPrice: isWorse ? limit : order.worstPrice,
      },
    }
    own.update(edited)
    await own.execute(command)
    await own.attempt({ kind: 'cancel', id: leg.id })
    if (isWorse && oldRule) await deps.rules.revoke(oldRule).catch(ignoreMissing)
    look(order.chainId)
    return describe(own, edited)
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
        if ((reduceBy === undefined) === (price === undefined)) {
          throw new AppError('order.invalid', { reason: 'edit' })
        }
        if (reduceBy !== undefined) {
          return { status: 'placed', order: await reduceOrder(own, record, reduceBy) }
        }
        const order = await repriceOrder(own, record, price ?? '')
        return order ? { status: 'placed', order } : { status: 'rejected' }
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

      async getBook({ chainId, base: baseAddress, quote: quoteAddress, levels }) {
        await deps.accounts.listAccounts()
        const own = await ledger()
        const venues = deps.venues.find(deps.chains.getEnabled(chainId).chainId)
        if (!venues) throw new AppError('order.invalid', { reason: 'noVenue' })
        const [base, quote] = await Promise.all([
          deps.tokens.resolve({ chainId, address: baseAddress }),
          deps.tokens.resolve({ chainId, address: quoteAddress }),
        ])
        const tokens = [poolTokenOf(base), poolTokenOf(quote)] as const
        if (tokens[0] === tokens[1]) throw new AppError('order.invalid', { reason: 'sameToken' })
        const block = await deps.reader.readBlock(chainId)
        const market = await loadMarket(deps.reader, chainId, venues, tokens, block, 0)
        const unit = smallUnit(base)
        const bids = layoutPoolLevels(market, ...tokens, 'bids', unit, levels)
        const price = bids[0]?.price ?? readMarketPrice(market, base, quote, 'sell', unit)
        const given = price && (unit * price.quote) / price.base
        const asks = given ? layoutPoolLevels(market, ...tokens, 'asks', given, levels) : []
        const [bid, ask] = [bids[0]?.price, asks[0]?.price]
        const marketPrice =
          bid && ask
            ? {
                quote: bid.quote * ask.base + ask.quote * bid.base,
                base: 2n * bid.base * ask.base,
              }
            : (bid ?? ask)
        return {
          blockNumber: block.number,
          base,
          quote,
          ...(marketPrice ? { marketPrice } : {}),
          own: layoutOwnLevels(own.engine, own.records(), base, quote, levels),
          pools: { bids, asks },
        }
      },
    },

    start() {
      unsubscribe()
      watch.start()
      unsubscribe = deps.chains.subscribeHeads(({ chainId }) => look(chainId))
      ledger()
        .then((own) => {
          for (const record of own.records()) {
            if (record.order.status !== 'open') endRules(own, record).catch(deps.onBug)
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

/** A ten-thousandth of a shown unit, where the token is divided so finely. */
function smallUnit({ decimals }: Token): bigint {
  return 10n ** BigInt(Math.max(decimals - 4, 0))
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

/** What the approval window shows, and the signer holds to. */
function scopeOf(
  order: Pick<OrderRecord['order'], 'accountId' | 'chainId' | 'base' | 'quote' | 'expiresAtMs' | 'terms'>,
  rule: PlannedRule,
  venues: SwapVenues,
  maximumFee: RuleScope['maximumFee'],
  nowMs: number,
): RuleScope {
  const [token, buy] = rule.side === 'sell' ? [order.base, order.quote] : [order.quote, order.base]
  const contracts = [venues.universalRouter, ...(venues.balancer ? [venues.balancer.vault] : [])]
  return {
    name: `${token.symbol} → ${buy.symbol}`.slice(0, 64),
    accountId: order.accountId,
    chainId: order.chainId,
    contract: venues.universalRouter,
    selector: executeSelector,
    recipients: [],
    token,
    maximumUnits: baseUnits(rule.units),
    maximumUnitsPerUse: baseUnits(rule.units),
    maximumFee,
    maximumUses: rule.maximumUses,
    swap: { buy, limit: toRate(rule.limit, rule.side), venues: contracts },
    startsAtMs: Math.min(nowMs, order.expiresAtMs - 1),
    expiresAtMs: order.expiresAtMs,
  }
}

function ignoreMissing(thrown: unknown): void {
  if (!(thrown instanceof AppError) || thrown.code !== 'rule.missing') throw thrown
}

function ignoreUnreachable(thrown: unknown): false {
  if (!(thrown instanceof AppError)) throw thrown
  return false
}
