import type { Depth } from '../../../../shared/contract/swaps.ts'
import type { Address } from '../../../../shared/identity/identity.ts'
import { baseUnits } from '../../../../shared/money/units.ts'
import { findTrade, type Market } from './findTrade.ts'
import { priceTrade, shareBpsUp } from './priceTrade.ts'
import type { Trade } from './router/TradePlan.ts'

/** Sizes by roots of two: from a sixty-fourth of the trade to sixty-four times it. */
const steps = 25
const lowest = 64n

/** What selling other sizes of the same token buys, around a trade's own size; ends where the pools end. */
export function measureDepth(market: Market, trade: Trade): Depth['points'] {
  const points: Depth['points'] = []
  const best = findTrade(market, searchFor(trade, trade.amountIn / lowest + 1n))
  if (best.kind === 'noRoute') return points
  const unit = priceTrade(market, best.trade)
  for (let step = 0; step < steps; step += 1) {
    const sellUnits = scaleByRootOfTwo(trade.amountIn / lowest, step)
    if (sellUnits <= 0n) continue
    const found = findTrade(market, searchFor(trade, sellUnits))
    if (found.kind === 'noRoute') {
      if (found.reason === 'amountTooSmall') continue
      break
    }
    const buyUnits = found.trade.amountOut
    // Against the market price of the smallest size, so that the curve tells the whole cost of being large.
    const atMarket = (unit.atMarket * sellUnits) / best.trade.amountIn
    points.push({
      sellUnits: baseUnits(sellUnits),
      buyUnits: baseUnits(buyUnits),
      costBps: shareBpsUp(atMarket > buyUnits ? atMarket - buyUnits : 0n, atMarket),
    })
  }
  return points
}

function searchFor(trade: Trade, amount: bigint) {
  return {
    mode: 'exactIn',
    tokenIn: trade.tokenIn as Address,
    tokenOut: trade.tokenOut as Address,
    amount,
    gasPrice: 0n,
  } as const
}

/** amount * 2^(step / 2), rounded down. */
function scaleByRootOfTwo(amount: bigint, step: number): bigint {
  const doubled = amount << BigInt(step >> 1)
  return step % 2 === 0 ? doubled : (doubled * 14_142n) / 10_000n
}
