import type { Token } from '../../../../shared/identity/token.ts'
import type { Volatility } from '../../mev/index.ts'

const secondsPerYear = 365 * 24 * 3600

/**
 * How far a pair's price moves, by what its tokens are: what is known without a price history. Two coins of one currency hardly
 * move against each other; of two currencies as much as currencies do.
 */
export function assumeVolatility(sell: Token, buy: Token): Volatility {
  return { perRootSecond: yearly(sell, buy) / Math.sqrt(secondsPerYear), returns: 0 }
}

function yearly(sell: Token, buy: Token): number {
  const classes = [sell.assetClass, buy.assetClass]
  if (classes.every((assetClass) => assetClass === 'stablecoin')) {
    return sell.pegCurrency === buy.pegCurrency ? 0.02 : 0.12
  }
  if (classes.includes('token')) return 1.5
  return classes.includes('rwa') && !classes.includes('coin') ? 0.4 : 0.9
}
