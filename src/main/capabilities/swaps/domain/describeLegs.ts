import type { SwapLeg, SwapQuote } from '../../../../shared/contract/swaps.ts'
import type { Address } from '../../../../shared/identity/identity.ts'
import type { Token } from '../../../../shared/identity/token.ts'
import { baseUnits } from '../../../../shared/money/units.ts'
import type { Market } from './findTrade.ts'
import { nativeTokenId } from './PoolKey.ts'
import { impactBps } from './priceTrade.ts'
import { legsOf, type Trade } from './router/TradePlan.ts'

/** The legs of a trade as they are shown. */
export async function describeLegs(
  market: Market,
  trade: Trade,
  resolve: (address: Address | 'native') => Promise<Token>,
): Promise<SwapLeg[]> {
  const legs = legsOf(trade)
  const tokenOf = (id: Address) => resolve(id === nativeTokenId ? 'native' : id)
  return Promise.all(
    legs.map(async (leg): Promise<SwapLeg> => {
      const siblings = legs.filter(({ tokenIn }) => tokenIn === leg.tokenIn)
      const whole = siblings.reduce((sum, { amountIn }) => sum + amountIn, 0n)
      const [tokenIn, tokenOut] = await Promise.all([tokenOf(leg.tokenIn), tokenOf(leg.tokenOut)])
      return {
        venue: leg.key.venue,
        ...(leg.key.fork === undefined ? {} : { fork: leg.key.fork }),
        isUnproven: market.pools.get(leg.poolId)?.pool.proof === 'vectors',
        poolId: leg.poolId,
        address: leg.key.address,
        feePips: leg.key.feePips,
        tokenIn,
        tokenOut,
        amountIn: baseUnits(leg.amountIn),
        amountOut: baseUnits(leg.amountOut),
        shareBps: whole === 0n ? 0 : Number((leg.amountIn * 10_000n) / whole),
        impactBps: leg.key.venue === 'weth' ? 0 : impactBps(market, leg),
      }
    }),
  )
}

/** The best that one pool between the two tokens would do alone, where the trade uses more than one. */
export function findBestSinglePool(market: Market, trade: Trade): SwapQuote['bestSinglePool'] {
  if (legsOf(trade).filter(({ key }) => key.venue !== 'weth').length < 2) return undefined
  const isExactIn = trade.mode === 'exactIn'
  const wrapped = market.venues.wrappedNative.toLowerCase()
  const formsOf = (token: Address) =>
    token === nativeTokenId || token === wrapped ? [nativeTokenId, wrapped] : [token]
  let best: SwapQuote['bestSinglePool']
  for (const { pool, key } of market.pools.values()) {
    if (key.venue === 'weth') continue
    for (const tokenIn of formsOf(trade.tokenIn)) {
      for (const tokenOut of formsOf(trade.tokenOut)) {
        const [from, to] = [pool.tokens.indexOf(tokenIn), pool.tokens.indexOf(tokenOut)]
        if (from < 0 || to < 0) continue
        const quote = isExactIn
          ? pool.quoteExactIn(from, to, trade.amountIn)
          : pool.quoteExactOut(from, to, trade.amountOut)
        if (!quote.complete) continue
        const units = isExactIn ? quote.amountOut : quote.amountIn
        if (best === undefined || (isExactIn ? units > best.units : units < best.units)) {
          best = {
            venue: key.venue,
            ...(key.fork === undefined ? {} : { fork: key.fork }),
            poolId: pool.id,
            units: baseUnits(units),
          }
        }
      }
    }
  }
  return best
}
