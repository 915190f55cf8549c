import type { InclusionTime, Volatility } from '../../mev/index.ts'

/** How much a pair's price moves, where that is known from, and how long a trade is exposed to it. */
export interface Movement {
  readonly basis: 'measured' | 'assumed'
  /** Changes of the price that were seen, also where they are too few to measure. */
  readonly observations: number
  readonly volatility: Volatility
  /** Standard deviation over a day, in hundredths of a percent; rounded up. */
  readonly dailyBps: number
  readonly inclusion: InclusionTime
}
