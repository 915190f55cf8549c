import { smallerOf } from '../../../../../shared/money/smallerOf.ts'
import type { Pool } from '../../../router/index.ts'

/** A pool's view of one token against another. */
export interface PoolView {
  /** Units of the counter token for one unit of the token, half-way between both directions; a ratio to be told, not enforced. */
  readonly rate: number
  /**
   * What can be traded until the average price is 0.5% worse than at the start, in the weaker direction, on either side. Both
   * are told because whoever pushes a pool fills one side and empties the other.
   */
  readonly depth: { readonly token: bigint; readonly counter: bigint }
}

/** Parts of a million that a trade may be worse than at the pool's edge. */
const tolerance = 5_000n
const million = 1_000_000n
/** No token has more units than this. */
const most = 1n << 120n

// A pool is the same object until it changes, and most do not from one block to the next.
const views = new WeakMap<Pool, Map<string, PoolView | undefined>>()

/** How a pool prices a token, and how much it takes to move it; `undefined` where it trades nothing. */
export function measurePoolPrice(pool: Pool, token: string, counter: string): PoolView | undefined {
  const known = views.get(pool) ?? new Map<string, PoolView | undefined>()
  views.set(pool, known)
  const pair = `${token}/${counter}`
  if (!known.has(pair)) known.set(pair, measure(pool, token, counter))
  return known.get(pair)
}

function measure(pool: Pool, token: string, counter: string): PoolView | undefined {
  const own = pool.tokens.indexOf(token)
  const other = pool.tokens.indexOf(counter)
  if (own < 0 || other < 0 || own === other) return undefined
  const selling = pool.curve(own, other)
  const buying = pool.curve(other, own)
  if (!selling || !buying) return undefined
  // Without fees the two directions are each other's inverse; their geometric mean is the middle.
  const rate = Math.exp(
    (selling.logRate - Math.log(selling.keep) - buying.logRate + Math.log(buying.keep)) / 2,
  )
  if (!(rate > 0) || !Number.isFinite(rate)) return undefined
  const sold = findDepth(pool, own, other, Math.exp(selling.logRate))
  const bought = findDepth(pool, other, own, Math.exp(buying.logRate))
  return {
    rate,
    depth: {
      token: smallerOf(sold.amountIn, bought.amountOut),
      counter: smallerOf(sold.amountOut, bought.amountIn),
    },
  }
}

function findDepth(pool: Pool, from: number, to: number, startRate: number) {
  const isWithin = (amount: bigint) => {
    const quote = pool.quoteExactIn(from, to, amount)
    if (!quote.complete) return false
    const ideal = BigInt(Math.floor(Number(amount) * startRate))
    // One unit is rounding of the contract, no impact.
    return (quote.amountOut + 1n) * million >= ideal * (million - tolerance)
  }
  // Fees are rounded up, and where the other token has far fewer decimals small amounts buy nothing: begin where neither matters.
  let first = 10_000n
  while (first < most && pool.quoteExactIn(from, to, first).amountOut < 10_000n) first *= 4n
  let high = first
  while (high < most && isWithin(high)) high *= 4n
  let low = high === first ? 0n : high / 4n
  for (let step = 0; step < 24 && high - low > 1n; step += 1) {
    const middle = (low + high) >> 1n
    if (isWithin(middle)) low = middle
    else high = middle
  }
  return low === 0n ? { amountIn: 0n, amountOut: 0n } : pool.quoteExactIn(from, to, low)
}
