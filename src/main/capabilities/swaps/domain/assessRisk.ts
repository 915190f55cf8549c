import { type ExposedLeg, type ExposedTrade, openSandwich, toleranceOfLimit } from '../../mev/index.ts'
import { type Market, priceGas } from './findTrade.ts'
import type { Trade, TradeLeg } from './router/TradePlan.ts'

/** The most that somebody can gain by trading before and after a trade in the same block. */
export interface SandwichRisk {
  /** After gas, in the token sold; zero where it does not pay. */
  readonly attackerProfit: bigint
  /** In the token bought, or for an exact purchase what is paid more, in the token sold. */
  readonly userLoss: bigint
}

/** A trade as everybody would see it, and what gas costs an attacker. */
export interface Exposure {
  /** The worst within what the contracts enforce: the least to receive, or for a purchase the most to spend. */
  assess(limit: bigint): SandwichRisk
  /** The largest tolerance in whole hundredths of a percent at which no attack pays. */
  readonly safeToleranceBps: number
}

const largestToleranceBps = 5_000

/** `baseFeePerGas`: what an attacker pays at least; no tip, so that he is never taken for weaker than he is. */
export function exposeTrade(market: Market, trade: Trade, baseFeePerGas: bigint): Exposure {
  const exposed = toExposed(market, trade)
  const costPerGas = priceGas(market, trade.tokenIn, baseFeePerGas)
  const sandwich = openSandwich(exposed, costPerGas)
  const safeLimit = sandwich.findSafeLimit()
  return {
    safeToleranceBps:
      safeLimit === undefined
        ? largestToleranceBps
        : Math.min(largestToleranceBps, Math.floor(toleranceOfLimit(exposed, safeLimit) / 100)),
    assess(limit) {
      const attack = sandwich.findAttack(limit)
      return { attackerProfit: attack?.profit ?? 0n, userLoss: attack?.victimLoss ?? 0n }
    },
  }
}

function toExposed(market: Market, trade: Trade): ExposedTrade {
  const leg = (each: TradeLeg): ExposedLeg => {
    const entry = market.pools.get(each.poolId)
    if (!entry) throw new RangeError(`No pool ${each.poolId} in this market`)
    const { tokenIn, tokenOut, amountIn, amountOut } = each
    return { pool: entry.pool, tokenIn, tokenOut, amountIn, amountOut }
  }
  const { tokenIn, tokenOut, amountIn, amountOut } = trade
  return trade.mode === 'exactIn'
    ? { mode: 'exactIn', tokenIn, tokenOut, amountIn, amountOut, legs: trade.legs.map(leg) }
    : {
        mode: 'exactOut',
        tokenIn,
        tokenOut,
        amountIn,
        amountOut,
        paths: trade.paths.map(({ legs }) => legs.map(leg)),
      }
}
