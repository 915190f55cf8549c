import type { Pool } from '../../../router/index.ts'

const PIECE = 5

/**
 * A pool after somebody else's trade has moved its price by this much, as a logarithm of what a unit sold buys: in the given
 * direction's favour where positive. Undefined where its liquidity does not reach that far.
 */
export function movePool(pool: Pool, inIndex: number, outIndex: number, logMove: number): Pool | undefined {
  if (logMove === 0) return pool
  const [from, to] = logMove < 0 ? [inIndex, outIndex] : [outIndex, inIndex]
  const amountIn = inputToDepth(pool, from, to, Math.abs(logMove))
  if (amountIn === undefined) return undefined
  if (amountIn === 0n) return pool
  return pool.quoteExactIn(from, to, amountIn).complete ? pool.afterSwap(from, to, amountIn) : undefined
}

/** The input after which the marginal rate has fallen by a logarithm, read off the pool's curve (see its table). */
function inputToDepth(pool: Pool, from: number, to: number, depth: number): bigint | undefined {
  const curve = pool.curve(from, to)
  if (curve === undefined) return undefined
  const { table, pieces, inputShare, keep } = curve
  const at = (index: number) => table[index] ?? 0
  for (let piece = 0; piece < pieces; piece += 1) {
    const base = piece * PIECE
    if (at(base + PIECE) < depth) continue
    const grown = (at(base + 3) / keep) * Math.expm1(Math.max(0, depth - at(base)) * inputShare)
    return BigInt(Math.floor(at(base + 1) + grown))
  }
  return undefined
}
