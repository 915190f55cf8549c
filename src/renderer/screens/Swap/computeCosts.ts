import type { SwapQuote } from '../../../shared/contract/swaps.ts'
import { mulDivUp } from '../../../shared/money/mulDiv.ts'

/** What a trade costs, beside what others would have cost, all in the token bought unless said otherwise. */
export interface SwapCosts {
  readonly total: bigint
  /** The parts of the total, in percent of it, for drawing. */
  readonly parts: { readonly impact: number; readonly poolFees: number; readonly gas: number }
  /** What the route gains over the best pool alone, in the token that is not exact; absent where there is none to compare. */
  readonly gainOverSinglePool: bigint | undefined
  /** What an exchange would charge at the user's fee; rounded up. */
  readonly exchange: bigint
  /** What this trade costs more than the exchange; negative when it costs less. */
  readonly overExchange: bigint
}

export function computeCosts(quote: SwapQuote, exchangeFeeBps: number): SwapCosts {
  const { impact, poolFees, gas = 0n } = quote.cost
  const total = impact + poolFees + gas
  const share = (part: bigint) => (total === 0n ? 0 : Number((part * 10_000n) / total) / 100)
  const exchange = mulDivUp(quote.unitsAtMarket, BigInt(exchangeFeeBps), 10_000n)
  const single = quote.bestSinglePool?.units
  return {
    total,
    parts: { impact: share(impact), poolFees: share(poolFees), gas: share(gas) },
    gainOverSinglePool:
      single === undefined
        ? undefined
        : quote.exact === 'sell'
          ? quote.buyUnits - single
          : single - quote.sellUnits,
    exchange,
    overExchange: total - exchange,
  }
}
