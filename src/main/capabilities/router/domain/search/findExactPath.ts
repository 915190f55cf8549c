import type { Pool } from '../pools/Pool.ts'
import type { Flow } from './Flow.ts'
import type { SearchSpace } from './SearchSpace.ts'
import { i32, u8 } from './typedArrays.ts'

/** Below this many units whole-number rounding outweighs what floating point and splits can see. */
export const DUST_UNITS = 1_000_000

/**
 * The best single path for a few units of a token, by exact quotes at every step: for amounts so small that rounding decides.
 */
export function findExactPath(space: SearchSpace): Flow | undefined {
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
  for (let hop = 1; hop <= hops; hop += 1) {
    const next: typeof layer = new Map()
    for (const edge of edges) {
      const held = layer.get(i32(near, edge))
      const node = i32(far, edge)
      if (held === undefined || hop + u8(hopsLeft, node) > hops) continue
      const poolIndex = i32(graph.edgePool, edge)
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
    prices: new Map(),
  }
}
