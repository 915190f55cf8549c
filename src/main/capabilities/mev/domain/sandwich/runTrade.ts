import { smallerOf } from '../../../../../shared/money/smallerOf.ts'
import type { Pool } from '../../../router/index.ts'
import type { CompiledLeg, CompiledTrade } from './compileTrade.ts'

/** What a trade does at some state of its pools, limits left aside. */
export interface TradeRun {
  /** What each leg takes. */
  readonly inputs: readonly bigint[]
  readonly sold: bigint
  readonly bought: bigint
  /** For a purchase: what each way takes. */
  readonly soldByWay: readonly bigint[]
}

/**
 * Carries the trade out as its contracts would on pools in these states, one for each of the trade's pools.
 * @returns undefined where it would fail whatever the limit.
 */
export function runTrade(compiled: CompiledTrade, states: readonly Pool[]): TradeRun | undefined {
  return compiled.trade.mode === 'exactIn' ? runSale(compiled, states) : runPurchase(compiled, states)
}

function runSale(
  { trade, legs, tokens, source, sink }: CompiledTrade,
  states: readonly Pool[],
): TradeRun | undefined {
  const held = new Array<bigint>(tokens).fill(0n)
  held[source] = trade.amountIn
  const inputs: bigint[] = []
  const after = [...states]
  for (const leg of legs) {
    const there = held[leg.from] as bigint
    const amountIn = leg.takesAll ? there : leg.amountIn
    if (amountIn > there) return undefined
    const pool = after[leg.pool] as Pool
    const quote = pool.quoteExactIn(leg.inIndex, leg.outIndex, amountIn)
    if (!quote.complete) return undefined
    held[leg.from] = there - amountIn
    held[leg.to] = (held[leg.to] as bigint) + quote.amountOut
    inputs.push(amountIn)
    if (leg.poolReturns) after[leg.pool] = pool.afterSwap(leg.inIndex, leg.outIndex, amountIn)
  }
  return { inputs, sold: trade.amountIn, bought: held[sink] as bigint, soldByWay: [] }
}

function runPurchase({ trade, legs, ways }: CompiledTrade, states: readonly Pool[]): TradeRun | undefined {
  const inputs = new Array<bigint>(legs.length).fill(0n)
  const soldByWay: bigint[] = []
  for (const way of ways) {
    let needed = legs[way.at(-1) ?? 0]?.amountOut ?? 0n
    for (let step = way.length - 1; step >= 0; step -= 1) {
      const at = way[step] as number
      const leg = legs[at] as CompiledLeg
      const quote = (states[leg.pool] as Pool).quoteExactOut(leg.inIndex, leg.outIndex, needed)
      if (!quote.complete) return undefined
      inputs[at] = quote.amountIn
      needed = quote.amountIn
    }
    soldByWay.push(needed)
  }
  const sold = soldByWay.reduce((sum, amount) => sum + amount, 0n)
  return { inputs, sold, bought: trade.amountOut, soldByWay }
}

/** How much worse the run could have been within the limit, in the token that is not fixed; negative where it fails. */
export function slackOf({ trade, ways, legs }: CompiledTrade, run: TradeRun, limit: bigint): bigint {
  if (trade.mode === 'exactIn') return run.bought - limit
  const limits = shareLimit(
    ways.map((way) => legs[way[0] ?? 0]?.amountIn ?? 0n),
    limit,
  )
  return run.soldByWay.reduce((least, sold, way) => smallerOf(least, (limits[way] as bigint) - sold), limit)
}

/** Every way's part of the maximum by its part of the quoted input, rounded down; the first takes what rounding leaves. */
export function shareLimit(inputs: readonly bigint[], limit: bigint): bigint[] {
  const total = inputs.reduce((sum, amount) => sum + amount, 0n)
  const shares = inputs.map((amount) => (total === 0n ? 0n : (limit * amount) / total))
  const rest = limit - shares.reduce((sum, share) => sum + share, 0n)
  return shares.map((share, index) => (index === 0 ? share + rest : share))
}
