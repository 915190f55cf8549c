import type { NoRouteReason, RouteLimits } from '../../../../shared/contract/swaps.ts'
import type { Address } from '../../../../shared/identity/identity.ts'
import {
  type CostPerGas,
  createPoolGraph,
  createWethWrapPool,
  DEFAULT_EFFORT,
  findBestRoute,
  type PoolGraph,
  type RoutePlan,
  type NoRouteReason as SearchReason,
} from '../../router/index.ts'
import { type DirectTrade, findDirectTrade, isDirect } from './findDirectTrade.ts'
import { findExactOutTrade } from './findExactOutTrade.ts'
import { type KeyedPool, nativeTokenId, type PoolKey } from './PoolKey.ts'
import type { Trade } from './router/TradePlan.ts'
import type { SwapVenues } from './SwapVenues.ts'

/** Pools at one block, ready for many searches. */
export interface Market {
  readonly pools: ReadonlyMap<string, KeyedPool>
  readonly venues: SwapVenues
  /** The chain's own router first, then those of the forks: all that each can reach in one transaction. */
  readonly reaches: readonly RouterReach[]
}

export interface RouterReach {
  /** The fork whose router it is; absent for the chain's own. */
  readonly fork: string | undefined
  /** Prepared when first asked for. */
  readonly graph: PoolGraph
}

export interface TradeRequest {
  readonly mode: 'exactIn' | 'exactOut'
  readonly tokenIn: Address
  readonly tokenOut: Address
  readonly amount: bigint
  /** Wei per gas. */
  readonly gasPrice: bigint
  readonly limits?: RouteLimits | undefined
  /** How hard to search, as a multiple of the usual. */
  readonly effort?: number
  /** Asked on the way; the search ends where it says no. */
  readonly isWanted?: () => boolean
}

export type FoundTrade =
  | {
      readonly kind: 'trade'
      readonly trade: Trade
      /** Gas of the trade by measured averages. */
      readonly gas: number
    }
  | { readonly kind: 'noRoute'; readonly reason: NoRouteReason }

/** Coin with which the price of gas is found: small, so that it hardly moves any price. */
const probeWei = 10n ** 15n

export function createMarket(pools: readonly KeyedPool[], venues: SwapVenues): Market {
  const wrapped = venues.wrappedNative.toLowerCase()
  const wrapPool = createWethWrapPool(wrapped, nativeTokenId)
  const wrapKey: PoolKey = { venue: 'weth', address: venues.wrappedNative, feePips: 0, tickSpacing: 0 }
  const all = [...pools, { pool: wrapPool, key: wrapKey }]
  const reachOf = (fork: string | undefined): RouterReach => {
    let graph: PoolGraph | undefined
    const isReached = ({ key }: KeyedPool) =>
      key.venue === 'weth' || (!isDirect(key.venue) && key.fork === fork)
    return {
      fork,
      get graph() {
        graph ??= createPoolGraph(all.filter(isReached).map(({ pool }) => pool))
        return graph
      },
    }
  }
  const forks = (venues.forks ?? []).filter(({ name }) => pools.some(({ key }) => key.fork === name))
  return {
    pools: new Map(all.map((entry) => [entry.pool.id, entry])),
    venues,
    reaches: [reachOf(undefined), ...forks.map(({ name }) => reachOf(name))],
  }
}

/**
 * The best trade that one transaction can carry out: split over any pools of one router, or through one pool that no router
 * reaches. Amounts are exact at the pools' state.
 */
export function findTrade(market: Market, request: TradeRequest): FoundTrade {
  const tokenIn = request.tokenIn.toLowerCase() as Address
  const tokenOut = request.tokenOut.toLowerCase() as Address
  if (tokenIn === tokenOut) return { kind: 'noRoute', reason: 'sameToken' }
  const normal = { ...request, tokenIn, tokenOut }
  const costPerGas = priceGas(market, request.mode === 'exactIn' ? tokenOut : tokenIn, request.gasPrice)
  let best: DirectTrade | undefined = findDirectTrade(market, normal, costPerGas)
  let reason: NoRouteReason = 'noPool'
  for (const reach of market.reaches) {
    if (reach.fork !== undefined && request.limits?.excludedForks?.includes(reach.fork)) continue
    const found = findRouterTrade(market, reach, normal, costPerGas)
    if (found.kind === 'noRoute') {
      // Of several reasons the one that says most: pools that join the two but cannot carry it.
      if (reason === 'noPool') reason = explain(found.reason)
      continue
    }
    if (best === undefined || isCheaper(found, best)) best = found
  }
  return best ? { kind: 'trade', trade: best.trade, gas: best.gas } : { kind: 'noRoute', reason }
}

function isCheaper(a: DirectTrade, b: DirectTrade): boolean {
  return a.trade.mode === 'exactIn'
    ? a.trade.amountOut - a.gasCost > b.trade.amountOut - b.gasCost
    : a.trade.amountIn + a.gasCost < b.trade.amountIn + b.gasCost
}

function findRouterTrade(
  market: Market,
  { graph }: RouterReach,
  request: TradeRequest,
  costPerGas: CostPerGas | undefined,
): DirectTrade | { readonly kind: 'noRoute'; readonly reason: keyof typeof reasons } {
  if (request.mode === 'exactOut') return findExactOutTrade(market, graph, request, costPerGas)
  const plan = findBestRoute(graph, {
    mode: 'exactIn',
    tokenIn: request.tokenIn,
    tokenOut: request.tokenOut,
    amount: request.amount,
    ...limitsOf(request),
    ...(costPerGas ? { costPerGas } : {}),
  })
  if (plan.kind === 'noRoute') return plan
  return { kind: 'trade', gas: plan.gas, gasCost: plan.gasCost, trade: toExactInTrade(market, plan) }
}

/** A request's limits as the search takes them. */
function limitsOf({ limits: { maxHops, maxLegs, excludedVenues } = {}, effort, isWanted }: TradeRequest) {
  return {
    ...(effort === undefined ? {} : { effort: effort * DEFAULT_EFFORT }),
    ...(isWanted ? { isWanted } : {}),
    ...(maxHops === undefined ? {} : { maxHops }),
    ...(maxLegs === undefined ? {} : { maxLegs }),
    ...(excludedVenues?.length ? { excludeVenues: excludedVenues } : {}),
  }
}

/** What a unit of gas costs in a token: exactly for the coin, else by what a little coin buys; undefined where nothing joins the two. */
export function priceGas(market: Market, token: string, gasPrice: bigint): CostPerGas | undefined {
  if (token === nativeTokenId || token === market.venues.wrappedNative.toLowerCase()) {
    return { numerator: gasPrice, denominator: 1n }
  }
  for (const { graph } of market.reaches) {
    const plan = findBestRoute(graph, {
      mode: 'exactIn',
      tokenIn: nativeTokenId,
      tokenOut: token,
      amount: probeWei,
      maxHops: 3,
      maxLegs: 4,
    })
    if (plan.kind !== 'noRoute') return { numerator: plan.amountOut * gasPrice, denominator: probeWei }
  }
  return undefined
}

function toExactInTrade(market: Market, plan: RoutePlan): Trade {
  return {
    mode: 'exactIn',
    tokenIn: plan.tokenIn as Address,
    tokenOut: plan.tokenOut as Address,
    amountIn: plan.amountIn,
    amountOut: plan.amountOut,
    legs: plan.legs.map(({ pool, tokenIn, tokenOut, amountIn, amountOut }) => ({
      key: keyOf(market, pool.id),
      poolId: pool.id,
      tokenIn: tokenIn as Address,
      tokenOut: tokenOut as Address,
      amountIn,
      amountOut,
    })),
  }
}

export function keyOf(market: Market, poolId: string): PoolKey {
  const entry = market.pools.get(poolId)
  if (!entry) throw new RangeError(`No pool ${poolId} in this market`)
  return entry.key
}

const reasons: Record<SearchReason | 'joinedAcrossVenues', NoRouteReason> = {
  nothingToTrade: 'sameToken',
  noPoolForTokenIn: 'noPool',
  noPoolForTokenOut: 'noPool',
  notConnected: 'noPool',
  joinedAcrossVenues: 'notExactly',
  notEnoughLiquidity: 'noLiquidity',
  amountTooSmall: 'amountTooSmall',
}

function explain(reason: keyof typeof reasons): NoRouteReason {
  return reasons[reason]
}
