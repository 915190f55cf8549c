import type { Token } from '../../../../shared/identity/token.ts'

export interface Tolerance {
  readonly bps: number
  readonly from: 'user' | 'volatility' | 'safety'
  /** Less than the price is likely to move until the trade is in a block. */
  readonly isTight: boolean
}

/** Tolerances below this fail for the rounding of a single other trade. */
const leastBps = 5
const mostAutomaticBps = 300

/**
 * How far a pair's price moves in a year, as a part of it, by what its tokens are: what is known without a price history. Two
 * coins of one currency hardly move against each other; of two currencies as much as currencies do.
 */
function yearlyVolatility(sell: Token, buy: Token): number {
  const classes = [sell.assetClass, buy.assetClass]
  if (classes.every((assetClass) => assetClass === 'stablecoin')) {
    return sell.pegCurrency === buy.pegCurrency ? 0.02 : 0.12
  }
  if (classes.includes('token')) return 1.5
  return classes.includes('rwa') && !classes.includes('coin') ? 0.4 : 0.9
}

const secondsPerYear = 365 * 24 * 3600
/** Standard deviations that a trade has to survive: fewer than one in a thousand trades fails for the price. */
const deviations = 3.3

/** The tolerance that survives what the price is likely to do until the trade is in a block, in hundredths of a percent; rounded up. */
export function computeVolatilityBps(sell: Token, buy: Token, inclusionSeconds: number): number {
  const sigma = yearlyVolatility(sell, buy) * Math.sqrt(inclusionSeconds / secondsPerYear)
  const bps = Math.ceil(sigma * deviations * 10_000)
  return Math.min(mostAutomaticBps, Math.max(leastBps, bps))
}

/**
 * The user's tolerance as it is; else the smallest that survives volatility. In public an automatic one never exceeds what no
 * attacker can profit from, and says so when that is less than the price may move.
 */
export function chooseTolerance(
  wanted: number | 'auto',
  volatilityBps: number,
  channel: 'private' | 'public',
  safeBps: number,
): Tolerance {
  if (wanted !== 'auto') return { bps: wanted, from: 'user', isTight: wanted < volatilityBps }
  const cap = channel === 'public' ? safeBps : Number.POSITIVE_INFINITY
  return cap < volatilityBps
    ? { bps: cap, from: 'safety', isTight: true }
    : { bps: volatilityBps, from: 'volatility', isTight: false }
}
