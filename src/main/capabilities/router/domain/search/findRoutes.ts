import type { TokenId } from '../pools/Pool.ts'
import type { Flow } from './Flow.ts'
import { DUST_UNITS, findExactPath } from './findExactPath.ts'
import { finishPlan } from './finishPlan.ts'
import type { PoolGraph } from './PoolGraph.ts'
import type { Leg, NoRoute, NoRouteReason, RoutePlan } from './RoutePlan.ts'
import { GREATEST_HOPS, type RouteRequest, SearchStopped } from './RouteRequest.ts'
import { createSearchSpace, type SearchSpace } from './SearchSpace.ts'
import { searchFlows } from './searchFlows.ts'

/**
 * Finds better and better plans for a request, a good one at once. Every plan is exact: its amounts are what the pools pay at
 * the state they were read in. The last plan carries the bound. Whoever stops asking cancels the search.
 *
 * @throws RangeError for limits that are not positive whole numbers.
 */
export function* findRoutes(
  graph: PoolGraph,
  request: RouteRequest,
): Generator<RoutePlan, NoRoute | undefined> {
  assertLimits(request)
  if (request.amount <= 0n || request.tokenIn === request.tokenOut) return noRoute('nothingToTrade')
  const conversion = convertAtParity(graph, request)
  if (conversion !== undefined) {
    yield conversion
    return undefined
  }
  if (!holdsToken(graph, request.tokenIn)) return noRoute('noPoolForTokenIn')
  if (!holdsToken(graph, request.tokenOut)) return noRoute('noPoolForTokenOut')
  const space = createSearchSpace(graph, request)
  if (space === undefined) return noRoute('notConnected')

  let best: RoutePlan | undefined
  const offer = (flow: Flow | undefined): boolean => {
    const plan = flow && finishPlan(space, flow)
    if (plan === undefined || (best !== undefined && netOf(plan) <= netOf(best))) return false
    best = plan
    return true
  }
  let bound: bigint | undefined
  for (const found of searchFlows(space)) {
    const improved = best === undefined && offer(found.bestPath)
    bound = toUnits(space, found.bound)
    if ((offer(found.flow) || improved) && best !== undefined) yield { ...best, bound }
  }
  if (isDust(space, best)) offer(findExactPath(space))
  if (best === undefined) return noRoute(isDust(space, undefined) ? 'amountTooSmall' : 'notEnoughLiquidity')
  yield { ...best, bound }
  return undefined
}

/** The best plan that the whole search finds. @throws SearchStopped where the request says so on the way. */
export function findBestRoute(graph: PoolGraph, request: RouteRequest): RoutePlan | NoRoute {
  const search = findRoutes(graph, request)
  let best: RoutePlan | undefined
  for (;;) {
    if (request.isWanted?.() === false) throw new SearchStopped('Nobody waits for this route')
    const step = search.next()
    if (step.done) return best ?? step.value ?? noRoute('notEnoughLiquidity')
    best = step.value
  }
}

function assertLimits({ maxHops, maxLegs }: RouteRequest): void {
  for (const limit of [maxHops, maxLegs]) {
    if (limit !== undefined && !(Number.isInteger(limit) && limit >= 1)) {
      throw new RangeError(`Hops and legs are counted from 1 (hops to ${GREATEST_HOPS}): ${limit}`)
    }
  }
}

function noRoute(reason: NoRouteReason): NoRoute {
  return { kind: 'noRoute', reason }
}

function holdsToken(graph: PoolGraph, token: TokenId): boolean {
  return graph.nodeOfToken.has(token)
}

/** Net of gas, greater is better. */
function netOf(plan: RoutePlan): bigint {
  return plan.mode === 'exactIn' ? plan.amountOut - plan.gasCost : -plan.amountIn - plan.gasCost
}

function isDust(space: SearchSpace, plan: RoutePlan | undefined): boolean {
  if (space.amount <= DUST_UNITS) return true
  return plan !== undefined && (space.exactIn ? plan.amountOut : plan.amountIn) <= BigInt(DUST_UNITS)
}

function toUnits({ exactIn }: SearchSpace, bound: number): bigint | undefined {
  if (!Number.isFinite(bound) || bound <= 0) return undefined
  // A unit on top, as the plan's own rounding may fall either way at dust.
  return exactIn ? BigInt(Math.ceil(bound)) + 1n : BigInt(Math.floor(bound))
}

/** Wrapping and unwrapping need no search. */
function convertAtParity(graph: PoolGraph, request: RouteRequest): RoutePlan | undefined {
  const { tokenIn, tokenOut, amount, mode, costPerGas, baseGas = 0 } = request
  const pool = graph.parityPools.find(({ tokens }) => tokens.includes(tokenIn) && tokens.includes(tokenOut))
  if (pool === undefined) return undefined
  const leg: Leg = { pool, tokenIn, tokenOut, amountIn: amount, amountOut: amount, ticksCrossed: 0 }
  const gas = baseGas + pool.gas.swap
  const { numerator, denominator } = costPerGas ?? { numerator: 0n, denominator: 1n }
  const gasCost = (BigInt(gas) * numerator + denominator - 1n) / denominator
  return {
    kind: 'route',
    mode,
    tokenIn,
    tokenOut,
    amountIn: amount,
    amountOut: amount,
    gas,
    gasCost,
    legs: [leg],
    paths: [{ legs: [0], amountIn: amount }],
    bound: mode === 'exactIn' ? amount : amount,
  }
}
