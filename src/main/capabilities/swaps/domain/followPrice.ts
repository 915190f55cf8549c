import type { PriceObservation } from '../../mev/index.ts'
import { legsOf, type Trade, type TradeLeg } from './router/TradePlan.ts'

/** A pool's price at the end of a block in which it changed. */
export interface PoolPrice {
  readonly blockNumber: bigint
  readonly timestampMs: number
  /** Natural logarithm of what a base unit of the pool's first token is worth in its second. */
  readonly logPrice: number
}

/** A trade's largest way from the token sold to the token bought: what its price mostly depends on. */
export function findMainWay(trade: Trade): readonly TradeLeg[] {
  const legs = legsOf(trade)
  const way: TradeLeg[] = []
  const visited = new Set<string>()
  let token: string = trade.tokenIn
  while (token !== trade.tokenOut && !visited.has(token)) {
    visited.add(token)
    let next: TradeLeg | undefined
    for (const leg of legs) {
      if (leg.tokenIn === token && (next === undefined || leg.amountIn > next.amountIn)) next = leg
    }
    if (next === undefined) return way
    way.push(next)
    token = next.tokenOut
  }
  return way
}

/**
 * The price of a way through pools over time, as units bought for a unit sold. It starts when each pool that has moved at all is
 * known, and ends now.
 *
 * @param histories by pool, oldest first. A pool without one stands still.
 */
export function followPrice(
  way: readonly TradeLeg[],
  histories: ReadonlyMap<string, readonly PoolPrice[]>,
  nowMs: number,
): PriceObservation[] {
  const moving = way.flatMap(({ poolId, tokenIn, tokenOut }) => {
    const history = histories.get(poolId)
    const sign = tokenIn.toLowerCase() < tokenOut.toLowerCase() ? 1 : -1
    return history?.length ? [{ history, sign, at: -1 }] : []
  })
  const times = [...new Set(moving.flatMap(({ history }) => history.map(({ timestampMs }) => timestampMs)))]
  times.sort((a, b) => a - b)
  const observations: PriceObservation[] = []
  for (const timestampMs of times) {
    let logPrice = 0
    for (const pool of moving) {
      while ((pool.history[pool.at + 1]?.timestampMs ?? Number.POSITIVE_INFINITY) <= timestampMs) pool.at += 1
      logPrice += pool.sign * (pool.history[pool.at]?.logPrice ?? Number.NaN)
    }
    const price = Math.exp(logPrice)
    // Not every pool is known yet; or worth so little that a number cannot say it.
    if (price > 0 && Number.isFinite(price)) observations.push({ timestampMs, price })
  }
  const last = observations.at(-1)
  if (last && last.timestampMs < nowMs) observations.push({ timestampMs: nowMs, price: last.price })
  return observations
}
