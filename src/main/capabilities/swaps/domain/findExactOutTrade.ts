import type { Address } from '../../../../shared/identity/identity.ts'
import {
  type CostPerGas,
  findBestRoute,
  type NoRouteReason,
  type PoolGraph,
  type RoutePlan,
} from '../../router/index.ts'
import type { DirectTrade } from './findDirectTrade.ts'
import type { Market, TradeRequest } from './findTrade.ts'
import { nativeTokenId } from './PoolKey.ts'
import type { ExactOutPath, ExactOutTrade, TradeLeg } from './router/TradePlan.ts'

type Found = DirectTrade | { readonly kind: 'noRoute'; readonly reason: NoRouteReason | 'joinedAcrossVenues' }

const routerVenues = ['uniswapV2', 'uniswapV3', 'uniswapV4'] as const
const baseGas = 100_000

/**
 * The cheapest way to buy exactly so much. The router can only buy exactly within one venue at a time, so what is looked for is
 * either within one venue, or split over venues without any hop between them; the best of these is taken.
 */
export function findExactOutTrade(
  market: Market,
  graph: PoolGraph,
  request: TradeRequest,
  costPerGas: CostPerGas | undefined,
): Found {
  const { tokenIn, tokenOut, amount, limits = {} } = request
  const { maxLegs, excludedVenues = [] } = limits
  const maxHops = Math.min(3, limits.maxHops ?? 3)
  let best: DirectTrade | undefined
  let total = 0n
  let reason: NoRouteReason = 'notConnected'
  const common = {
    mode: 'exactOut',
    tokenIn,
    tokenOut,
    amount,
    ...(costPerGas ? { costPerGas } : {}),
    ...(maxLegs === undefined ? {} : { maxLegs }),
  } as const
  const allowed = routerVenues.filter((venue) => !excludedVenues.includes(venue))
  const searches = [
    { ...common, maxHops: 1, excludeVenues: excludedVenues },
    ...allowed.map((venue) => ({
      ...common,
      maxHops,
      excludeVenues: routerVenues.filter((other) => other !== venue),
    })),
  ]
  for (const search of searches) {
    const plan = findBestRoute(graph, search)
    if (plan.kind === 'noRoute') {
      // Of several reasons the one that says most: pools that join the two but cannot carry it.
      if (plan.reason === 'notEnoughLiquidity' || reason === 'notConnected') reason = plan.reason
      continue
    }
    for (const paths of listWays(market, plan, amount)) {
      const trade = quoteWays(market, tokenIn, tokenOut, paths)
      if (!trade) continue
      const gas = baseGas + trade.gas
      const gasCost = costPerGas ? (BigInt(gas) * costPerGas.numerator) / costPerGas.denominator : 0n
      const cost = trade.trade.amountIn + gasCost
      if (best !== undefined && cost >= total) continue
      best = { kind: 'trade', trade: trade.trade, gas, gasCost }
      total = cost
    }
  }
  if (best) return best
  const isConnected = reason === 'notEnoughLiquidity' || reason === 'amountTooSmall'
  const across = { ...common, maxHops, excludeVenues: excludedVenues }
  const isJoined = !isConnected && findBestRoute(graph, across).kind === 'route'
  return { kind: 'noRoute', reason: isJoined ? 'joinedAcrossVenues' : reason }
}

interface Hop {
  readonly poolId: string
  readonly tokenIn: Address
  readonly tokenOut: Address
}
interface Way {
  readonly hops: readonly Hop[]
  readonly amountOut: bigint
}

/** The plan as ways that share no pool, where it is one; and each of its ways alone with the whole amount. */
function listWays(market: Market, plan: RoutePlan, amount: bigint): (readonly Way[])[] {
  const ways = plan.paths.map(({ legs }) => ({
    hops: legs.flatMap((index): Hop[] => {
      const leg = plan.legs[index]
      return leg
        ? [{ poolId: leg.pool.id, tokenIn: leg.tokenIn as Address, tokenOut: leg.tokenOut as Address }]
        : []
    }),
    amountOut: lastSwap(plan, legs)?.amountOut ?? 0n,
  }))
  const alone = ways.map(({ hops }) => [{ hops, amountOut: amount }])
  const pools = ways
    .flatMap(({ hops }) => hops.map(({ poolId }) => poolId))
    .filter((id) => !isConversion(market, id))
  if (ways.length < 2 || new Set(pools).size !== pools.length) return alone
  // What the plan makes in excess is taken from its largest way.
  const made = ways.reduce((sum, way) => sum + way.amountOut, 0n)
  const largest = ways.reduce((a, b) => (b.amountOut > a.amountOut ? b : a))
  const trimmed = ways.map((way) =>
    way === largest ? { ...way, amountOut: way.amountOut - (made - amount) } : way,
  )
  return trimmed.every((way) => way.amountOut > 0n) ? [trimmed, ...alone] : alone
}

function lastSwap(plan: RoutePlan, legs: readonly number[]) {
  return legs
    .map((index) => plan.legs[index])
    .filter((leg) => leg && !leg.pool.parity)
    .at(-1)
}

function isConversion(market: Market, poolId: string): boolean {
  return market.pools.get(poolId)?.pool.parity === true
}

/** The ways with exact amounts, from the last pool back; undefined where a pool refuses or the coin would have to change its form in between. */
function quoteWays(
  market: Market,
  tokenIn: Address,
  tokenOut: Address,
  ways: readonly Way[],
): { readonly trade: ExactOutTrade; readonly gas: number } | undefined {
  const paths: ExactOutPath[] = []
  let gas = 0
  for (const { hops, amountOut } of ways) {
    const legs: TradeLeg[] = []
    let needed = amountOut
    for (const [index, hop] of [...hops.entries()].reverse()) {
      const entry = market.pools.get(hop.poolId)
      if (!entry) return undefined
      if (entry.pool.parity) {
        const isPayment = index === 0 && tokenIn === nativeTokenId
        const isDelivery = index === hops.length - 1 && tokenOut === nativeTokenId
        if (!isPayment && !isDelivery) return undefined
      }
      const from = entry.pool.tokens.indexOf(hop.tokenIn)
      const to = entry.pool.tokens.indexOf(hop.tokenOut)
      const quote = entry.pool.quoteExactOut(from, to, needed)
      if (!quote.complete || quote.amountIn === 0n) return undefined
      legs.unshift({ key: entry.key, ...hop, amountIn: quote.amountIn, amountOut: needed })
      gas += entry.pool.gas.swap + entry.pool.gas.perTick * quote.ticksCrossed
      needed = quote.amountIn
    }
    const venues = new Set(legs.filter(({ key }) => key.venue !== 'weth').map(({ key }) => key.venue))
    if (venues.size > 1) return undefined
    paths.push({ target: amountOut, legs: venues.has('uniswapV2') ? requote(market, legs) : legs })
  }
  const sum = (amounts: readonly bigint[]) => amounts.reduce((total, amount) => total + amount, 0n)
  return {
    gas,
    trade: {
      mode: 'exactOut',
      tokenIn,
      tokenOut,
      amountIn: sum(paths.map(({ legs }) => legs[0]?.amountIn ?? 0n)),
      amountOut: sum(paths.map(({ legs }) => legs.at(-1)?.amountOut ?? 0n)),
      target: sum(ways.map((way) => way.amountOut)),
      paths,
    },
  }
}

/** Uniswap V2's router pays in what the backward reckoning asks for, and each pair then gives what that is worth. */
function requote(market: Market, legs: readonly TradeLeg[]): TradeLeg[] {
  let amountIn = legs[0]?.amountIn ?? 0n
  return legs.map((leg) => {
    const pool = market.pools.get(leg.poolId)?.pool
    const amountOut = pool
      ? pool.quoteExactIn(pool.tokens.indexOf(leg.tokenIn), pool.tokens.indexOf(leg.tokenOut), amountIn)
          .amountOut
      : leg.amountOut
    const forward = { ...leg, amountIn, amountOut }
    amountIn = amountOut
    return forward
  })
}
