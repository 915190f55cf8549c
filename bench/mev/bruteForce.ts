import type {
  ExposedLeg,
  ExposedTrade,
} from '../../src/main/capabilities/mev/domain/sandwich/ExposedTrade.ts'
import type { Pool } from '../../src/main/capabilities/router/index.ts'

/** Front-runs by leg. */
type Fronts = ReadonlyMap<ExposedLeg, bigint>

/**
 * The attacker who knows no mathematics: tries front-runs all over, then ever more finely around the best. Written apart from the
 * model that it checks; knows only trades whose ways share no pool and no token in between.
 *
 * @returns his profit before gas in the token sold, as a floating-point number, and what he puts in.
 */
export function bruteForce(trade: ExposedTrade, limit: bigint, most = 1): { profit: number; fronts: Fronts } {
  const ways = waysOf(trade)
  const legs = ways.flat()
  let best = { profit: 0, fronts: new Map() as Fronts }
  for (const leg of legs) {
    const single = searchLeg(trade, ways, limit, leg, new Map(), 260, 5)
    if (single.profit > best.profit) best = single
  }
  if (most < 2) return best
  for (const [at, first] of legs.entries()) {
    for (const second of legs.slice(at + 1)) {
      const alone = searchLeg(trade, ways, limit, first, new Map(), 120, 3).fronts.get(first) ?? 0n
      if (alone === 0n) continue
      let from = 0
      let to = 1
      for (let zoom = 0; zoom < 3; zoom += 1) {
        let bestShare = from
        let bestHere = -Infinity
        const step = (to - from) / 16
        for (let share = from; share <= to + 1e-12; share += step) {
          const amount = (alone * BigInt(Math.round(share * 1e6))) / 1_000_000n
          const joint = searchLeg(
            trade,
            ways,
            limit,
            second,
            new Map(amount > 0n ? [[first, amount]] : []),
            70,
            3,
          )
          if (joint.profit > bestHere) {
            bestHere = joint.profit
            bestShare = share
          }
          if (joint.profit > best.profit) best = joint
        }
        from = Math.max(0, bestShare - step)
        to = Math.min(1, bestShare + step)
      }
    }
  }
  return best
}

function searchLeg(
  trade: ExposedTrade,
  ways: readonly (readonly ExposedLeg[])[],
  limit: bigint,
  leg: ExposedLeg,
  others: Fronts,
  points: number,
  zooms: number,
): { profit: number; fronts: Fronts } {
  let best: { profit: number; fronts: Fronts } = { profit: -Infinity, fronts: others }
  // Once around the best, and once around the largest that the limit lets pass: profit may begin only there.
  for (const aim of ['best', 'largest'] as const) {
    let low = Math.max(1, Number(leg.amountIn) * 1e-6)
    let high = Number(leg.amountIn) * 1e4
    for (let zoom = 0; zoom < zooms; zoom += 1) {
      const ratio = (high / low) ** (1 / points)
      let aimedAt = low
      let bestHere = -Infinity
      for (let point = 0, amount = low; point <= points; point += 1, amount *= ratio) {
        const fronts = new Map([...others, [leg, BigInt(Math.round(amount))] as const])
        const profit = profitOf(trade, ways, limit, fronts)
        if (profit === undefined) continue
        if (aim === 'largest' || profit > bestHere) {
          bestHere = profit
          aimedAt = amount
        }
        if (profit > best.profit) best = { profit, fronts }
      }
      low = aimedAt / ratio
      high = aimedAt * ratio
    }
  }
  return best
}

function profitOf(
  trade: ExposedTrade,
  ways: readonly (readonly ExposedLeg[])[],
  limit: bigint,
  fronts: Fronts,
): number | undefined {
  const states = new Map<ExposedLeg, Pool>()
  const bought = new Map<ExposedLeg, bigint>()
  for (const [leg, amount] of fronts) {
    const [from, to] = ends(leg)
    const quote = leg.pool.quoteExactIn(from, to, amount)
    if (!quote.complete) return undefined
    states.set(leg, leg.pool.afterSwap(from, to, amount))
    bought.set(leg, quote.amountOut)
  }
  const taken = new Map<ExposedLeg, bigint>()
  let bottomLine = 0n
  for (const way of ways) {
    let amount = (trade.mode === 'exactIn' ? way[0]?.amountIn : way.at(-1)?.amountOut) ?? 0n
    for (const leg of trade.mode === 'exactIn' ? way : [...way].reverse()) {
      const pool = states.get(leg) ?? leg.pool
      const [from, to] = ends(leg)
      const quote =
        trade.mode === 'exactIn' ? pool.quoteExactIn(from, to, amount) : pool.quoteExactOut(from, to, amount)
      if (!quote.complete) return undefined
      taken.set(leg, quote.amountIn)
      amount = trade.mode === 'exactIn' ? quote.amountOut : quote.amountIn
    }
    const share = trade.mode === 'exactOut' ? ((way[0]?.amountIn ?? 0n) * limit) / trade.amountIn : 0n
    if (trade.mode === 'exactOut' && amount > share) return undefined
    bottomLine += amount
  }
  if (trade.mode === 'exactIn' && bottomLine < limit) return undefined
  let profit = 0
  for (const [leg, amount] of fronts) {
    const [from, to] = ends(leg)
    const after = (states.get(leg) as Pool).afterSwap(from, to, taken.get(leg) ?? 0n)
    const back = after.quoteExactIn(to, from, bought.get(leg) ?? 0n)
    if (!back.complete) return undefined
    const way = ways.find((candidate) => candidate.includes(leg))
    profit += (Number(back.amountOut - amount) * Number(way?.[0]?.amountIn ?? 0n)) / Number(leg.amountIn)
  }
  return profit
}

function waysOf(trade: ExposedTrade): ExposedLeg[][] {
  if (trade.mode === 'exactOut') return trade.paths.map((path) => [...path])
  const ways: ExposedLeg[][] = []
  for (const leg of trade.legs) {
    const way =
      leg.tokenIn === trade.tokenIn ? undefined : ways.find((legs) => legs.at(-1)?.tokenOut === leg.tokenIn)
    if (way === undefined) ways.push([leg])
    else way.push(leg)
  }
  return ways
}

function ends({ pool, tokenIn, tokenOut }: ExposedLeg): [number, number] {
  return [pool.tokens.indexOf(tokenIn), pool.tokens.indexOf(tokenOut)]
}
