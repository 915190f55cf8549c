import type { Pool } from '../pools/Pool.ts'
import type { Flow } from './Flow.ts'
import type { RoutePlan } from './RoutePlan.ts'
import type { SearchSpace, WholeSpace } from './SearchSpace.ts'
import { f64, i32, u8 } from './typedArrays.ts'

/** Below this many units whole-number rounding outweighs what floating point and splits can see. */
export const DUST_UNITS = 1_000_000

/** Rounding of marginal prices; a part of less than a unit, as the amounts are dust. */
const PRICE_ROUNDING = 1e-7

interface ExactPath {
  readonly amount: bigint
  readonly path: readonly number[]
}

/**
 * The best single path for a few units of a token, by exact quotes at every step: for amounts so small that rounding decides.
 * `known` is a plan that it has to be better than: where even marginal prices would not get there, no pool is asked.
 */
export function findExactPath(space: WholeSpace, known: RoutePlan | undefined): Flow | undefined {
  const { graph, exactIn, request, isUsable } = space
  const hops = Math.min(space.pathHops, space.maxLegs)
  const hopsLeft = exactIn ? space.hopsToSink : space.hopsFromSource
  const end = exactIn ? space.sink : space.source
  const first = exactIn ? graph.firstEdge : graph.firstEntering
  const far = exactIn ? graph.edgeTo : graph.edgeFrom
  let layer = new Map<number, ExactPath>([
    [exactIn ? space.source : space.sink, { amount: request.amount, path: [] }],
  ])
  let best: ExactPath | undefined
  const isHopeless = known && judgeByPrices(space, known, hopsLeft)
  for (let hop = 1; hop <= hops; hop += 1) {
    const next: typeof layer = new Map()
    for (const near of [...layer.keys()].sort((a, b) => a - b)) {
      const held = layer.get(near) as ExactPath
      const amount = Number(held.amount)
      for (let at = i32(first, near); at < i32(first, near + 1); at += 1) {
        const edge = exactIn ? at : i32(graph.entering, at)
        const node = i32(far, edge)
        if (u8(isUsable, edge) === 0 || hop + u8(hopsLeft, node) > hops) continue
        if (isHopeless?.(amount, edge, node, hop)) continue
        const reached = extendPath(space, held, edge, next.get(node))
        if (reached !== undefined) next.set(node, reached)
      }
    }
    const reached = next.get(end)
    if (reached !== undefined && (best === undefined || isMore(space, reached, best))) best = reached
    layer = next
  }
  if (best === undefined) return undefined
  return {
    edges: best.path,
    lastPieces: best.path.map(() => 0x7fffffff),
    shares: best.path.map(() => 1),
    inputs: best.path.map(() => space.amount),
    gains: best.path.map(() => 0),
    legGas: best.path.map(() => 0),
    amount: Number(best.amount),
    gas: space.baseGas,
    net: exactIn ? Number(best.amount) : -Number(best.amount),
    hops: best.path.length,
    prices: space.room.floats(graph.nodeCount, Number.NaN),
  }
}

/** The path with another edge, where its pool is new and gives more than the best that was found for the same node. */
function extendPath(
  space: SearchSpace,
  held: ExactPath,
  edge: number,
  known: ExactPath | undefined,
): ExactPath | undefined {
  const { graph, exactIn } = space
  const poolIndex = i32(graph.edgePool, edge)
  if (held.path.some((used) => i32(graph.edgePool, used) === poolIndex)) return undefined
  const pool = graph.pools[poolIndex] as Pool
  const [tokenIn, tokenOut] = [i32(graph.tokenIn, edge), i32(graph.tokenOut, edge)]
  const quote = exactIn
    ? pool.quoteExactIn(tokenIn, tokenOut, held.amount)
    : pool.quoteExactOut(tokenIn, tokenOut, held.amount)
  const amount = exactIn ? quote.amountOut : quote.amountIn
  if (!quote.complete || amount === 0n) return undefined
  const path = exactIn ? [...held.path, edge] : [edge, ...held.path]
  return known === undefined || isMore(space, { amount, path }, known) ? { amount, path } : undefined
}

function isMore({ exactIn }: SearchSpace, a: ExactPath, b: ExactPath): boolean {
  return exactIn ? a.amount > b.amount : a.amount < b.amount
}

/**
 * Whether an amount that takes this edge as its hop of that number cannot end better than the known plan, at marginal prices and
 * the least gas, whatever way it takes from there.
 */
function judgeByPrices(
  space: WholeSpace,
  known: RoutePlan,
  hopsLeft: Uint8Array,
): (amount: number, edge: number, node: number, hop: number) => boolean {
  const { graph, exactIn, costPerGas, baseGas } = space
  const { facts, leastSwapGas: leastGas } = graph
  const { price } = exactIn ? facts.salePrices(space.sink) : facts.purchasePrices(space.source)
  return (amount, edge, node, hop) => {
    const gasCost = costPerGas * (baseGas + leastGas * (hop + u8(hopsLeft, node)))
    return exactIn
      ? amount * f64(graph.rate, edge) * f64(price, node) * (1 + PRICE_ROUNDING) - gasCost <
          Number(known.amountOut - known.gasCost)
      : (amount / f64(graph.rate, edge)) * f64(price, node) * (1 - PRICE_ROUNDING) + gasCost >
          Number(known.amountIn + known.gasCost)
  }
}
