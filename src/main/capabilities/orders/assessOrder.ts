import type {
  OrderId,
  OrderNote,
  OrderPreview,
  OrderPrice,
  OrderRequest,
  OrderSending,
} from '../../../shared/contract/orders.ts'
import type { Account } from '../../../shared/contract/vault.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { Token } from '../../../shared/identity/token.ts'
import { largerOf, smallerOf } from '../../../shared/money/smallerOf.ts'
import { baseUnits, wei } from '../../../shared/money/units.ts'
import type { ChainDefinition } from '../chains/index.ts'
import {
  loadMarket,
  type Market,
  type PrepareSwapDeps,
  quoteOutput,
  type SwapVenues,
  type TradeFinder,
} from '../swaps/index.ts'
import { computeFees, type FeesPerGas, rewardPercentiles } from '../transfers/index.ts'
import { type FoundFill, findFill } from './domain/findFill.ts'
import { findTelling } from './domain/findTelling.ts'
import { leastBought, toRate } from './domain/orderPrices.ts'
import { type OrderPlan, parseSizes, planOrder } from './domain/planOrder.ts'
import { poolTokenOf } from './domain/poolTokenOf.ts'
import { readPoolPrices } from './domain/readPoolPrices.ts'

export type AssessOrderDeps = Pick<
  PrepareSwapDeps,
  'reader' | 'search' | 'accountNode' | 'tokens' | 'privateFlow' | 'assetGuard' | 'nowMs'
>

/** What is known about an order before it is placed. */
export interface AssessedOrder {
  readonly base: Token
  readonly quote: Token
  readonly size: bigint
  readonly minimumFill: bigint
  readonly plan: OrderPlan
  readonly found: FoundFill
  readonly preview: OrderPreview
}

export interface AssessContext {
  readonly id: OrderId
  readonly seed: number
  readonly chain: ChainDefinition
  readonly venues: SwapVenues
  readonly account: Account
  /** What the account's other open orders give of the same token. */
  readonly committed: (given: Token) => bigint
}

const dayMs = 86_400_000
/** As long as a standing rule may last, less a day for the time of asking. */
const longestMs = 365 * dayMs
/** For an order that acts at once: long enough to approve it. */
const atOnceMs = 10 * 60_000
/** Gas of a fill, where no route tells: more than most need. */
const usualGas = 300_000n
/** Of the approvals before it. */
const approvalGas = 110_000n
/** How far the fee of a fill may rise above the present one, limits of gas included. */
const feeHeadroom = 6n
/** The parts of an order by which the market's price is told: the smallest one that is not rounded away. */
const probeShares = [256n, 16n, 1n]

/**
 * What an order would do at the newest block.
 *
 * @throws AppError `order.invalid`, `amount.*`, `token.unknown`, `asset.transferRefused`, `chain.*`
 */
export async function assessOrder(
  deps: AssessOrderDeps,
  request: OrderRequest,
  { id, seed, chain, venues, account, committed }: AssessContext,
): Promise<AssessedOrder> {
  const { chainId } = chain
  const [base, quote] = await Promise.all([
    deps.tokens.resolve({ chainId, address: request.base }),
    deps.tokens.resolve({ chainId, address: request.quote }),
  ])
  if (poolTokenOf(base) === poolTokenOf(quote)) throw new AppError('order.invalid', { reason: 'sameToken' })
  // The signer names only tokens that a list knows, and signs nothing that it cannot name.
  if (base.source === 'contract' || quote.source === 'contract') {
    throw new AppError('order.invalid', { reason: 'unlistedToken' })
  }
  const [give, get] = request.side === 'sell' ? [base, quote] : [quote, base]
  const block = await deps.reader.readBlock(chainId)
  const giveAddress = give.ref.address === 'native' ? undefined : give.ref.address
  const [market, state, history, relays] = await Promise.all([
    loadMarket(deps.reader, chainId, venues, [poolTokenOf(base), poolTokenOf(quote)], block, 0),
    deps.accountNode.readAccountState(chainId, account.address, giveAddress),
    deps.accountNode.readFeeHistory(chainId, rewardPercentiles),
    deps.privateFlow.listRelays(chainId),
  ])
  const fees = computeFees(history, 'normal', chain.minimumPriorityFeePerGas)
  const balance = give.ref.address === 'native' ? state.nativeBalance : state.tokenBalance
  const { size, minimumFill } = parseSizes(request, give, spendable(give, balance, fees))
  // Which pools will fill it is not known yet; what its tokens say of the account itself is, and is asked of the pools with each fill.
  const [assetWarnings] = await Promise.all([
    deps.assetGuard.listWarnings(chainId, [{ token: give, traded: size }, { token: get }]),
    deps.assetGuard.refuseForbidden(chainId, [
      { token: give, from: account.address, to: account.address, units: smallerOf(size, balance) },
      { token: get, from: account.address, to: account.address, units: 0n },
    ]),
  ])
  const marketPrice = await readMarketPrice(deps.search, market, base, quote, request.side, size)
  const nowMs = chain.kind === 'practice' ? Math.max(deps.nowMs(), block.timestampMs) : deps.nowMs()
  const expiresAtMs = endOf(request, nowMs)
  const plan = planOrder({
    id,
    request,
    base,
    quote,
    size,
    minimumFill,
    marketPrice,
    nowMs,
    expiresAtMs,
    seed,
  })
  // Triggers act on what pools say of the two: where none does the order would wait for ever.
  const conditional = plan.legs.filter(
    ({ trigger }) => trigger !== undefined || request.terms.type === 'trailingStop',
  )
  if (conditional.length > 0 && readPoolPrices(market, base, quote, conditional).length === 0) {
    throw new AppError('order.invalid', { reason: 'noTriggerMarket' })
  }
  const [first] = plan.legs
  const [rule] = plan.rules
  if (!first || !rule) throw new RangeError('An order has a part and a rule')
  const gasPrice = fees.baseFeePerGas + fees.maxPriorityFeePerGas
  const found = await findFill(deps.search, market, {
    tokenIn: poolTokenOf(give),
    tokenOut: poolTokenOf(get),
    size,
    minimumFill,
    isWhole: request.timeInForce.kind === 'fillOrKill',
    rate: toRate(first.limit, first.side),
    gasPrice,
  })
  const sending: OrderSending =
    venues.publicChannel === 'sequencer' ? 'sequencer' : relays.length > 0 ? 'private' : 'public'
  const gas = usualGas + approvalGas
  const maximumFee = wei(gas * fees.maxFeePerGas * feeHeadroom)
  const { schedule } = plan
  return {
    base,
    quote,
    size,
    minimumFill,
    plan,
    found,
    preview: {
      base,
      quote,
      side: request.side,
      size: baseUnits(size),
      minimumReceived: baseUnits(leastBought(size, toRate(rule.limit, rule.side))),
      worstPrice: rule.limit,
      ...(marketPrice ? { marketPrice } : {}),
      availableNow: baseUnits(found.kind === 'fill' ? found.sold : 0n),
      expectedFee: wei(gas * gasPrice),
      maximumFee,
      sending,
      expiresAtMs,
      assetWarnings: [...assetWarnings],
      ...(schedule
        ? {
            schedule: {
              firstAtMs: schedule.startMs,
              lastAtMs: schedule.lastAtMs,
              sliceSize: baseUnits(schedule.sliceSize),
            },
          }
        : {}),
      notes: listNotes(request, plan, found, marketPrice, {
        sending,
        lacksTokens: size > balance,
        lacksCoin: state.nativeBalance < maximumFee + (give.ref.address === 'native' ? size : 0n),
        isShared: committed(give) > 0n && committed(give) + size > balance,
      }),
    },
  }
}

/** What a small part of the order would really get or pay per unit now; `undefined` where nothing joins the two. */
export async function readMarketPrice(
  search: TradeFinder,
  market: Market,
  base: Token,
  quote: Token,
  side: OrderRequest['side'],
  size: bigint,
): Promise<OrderPrice | undefined> {
  const [give, get] = side === 'sell' ? [base, quote] : [quote, base]
  const amounts = probeShares.map((share) => largerOf(size / share, 1n))
  const found = await findTelling(amounts, async (amount) => {
    const bought = await quoteOutput(search, market, poolTokenOf(give), poolTokenOf(get), amount)
    return bought ? { bought } : undefined
  })
  if (!found) return undefined
  const { sold, quoted } = found
  return side === 'sell' ? { quote: quoted.bought, base: sold } : { quote: sold, base: quoted.bought }
}

/** @throws AppError `order.invalid` */
function endOf({ timeInForce, terms }: OrderRequest, nowMs: number): number {
  const isAtOnce = timeInForce.kind === 'immediateOrCancel' || timeInForce.kind === 'fillOrKill'
  if (isAtOnce && terms.type !== 'limit' && terms.type !== 'market') {
    throw new AppError('order.invalid', { reason: 'timeInForce' })
  }
  if (isAtOnce) return nowMs + atOnceMs
  if (timeInForce.kind === 'goodTillCancelled') return nowMs + longestMs
  const { expiresAtMs } = timeInForce as Extract<typeof timeInForce, { kind: 'goodTillTime' }>
  if (expiresAtMs <= nowMs || expiresAtMs > nowMs + longestMs) {
    throw new AppError('order.invalid', { reason: 'expiry' })
  }
  return expiresAtMs
}

/** All of a token; of the coin what a few fees leave. */
function spendable(give: Token, balance: bigint, fees: FeesPerGas): bigint {
  if (give.ref.address !== 'native') return balance
  const reserve = (usualGas + approvalGas) * fees.maxFeePerGas * feeHeadroom
  return balance > reserve ? balance - reserve : 0n
}

function listNotes(
  request: OrderRequest,
  { legs }: OrderPlan,
  found: FoundFill,
  marketPrice: OrderPrice | undefined,
  facts: {
    readonly sending: OrderSending
    readonly lacksTokens: boolean
    readonly lacksCoin: boolean
    readonly isShared: boolean
  },
): OrderNote[] {
  const { terms } = request
  const triggers = legs.filter(({ trigger }) => trigger !== undefined)
  const isConditional = triggers.length > 0 || terms.type === 'trailingStop'
  const actsAtOnce = terms.type === 'limit' || terms.type === 'market' || terms.type === 'oneCancelsOther'
  const firesNow = triggers.some(
    ({ trigger, role, side }) =>
      trigger !== undefined &&
      role !== 'takeProfit' &&
      role !== 'stopLoss' &&
      marketPrice !== undefined &&
      isReached(trigger, marketPrice, (side === 'sell') === (terms.type === 'takeProfit')),
  )
  return [
    'runsWhileOpen',
    ...(actsAtOnce && found.kind === 'fill' ? (['executesNow'] as const) : []),
    ...(found.kind === 'gasWouldEatGain' && found.gain === 0n ? (['smallForFee'] as const) : []),
    ...(firesNow ? (['triggersNow'] as const) : []),
    ...(isConditional ? (['triggerNeedsBlocks', 'stopMayWait'] as const) : []),
    ...(request.timeInForce.kind === 'goodTillCancelled' ? (['endsAfterAYear'] as const) : []),
    ...(facts.sending === 'public' ? (['sentPublicly'] as const) : []),
    ...(facts.lacksTokens ? (['balanceTooLow'] as const) : []),
    ...(facts.lacksCoin ? (['feeBalanceTooLow'] as const) : []),
    ...(facts.isShared ? (['sharedBalance'] as const) : []),
  ]
}

function isReached(trigger: OrderPrice, market: OrderPrice, isRising: boolean): boolean {
  const [now, wanted] = [market.quote * trigger.base, trigger.quote * market.base]
  return isRising ? now >= wanted : now <= wanted
}
