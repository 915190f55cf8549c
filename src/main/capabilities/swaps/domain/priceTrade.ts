import { smallerOf } from '../../../../shared/money/smallerOf.ts'
import type { Market } from './findTrade.ts'
import { legsOf, type Trade, type TradeLeg } from './router/TradePlan.ts'

/** What a trade costs against the market price of its own route, in the token bought. */
export interface TradePrice {
  /** What the input would buy at the prices before the trade, without fees. */
  readonly atMarket: bigint
  readonly poolFees: bigint
  readonly impact: bigint
}

/** Precision of prices here: they are told, never enforced, so that a floating-point rate is exact enough. */
const scale = 10n ** 18n

/** Tells a trade's result apart into market price, fees of pools and impact. */
export function priceTrade(market: Market, trade: Trade): TradePrice {
  const legs = legsOf(trade)
  // Worth of a unit of each token in tokens bought, from the end of the route back, weighted by how it is split.
  const spot = worth(market, trade, legs, false)
  const afterFees = worth(market, trade, legs, true)
  const atMarket = multiply(trade.amountIn, spot)
  const withFees = multiply(trade.amountIn, afterFees)
  const impact = withFees - trade.amountOut
  return {
    atMarket,
    poolFees: atMarket > withFees ? atMarket - withFees : 0n,
    impact: impact > 0n ? impact : 0n,
  }
}

/** Output per input of the first infinitesimal unit of a leg; without its fee unless told otherwise. */
export function spotRate(market: Market, leg: TradeLeg, withFee: boolean): number {
  const pool = market.pools.get(leg.poolId)?.pool
  const curve = pool?.curve(pool.tokens.indexOf(leg.tokenIn), pool.tokens.indexOf(leg.tokenOut))
  if (!curve) return 0
  const rate = Math.exp(curve.logRate)
  return withFee ? rate : rate / curve.keep
}

/** How much worse than its spot price a leg is, its fee left aside, in hundredths of a percent; rounded up. */
export function impactBps(market: Market, leg: TradeLeg): number {
  const ideal = Number(leg.amountIn) * spotRate(market, leg, true)
  if (ideal <= 0) return 0
  // The integer rounding of a contract is not impact.
  const lost = Math.max(0, ideal - Number(leg.amountOut) - 1) / ideal
  return Math.min(10_000, Math.ceil(lost * 10_000 - 1e-6))
}

function worth(market: Market, trade: Trade, legs: readonly TradeLeg[], withFee: boolean): number {
  const total = new Map<string, bigint>()
  for (const { tokenIn, amountIn } of legs) total.set(tokenIn, (total.get(tokenIn) ?? 0n) + amountIn)
  const memo = new Map<string, number>([[trade.tokenOut, 1]])
  const visiting = new Set<string>()
  const of = (token: string): number => {
    const known = memo.get(token)
    if (known !== undefined) return known
    // Wrapping to and fro makes the only cycle there can be, at a rate of one.
    if (visiting.has(token)) return 0
    visiting.add(token)
    let value = 0
    const whole = Number(total.get(token) ?? 0n)
    for (const leg of legs) {
      if (leg.tokenIn !== token || whole === 0) continue
      const rate = leg.key.venue === 'weth' ? 1 : spotRate(market, leg, withFee)
      value += (Number(leg.amountIn) / whole) * rate * of(leg.tokenOut)
    }
    visiting.delete(token)
    memo.set(token, value)
    return value
  }
  return of(trade.tokenIn)
}

/** amount * rate, rounded down to the precision of the rate. */
function multiply(amount: bigint, rate: number): bigint {
  if (!(rate > 0) || !Number.isFinite(rate)) return 0n
  // Rates between tokens of unlike decimals can be tiny or huge: scaled by powers of ten they keep their digits.
  const exponent = Math.floor(Math.log10(rate))
  const mantissa = BigInt(Math.round((rate / 10 ** exponent) * 1e15))
  const power = exponent - 15
  return power >= 0 ? amount * mantissa * 10n ** BigInt(power) : (amount * mantissa) / 10n ** BigInt(-power)
}

/** The gas of a trade may be worth any multiple of next to nothing; beyond this one it is only told to be as much. */
const largestShare = BigInt(Number.MAX_SAFE_INTEGER)

/** a / b in hundredths of a percent, rounded up. */
export function shareBpsUp(part: bigint, whole: bigint): number {
  if (whole <= 0n || part <= 0n) return 0
  const bps = (part * 10_000n * scale + whole * scale - 1n) / (whole * scale)
  return Number(smallerOf(bps, largestShare))
}
