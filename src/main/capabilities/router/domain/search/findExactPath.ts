import type { Pool } from '../pools/Pool.ts'
import type { Flow } from './Flow.ts'
import { priceByCheapestPurchase, priceBySaleToSink } from './priceNodes.ts'
import type { RoutePlan } from './RoutePlan.ts'
import type { SearchSpace } from './SearchSpace.ts'
import { f64, i32, u8 } from './typedArrays.ts'

/** Below this many units whole-number rounding outweighs what floating point and splits can see. */
export const DUST_UNITS = 1_000_000

/** Rounding of marginal prices; a part of less than a unit, as the amounts are dust. */
const PRICE_ROUNDING = 1e-7

/**
 * The best single path for a few units of a token, by exact quotes at every step: for amounts so small that rounding decides.
 * `known` is a plan that it has to be better than: where even marginal prices would not get there, no pool is asked.
 */
export function findExactPath(space: SearchSpace, known: RoutePlan | undefined): Flow | undefined {
  const { graph, edges, exactIn, request } = space
  const hops = Math.min(space.pathHops, space.maxLegs)
  const hopsLeft = exactIn ? space.hopsToSink : space.hopsFromSource
  const start = exactIn ? space.source : space.sink
  const end = exactIn ? space.sink : space.source
  const near = exactIn ? graph.edgeFrom : graph.edgeTo
  const far = exactIn ? graph.edgeTo : graph.edgeFrom
  let layer = new Map<number, { amount: bigint; path: number[] }>([
    [start, { amount: request.amount, path: [] }],
  ])
  let best: { amount: bigint; path: number[] } | undefined
  const isHopeless = judgeByPrices(space, known)
  for (let hop = 1; hop <= hops; hop += 1) {
    const next: typeof layer = new Map()
    for (const edge of edges) {
      const held = layer.get(i32(near, edge))
      const node = i32(far, edge)
      if (held === undefined || hop + u8(hopsLeft, node) > hops) continue
      const poolIndex = i32(graph.edgePool, edge)
      if (isHopeless(Number(held.amount), edge)) continue
      if (held.path.some((used) => i32(graph.edgePool, used) === poolIndex)) continue
      const pool = graph.pools[poolIndex] as Pool
      const [tokenIn, tokenOut] = [i32(graph.tokenIn, edge), i32(graph.tokenOut, edge)]
      const quote = exactIn
        ? pool.quoteExactIn(tokenIn, tokenOut, held.amount)
        : pool.quoteExactOut(tokenIn, tokenOut, held.amount)
      const amount = exactIn ? quote.amountOut : quote.amountIn
      if (!quote.complete || amount === 0n) continue
      const known = next.get(node)
      if (known !== undefined && (exactIn ? amount <= known.amount : amount >= known.amount)) continue
      next.set(node, { amount, path: exactIn ? [...held.path, edge] : [edge, ...held.path] })
    }
    const reached = next.get(end)
    if (
      reached !== undefined &&
      (best === undefined || (exactIn ? reached.amount > best.amount : reached.amount < best.amount))
    ) {
      best = reached
    }
    layer = next
  }
  if (best === undefined) return undefined
  return {
    edges: best.path,
    lastPieces: best.path.map(() => 0x7fffffff),
    shares: best.path.map(() => 1),
    inputs: best.path.map(() => space.amount),
    amount: Number(best.amount),
    gas: space.baseGas,
    net: exactIn ? Number(best.amount) : -Number(best.amount),
    hops: best.path.length,
    prices: space.room.floats(graph.nodeCount, Number.NaN),
  }
}

/** Whether an amount that goes through an edge cannot end better than the known plan, whatever way it takes from there. */
function judgeByPrices(
  space: SearchSpace,
  known: RoutePlan | undefined,
): (amount: number, edge: number) => boolean {
  if (known === undefined) return () => false
  const { graph, exactIn, costPerGas, baseGas } = space
  // A path pays for gas too, at the least the transaction's own.
  const spare = Number(known.gasCost) - costPerGas * baseGas
  if (exactIn) {
    const worth = priceBySaleToSink(space)
    const needed = Number(known.amountOut) - spare
    return (amount, edge) =>
      amount * f64(graph.rate, edge) * Math.exp(f64(worth, i32(graph.edgeTo, edge))) <
      needed * (1 - PRICE_ROUNDING)
  }
  const cost = priceByCheapestPurchase(space)
  const allowed = Number(known.amountIn) + spare
  return (amount, edge) =>
    (amount / f64(graph.rate, edge)) * Math.exp(f64(cost, i32(graph.edgeFrom, edge))) >
    allowed * (1 + PRICE_ROUNDING)
}
