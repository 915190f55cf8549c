import { createCoalescedRun } from '../../../shared/concurrency/createCoalescedRun.ts'
import type { OrderSide, OrderWaiting } from '../../../shared/contract/orders.ts'
import type { RuleId } from '../../../shared/contract/rules.ts'
import type { Account } from '../../../shared/contract/vault.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import { type ChainId, isSameAddress } from '../../../shared/identity/identity.ts'
import { smallerOf } from '../../../shared/money/smallerOf.ts'
import { baseUnits } from '../../../shared/money/units.ts'
import { isRuleOver } from '../../../shared/rules/ruleEnds.ts'
import type { AccountDirectory, ChainDefinition, ChainDirectory } from '../chains/index.ts'
import type { OrderView } from '../orderbook/index.ts'
import { isAllowedTaker } from '../signedOrders/index.ts'
import {
  type BlockRef,
  loadMarket,
  type Market,
  type SwapVenues,
  type TradeFinder,
  type TradeSearchResult,
  type VenueDirectory,
} from '../swaps/index.ts'
import { computeFees, rewardPercentiles } from '../transfers/index.ts'
import { engineIdOf, isLegOpen } from './describeOrder.ts'
import { costInBought, findFill, probeOf } from './domain/findFill.ts'
import { findPeerFill, gainOf } from './domain/findPeerFill.ts'
import { isTelling } from './domain/findTelling.ts'
import { legIdOf, orderIdOf } from './domain/orderIds.ts'
import { distanceBps, type ExchangeRate, isAtRate, toRate } from './domain/orderPrices.ts'
import { poolTokenOf } from './domain/poolTokenOf.ts'
import { type ExecuteFillDeps, executeFill } from './executeFill.ts'
import { type FollowDeps, followExecutions } from './followExecutions.ts'
import { observeTriggers } from './observeTriggers.ts'
import type { OrderLedger } from './openOrderLedger.ts'
import type { OrderRecord, OrderRules, PeerOrders, PlannedLeg } from './orders.ports.ts'

export interface WatchOrdersDeps extends ExecuteFillDeps, FollowDeps {
  readonly chains: Pick<ChainDirectory, 'getDefinition' | 'listEnabled'>
  readonly accounts: AccountDirectory
  readonly venues: VenueDirectory
  readonly ledger: () => Promise<OrderLedger>
  readonly peers: PeerOrders
  readonly rules: OrderRules
  /** An order waits for something else than before. */
  onWaiting(record: OrderRecord): void
  onBug(thrown: unknown): void
}

export interface OrderWatch {
  /** Looks at every open order of a chain; while it does, further calls join in one more look after it. */
  look(chainId: ChainId): Promise<void>
  waitingOf(engineId: string): OrderWaiting | undefined
  /** An order is over. */
  forget(record: OrderRecord): void
  start(): void
  stop(): void
}

interface Backoff {
  readonly failures: number
  readonly untilBlock: bigint
}

/** Whether a reason says what the market can do now, and not only that nobody could find out. */
const isAnswer: Record<OrderWaiting['reason'], boolean> = {
  priceAway: true,
  gasWouldEatGain: true,
  belowMinimumFill: true,
  noRoute: true,
  sent: true,
  balance: true,
  feeBalance: true,
  trigger: false,
  slice: false,
  entry: false,
  otherLeg: false,
  feeTooHigh: false,
  trialFailed: false,
  accountBusy: false,
  noPrivateChannel: false,
  ruleEnded: true,
  chainUnreachable: false,
  nextBlock: false,
}

/** Of filling a signed order, with the allowance before it. */
const peerFillGas = 200_000n

/** After failures in a row an order is left alone for 1, 2, 4 … blocks, at most so many. */
const longestBackoff = 32n

/** Watches open orders block by block, and fills what the pools give at the price. */
export function createOrderWatch(deps: WatchOrdersDeps): OrderWatch {
  const waiting = new Map<string, OrderWaiting>()
  const backoffs = new Map<string, Backoff>()
  /** Legs that would be refused by the signer, by their id. */
  const withoutRule = new Set<string>()
  const looks = new Map<ChainId, () => Promise<void>>()
  let session = 0
  let isRunning = false

  function note(record: OrderRecord, engineId: string, next: OrderWaiting): void {
    const before = waiting.get(engineId)
    waiting.set(engineId, next)
    if (describe(before) !== describe(next)) deps.onWaiting(record)
  }

  /** A leg whose rule is over says so at once, and not only when the market comes to its price. */
  function noteRules(
    { engine }: OrderLedger,
    record: OrderRecord,
    live: ReadonlySet<RuleId | undefined>,
  ): void {
    let isChanged = false
    for (const leg of record.legs) {
      const isLost = isLegOpen(engine, leg) && !live.has(record.ruleIds[leg.rule])
      if (isLost === withoutRule.has(leg.id)) continue
      if (isLost) withoutRule.add(leg.id)
      else withoutRule.delete(leg.id)
      isChanged = true
    }
    if (isChanged) deps.onWaiting(record)
  }

  async function lookOnce(chainId: ChainId): Promise<void> {
    const startedIn = session
    const isCurrent = () => isRunning && session === startedIn
    if (!isRunning) return
    const ledger = await deps.ledger()
    await followExecutions(deps, ledger, chainId)
    const records = ledger
      .records()
      .filter(({ order }) => order.chainId === chainId && order.status === 'open')
    const chain = deps.chains.listEnabled().find((each) => each.chainId === chainId)
    const venues = deps.venues.find(chainId)
    if (records.length === 0 || !chain || !venues || !isCurrent()) return
    const block = await deps.reader.readBlock(chainId)
    await ledger.attempt({ kind: 'advance', nowMs: timeOf(deps, chain, block, ledger) })
    const rules = await deps.rules.list()
    const live = new Set(rules.filter((rule) => !isRuleOver(rule, deps.nowMs())).map(({ id }) => id))
    for (const record of records) noteRules(ledger, record, live)
    const [accounts, history] = await Promise.all([
      deps.accounts.listAccounts(),
      deps.accountNode.readFeeHistory(chainId, rewardPercentiles),
    ])
    const fees = computeFees(history, 'normal', chain.minimumPriorityFeePerGas)
    const gasPrice = fees.baseFeePerGas + fees.maxPriorityFeePerGas
    for (const group of groupByPair(records)) {
      if (!isCurrent()) return
      const [{ order }] = group
      const tokens = [poolTokenOf(order.base), poolTokenOf(order.quote)] as const
      const market = await loadMarket(deps.reader, chainId, venues, tokens, block, 0)
      for (const [record, leg, armed] of await observeTriggers(ledger, group, market, block, chain)) {
        note(record, leg, armed)
      }
      const spotOf = createSpotReader(deps.search, ledger, group, market)
      for (const record of group) {
        const account = accounts.find(({ id }) => id === record.order.accountId)
        if (!account || !isCurrent()) continue
        await tryRecord({
          ledger,
          record,
          account,
          market,
          spotOf,
          gasPrice,
          chain,
          venues,
          block,
          isCurrent,
        })
      }
    }
    await ledger.compactIfLong()
  }

  async function tryRecord(context: RecordContext): Promise<void> {
    const { ledger, record, block } = context
    const { timeInForce, id } = record.order
    for (const leg of record.legs) {
      const engineId = engineIdOf(ledger.engine, leg)
      const view = engineId === undefined ? undefined : ledger.engine.order(engineId)
      if (engineId === undefined || !view) continue
      if (view.status !== 'resting' && view.status !== 'working') continue
      const isAtOnce = timeInForce.kind === 'immediateOrCancel' || timeInForce.kind === 'fillOrKill'
      let isTried = view.reserved > 0n
      const isBusy = view.reserved > 0n
      const backoff = backoffs.get(engineId)
      if (!isBusy && view.open > 0n && (backoff === undefined || backoff.untilBlock <= block.number)) {
        const next = await tryLeg(context, leg, engineId, view)
        note(record, engineId, next)
        isTried = isAnswer[next.reason]
      }
      // What was possible at once has been tried: the rest goes, and what is on its way still counts.
      if (isAtOnce && isTried) {
        ledger.explainEnd(id, 'notFilledAtOnce')
        await ledger.cancel(ledger.find(id) ?? record)
      }
    }
  }

  async function tryLeg(
    context: RecordContext,
    leg: PlannedLeg,
    engineId: string,
    view: OrderView,
  ): Promise<OrderWaiting> {
    const { ledger, record, account, market, gasPrice, block } = context
    if (withoutRule.has(leg.id)) return { reason: 'ruleEnded' }
    const inFlight = ledger.executions().find(({ chainId, from }) => {
      return chainId === record.order.chainId && isSameAddress(from, account.address)
    })
    // Nor behind anything else: what waits for an earlier nonce cannot happen, and would use up what the rule allows.
    const isBehind = deps.journal.listOpenNonces(record.order.chainId, account.address).length > 0
    if (inFlight || isBehind) return { reason: 'accountBusy' }
    const rate = toRate(leg.limit, leg.side)
    const [give, get] =
      leg.side === 'sell' ? [record.order.base, record.order.quote] : [record.order.quote, record.order.base]
    const request = {
      tokenIn: poolTokenOf(give),
      tokenOut: poolTokenOf(get),
      size: view.open,
      minimumFill: smallerOf(view.request.minimumFill, view.open),
      isWhole: record.order.timeInForce.kind === 'fillOrKill',
      rate,
      gasPrice,
    }
    const spot = await context.spotOf(leg.side)
    const fee = spot && costInBought(spot.perWei, request, peerFillGas)
    const peerFill =
      fee === undefined
        ? undefined
        : findPeerFill(deps.peers.listFillable(record.order.chainId), {
            ...request,
            account: account.address,
            expiresAtMs: record.order.expiresAtMs,
            fee,
            isAllowed: isAllowedTaker,
          })
    if (!peerFill && spot?.rate && !isAtRate(spot.rate.sold, spot.rate.bought, rate)) {
      return { reason: 'priceAway', distanceBps: distanceBps(spot.rate, rate) }
    }
    const inPools = await findFill(deps.search, market, request)
    const isPeerBetter =
      peerFill !== undefined && (inPools.kind !== 'fill' || gainOf(peerFill, rate) > gainOf(inPools, rate))
    const found = isPeerBetter ? peerFill : inPools
    switch (found.kind) {
      case 'noRoute':
        return { reason: 'noRoute' }
      case 'priceAway':
        return { reason: 'priceAway', distanceBps: distanceBps(found.market, rate) }
      case 'gasWouldEatGain':
        return { reason: 'gasWouldEatGain', gain: baseUnits(found.gain), fee: baseUnits(found.fee) }
      case 'belowMinimum':
        return { reason: 'belowMinimumFill', available: baseUnits(found.available) }
      case 'fill': {
        const outcome = await executeFill(deps, { ...context, leg, engineId, fill: found })
        if (outcome.kind === 'sent') {
          backoffs.delete(engineId)
          return { reason: 'sent', activityId: outcome.activityId }
        }
        if (outcome.isLasting) {
          const failures = (backoffs.get(engineId)?.failures ?? 0) + 1
          const blocks = 2n ** BigInt(Math.min(failures, 6) - 1)
          backoffs.set(engineId, {
            failures,
            untilBlock: block.number + (blocks < longestBackoff ? blocks : longestBackoff) + 1n,
          })
        }
        return outcome.waiting
      }
    }
  }

  return {
    look(chainId) {
      const look = looks.get(chainId) ?? createCoalescedRun(() => lookOnce(chainId))
      looks.set(chainId, look)
      const startedIn = session
      return look().catch(async (thrown: unknown) => {
        // What is left of an ended session may find everything closed.
        if (session !== startedIn) return
        if (!(thrown instanceof AppError) || thrown.code.startsWith('storage.')) deps.onBug(thrown)
        else if (thrown.code.startsWith('chain.')) await noteUnreachable(chainId)
      })
    },
    waitingOf: (engineId) =>
      withoutRule.has(legIdOf(engineId)) ? { reason: 'ruleEnded' } : waiting.get(engineId),
    forget({ order, legs }) {
      for (const { id } of legs) withoutRule.delete(id)
      for (const engineId of waiting.keys()) {
        if (orderIdOf(engineId) !== order.id) continue
        waiting.delete(engineId)
        backoffs.delete(engineId)
      }
    },
    start() {
      isRunning = true
      session += 1
    },
    stop() {
      isRunning = false
      session += 1
      backoffs.clear()
    },
  }

  async function noteUnreachable(chainId: ChainId): Promise<void> {
    if (!isRunning) return
    const ledger = await deps.ledger()
    for (const record of ledger.records()) {
      if (record.order.chainId !== chainId || record.order.status !== 'open') continue
      for (const leg of record.legs) note(record, leg.id, { reason: 'chainUnreachable' })
    }
  }
}

/** Where the market stands for a side. */
interface Spot {
  /** Absent where rounding would hide it. */
  readonly rate: ExchangeRate | undefined
  readonly perWei: TradeSearchResult['perWei']
}

interface RecordContext {
  readonly ledger: OrderLedger
  readonly record: OrderRecord
  readonly account: Account
  readonly market: Market
  readonly spotOf: (side: OrderSide) => Promise<Spot | undefined>
  readonly gasPrice: bigint
  readonly chain: ChainDefinition
  readonly venues: SwapVenues
  readonly block: BlockRef
  readonly isCurrent: () => boolean
}

/**
 * Where the market stands for a side, found once for all orders of a pair: most are far from their price, and need no search of their
 * own.
 */
function createSpotReader(
  search: TradeFinder,
  { engine }: OrderLedger,
  group: readonly OrderRecord[],
  market: Market,
): RecordContext['spotOf'] {
  const known = new Map<OrderSide, Promise<Spot | undefined>>()
  const read = async (side: OrderSide): Promise<Spot | undefined> => {
    let largest = 0n
    for (const leg of group.flatMap(({ legs }) => legs)) {
      const id = leg.side === side ? engineIdOf(engine, leg) : undefined
      const open = id === undefined ? 0n : (engine.order(id)?.open ?? 0n)
      if (open > largest) largest = open
    }
    const [order] = group.map((record) => record.order)
    if (!order || largest === 0n) return undefined
    const [give, get] = side === 'sell' ? [order.base, order.quote] : [order.quote, order.base]
    const sold = probeOf(largest)
    const { found, perWei } = await search.find(market, {
      mode: 'exactIn',
      tokenIn: poolTokenOf(give),
      tokenOut: poolTokenOf(get),
      amount: sold,
      gasPrice: 0n,
    })
    const tells = found.kind === 'trade' && isTelling(sold, found.trade.amountOut)
    const rate = tells ? { sold: baseUnits(sold), bought: baseUnits(found.trade.amountOut) } : undefined
    return { rate, perWei }
  }
  return (side) => {
    const reading = known.get(side) ?? read(side)
    known.set(side, reading)
    return reading
  }
}

/**
 * The wall's clock, and on a practice chain the chain's own where that is ahead: its time can be set forward. It never runs back.
 */
function timeOf(
  { nowMs }: Pick<WatchOrdersDeps, 'nowMs'>,
  chain: ChainDefinition,
  block: BlockRef,
  { engine }: OrderLedger,
): number {
  const now = chain.kind === 'practice' ? Math.max(nowMs(), block.timestampMs) : nowMs()
  return Math.max(now, engine.state.nowMs)
}

function groupByPair(records: readonly OrderRecord[]): [OrderRecord, ...OrderRecord[]][] {
  const groups = new Map<string, [OrderRecord, ...OrderRecord[]]>()
  for (const record of records) {
    const key = `${poolTokenOf(record.order.base)}/${poolTokenOf(record.order.quote)}`
    const group = groups.get(key)
    if (group) group.push(record)
    else groups.set(key, [record])
  }
  return [...groups.values()]
}

function describe(waiting: OrderWaiting | undefined): string {
  return (
    JSON.stringify(waiting, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value)) ??
    ''
  )
}
