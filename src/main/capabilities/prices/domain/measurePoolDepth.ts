import type { Pool } from '../../router/index.ts'

/** What a trade may lose to a pool, there and back, for the pool to count as deep enough for it. */
const mostLossBps = 800n
const steps = 4

/**
 * The largest of the sizes `least`, 10, 100 and 1,000 times it (units of the quote token) that can be sold into the pool and
 * bought from it at its present state within eight percent of each other; 0n where not even the least can.
 *
 * Both sides are real trades by the pool's own exact mathematics: liquidity that is only just around the price, or far from it,
 * does not count for more than it would pay.
 */
export function measurePoolDepth(pool: Pool, base: number, quote: number, least: bigint): bigint {
  let depth = 0n
  let size = least
  for (let step = 0; step < steps && size > 0n; step += 1, size *= 10n) {
    const bought = pool.quoteExactIn(quote, base, size)
    if (!bought.complete || bought.amountOut === 0n) break
    const sold = pool.quoteExactIn(base, quote, bought.amountOut)
    if (!sold.complete || sold.amountOut * 10_000n < size * (10_000n - mostLossBps)) break
    depth = size
  }
  return depth
}
