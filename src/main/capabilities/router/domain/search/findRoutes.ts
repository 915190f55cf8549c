import type { TokenId } from '../pools/Pool.ts'
import type { Flow } from './Flow.ts'
import { DUST_UNITS, findExactPath } from './findExactPath.ts'
import { finishPlan } from './finishPlan.ts'
import type { PoolGraph } from './PoolGraph.ts'
import type { Leg, NoRoute, NoRouteReason, RoutePlan } from './RoutePlan.ts'
import { GREATEST_HOPS, type RouteRequest, SearchStopped } from './RouteRequest.ts'
import { createSearchSpace, type SearchSpace, type WholeSpace } from './SearchSpace.ts'
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
  const space = prepareSearch(graph, request)
  if ('kind' in space) {
    if (space.kind === 'noRoute') return space
    yield space
    return undefined
  }
  try {
    return yield* improvePlan(space)
  } finally {
    space.room.release()
  }
}

function* improvePlan(space: WholeSpace): Generator<RoutePlan, NoRoute | undefined> {
  const finisher = new Finisher(space)
  for (const found of searchFlows(space)) {
    const improved = finisher.best === undefined && finisher.offer(found.bestPath)
    const bound = toUnits(space, found.bound)
    if ((finisher.offer(found.flow) || improved) && finisher.best !== undefined) {
      yield { ...finisher.best, bound }
    }
    finisher.bound = bound
  }
  const last = finisher.finish()
  if (last.kind === 'noRoute') return last
  yield last
  return undefined
}

/** The best plan that the whole search finds. @throws SearchStopped where the request says so on the way. */
export function findBestRoute(graph: PoolGraph, request: RouteRequest): RoutePlan | NoRoute {
  const assertWanted = () => {
    if (request.isWanted?.() === false) throw new SearchStopped('Nobody waits for this route')
  }
  assertWanted()
  const space = prepareSearch(graph, request)
  if ('kind' in space) return space
  try {
    return findBestPlan(space, assertWanted)
  } finally {
    space.room.release()
  }
}

function findBestPlan(space: WholeSpace, assertWanted: () => void): RoutePlan | NoRoute {
  const finisher = new Finisher(space)
  const flows: Flow[] = []
  for (const { flow, bestPath, bound } of searchFlows(space)) {
    assertWanted()
    if (bestPath !== undefined && flows.length === 0) flows.push(bestPath)
    flows.push(flow)
    finisher.bound = toUnits(space, bound)
  }
  // Only the last is wanted in whole numbers; those before it where a pool refuses.
  while (finisher.best === undefined && flows.length > 0) finisher.offer(flows.pop())
  return finisher.finish()
}

/** What to search, or the answer where there is nothing to search. @throws RangeError for limits out of range. */
function prepareSearch(graph: PoolGraph, request: RouteRequest): WholeSpace | RoutePlan | NoRoute {
  assertLimits(request)
  if (request.amount <= 0n || request.tokenIn === request.tokenOut) return noRoute('nothingToTrade')
  const conversion = convertAtParity(graph, request)
  if (conversion !== undefined) return conversion
  if (!holdsToken(graph, request.tokenIn)) return noRoute('noPoolForTokenIn')
  if (!holdsToken(graph, request.tokenOut)) return noRoute('noPoolForTokenOut')
  return createSearchSpace(graph, request) ?? noRoute('notConnected')
}

/** Turns flows into plans of whole numbers and keeps the best. */
class Finisher {
  best: RoutePlan | undefined
  bound: bigint | undefined
  readonly #space: WholeSpace

  constructor(space: WholeSpace) {
    this.#space = space
  }

  /** Whether the flow gave a better plan than all before. */
  offer(flow: Flow | undefined): boolean {
    const plan = flow && finishPlan(this.#space, flow)
    if (plan === undefined || (this.best !== undefined && netOf(plan) <= netOf(this.best))) return false
    this.best = plan
    return true
  }

  finish(): RoutePlan | NoRoute {
    const space = this.#space
    if (isDust(space, this.best)) this.offer(findExactPath(space, this.best))
    if (this.best !== undefined) return { ...this.best, bound: this.bound }
    return noRoute(isDust(space, undefined) ? 'amountTooSmall' : 'notEnoughLiquidity')
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
