import type { NoRouteReason } from '../../../../shared/contract/swaps.ts'
import type { Address } from '../../../../shared/identity/identity.ts'
import {
  type CostPerGas,
  createPoolGraph,
  createWethWrapPool,
  findBestRoute,
  type PoolGraph,
  type RoutePlan,
  type NoRouteReason as SearchReason,
} from '../../router/index.ts'
import { findExactOutTrade } from './findExactOutTrade.ts'
import { type KeyedPool, nativeTokenId, type PoolKey } from './PoolKey.ts'
import type { Trade, TradeLeg } from './router/TradePlan.ts'
import type { SwapVenues } from './SwapVenues.ts'

/** Pools at one block, ready for many searches. */
export interface Market {
  readonly pools: ReadonlyMap<string, KeyedPool>
  /** All that the router can reach. */
  readonly graph: PoolGraph
  readonly venues: SwapVenues
}

export interface TradeRequest {
  readonly mode: 'exactIn' | 'exactOut'
  readonly tokenIn: Address
  readonly tokenOut: Address
  readonly amount: bigint
  /** Wei per gas. */
  readonly gasPrice: bigint
}

export type FoundTrade =
  | {
      readonly kind: 'trade'
      readonly trade: Trade
      /** Gas of the trade by measured averages. */
      readonly gas: number
    }
  | { readonly kind: 'noRoute'; readonly reason: NoRouteReason }

/** Gas of calling the vault instead of the router. */
const vaultBaseGas = 60_000
/** Coin with which the price of gas is found: small, so that it hardly moves any price. */
const probeWei = 10n ** 15n

export function createMarket(pools: readonly KeyedPool[], venues: SwapVenues): Market {
  const wrapped = venues.wrappedNative.toLowerCase()
  const wrapPool = createWethWrapPool(wrapped, nativeTokenId)
  const wrapKey: PoolKey = { venue: 'weth', address: venues.wrappedNative, feePips: 0, tickSpacing: 0 }
  const all = [...pools, { pool: wrapPool, key: wrapKey }]
  return {
    pools: new Map(all.map((entry) => [entry.pool.id, entry])),
    graph: createPoolGraph(all.filter(({ key }) => key.venue !== 'balancerStable').map(({ pool }) => pool)),
    venues,
  }
}

/**
 * The best trade that one transaction can carry out: split over any pools of the router, or through one pool of a vault that
 * the router cannot reach. Amounts are exact at the pools' state.
 */
export function findTrade(market: Market, request: TradeRequest): FoundTrade {
  const { mode, amount } = request
  const tokenIn = request.tokenIn.toLowerCase() as Address
  const tokenOut = request.tokenOut.toLowerCase() as Address
  if (tokenIn === tokenOut) return { kind: 'noRoute', reason: 'sameToken' }
  const costPerGas = priceGas(market, mode === 'exactIn' ? tokenOut : tokenIn, request.gasPrice)
  const direct = findVaultTrade(market, { ...request, tokenIn, tokenOut }, costPerGas)
  if (mode === 'exactOut') {
    const found = findExactOutTrade(market, tokenIn, tokenOut, amount, costPerGas)
    const best =
      direct && (found.kind === 'noRoute' || direct.trade.amountIn + direct.gasCost < found.total)
        ? direct
        : found
    return best.kind === 'noRoute'
      ? { kind: 'noRoute', reason: explain(best.reason) }
      : { ...best, kind: 'trade' }
  }
  const plan = findBestRoute(market.graph, {
    mode,
    tokenIn,
    tokenOut,
    amount,
    ...(costPerGas ? { costPerGas } : {}),
  })
  if (
    direct &&
    (plan.kind === 'noRoute' || direct.trade.amountOut - direct.gasCost > plan.amountOut - plan.gasCost)
  ) {
    return direct
  }
  if (plan.kind === 'noRoute') return { kind: 'noRoute', reason: explain(plan.reason) }
  return { kind: 'trade', gas: plan.gas, trade: toExactInTrade(market, plan) }
}

/** What a unit of gas costs in a token: exactly for the coin, else by what a little coin buys; undefined where nothing joins the two. */
export function priceGas(market: Market, token: string, gasPrice: bigint): CostPerGas | undefined {
  if (token === nativeTokenId || token === market.venues.wrappedNative.toLowerCase()) {
    return { numerator: gasPrice, denominator: 1n }
  }
  const plan = findBestRoute(market.graph, {
    mode: 'exactIn',
    tokenIn: nativeTokenId,
    tokenOut: token,
    amount: probeWei,
    maxHops: 3,
    maxLegs: 4,
  })
  return plan.kind === 'noRoute' ? undefined : { numerator: plan.amountOut * gasPrice, denominator: probeWei }
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

function findVaultTrade(market: Market, request: TradeRequest, costPerGas: CostPerGas | undefined) {
  const { mode, tokenIn, tokenOut, amount } = request
  let best: { kind: 'trade'; trade: Trade; gas: number; gasCost: bigint } | undefined
  for (const { pool, key } of market.pools.values()) {
    if (key.venue !== 'balancerStable') continue
    const from = pool.tokens.indexOf(tokenIn)
    const to = pool.tokens.indexOf(tokenOut)
    if (from < 0 || to < 0) continue
    const quote =
      mode === 'exactIn' ? pool.quoteExactIn(from, to, amount) : pool.quoteExactOut(from, to, amount)
    if (!quote.complete || quote.amountOut === 0n) continue
    const { amountIn, amountOut } = quote
    const leg: TradeLeg = { key, poolId: pool.id, tokenIn, tokenOut, amountIn, amountOut }
    const gas = vaultBaseGas + pool.gas.swap
    const gasCost = costPerGas ? (BigInt(gas) * costPerGas.numerator) / costPerGas.denominator : 0n
    const common = { tokenIn, tokenOut, amountIn, amountOut }
    const trade: Trade =
      mode === 'exactIn'
        ? { mode, ...common, legs: [leg] }
        : { mode, ...common, target: amount, paths: [{ target: amount, legs: [leg] }] }
    const isBetter =
      best === undefined ||
      (mode === 'exactIn' ? amountOut > best.trade.amountOut : amountIn < best.trade.amountIn)
    if (isBetter) best = { kind: 'trade', trade, gas, gasCost }
  }
  return best
}

const reasons: Record<SearchReason, NoRouteReason> = {
  nothingToTrade: 'sameToken',
  noPoolForTokenIn: 'noPool',
  noPoolForTokenOut: 'noPool',
  notConnected: 'noPool',
  notEnoughLiquidity: 'noLiquidity',
  amountTooSmall: 'amountTooSmall',
}

function explain(reason: SearchReason): NoRouteReason {
  return reasons[reason]
}
