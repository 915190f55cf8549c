import type { BookLevel } from '../../../../shared/contract/orders.ts'
import type { Address } from '../../../../shared/identity/identity.ts'
import { baseUnits } from '../../../../shared/money/units.ts'
import { type Market, quoteOutput, type TradeFinder } from '../../swaps/index.ts'
import { findTelling, growing } from './findTelling.ts'

/**
 * By how much all that is shown is worse on average than the best, where the pools reach so far: at least a twentieth, so that
 * there is a picture, and at most a tenth, so that the far end of a pool does not squeeze it together.
 */
const leastSpanPercent = 105n
const mostSpanPercent = 110n
/** How finely the span is found where a doubling leaps over both. */
const spanSteps = 5
/** How much larger than the smallest the first level may be where that is too little to tell a price. */
const mostGrowth = 16n ** 8n

/**
 * What the pools would pay for a token, or ask for it, as levels of a book: each level is the next part of ever larger trades, at what
 * that part costs, fees of pools included. The best first.
 *
 * @param side `bids`: the base token is sold to the pools; `asks`: it is bought from them.
 * @param smallest amount of the token that is given, with which the first level begins where it tells a price.
 */
export async function layoutPoolLevels(
  search: TradeFinder,
  market: Market,
  base: Address,
  quote: Address,
  side: 'bids' | 'asks',
  smallest: bigint,
  count: number,
): Promise<BookLevel[]> {
  const [tokenIn, tokenOut] = side === 'bids' ? [base, quote] : [quote, base]
  const buys = (amount: bigint) => quoteOutput(search, market, tokenIn, tokenOut, amount)
  const first = await findTelling(growing(smallest, smallest * mostGrowth), async (amount) => {
    const bought = await buys(amount)
    return bought ? { bought } : undefined
  })
  if (!first) return []
  // Grown until the price has moved enough to make a picture, so that thin and deep markets fill it alike.
  const unit = first.sold
  const isWorse = (amount: bigint, bought: bigint | undefined, percent: bigint) =>
    bought === undefined || bought * unit * percent < first.quoted.bought * amount * 100n
  let span = unit
  let beyond = unit * 2n
  for (let doubling = 0; doubling < 40; doubling += 1) {
    const bought = await buys(beyond)
    if (isWorse(beyond, bought, mostSpanPercent)) break
    span = beyond
    if (isWorse(span, bought, leastSpanPercent)) break
    beyond *= 2n
  }
  for (let step = 0; step < spanSteps && beyond > span; step += 1) {
    const middle = (span + beyond) / 2n
    if (isWorse(middle, await buys(middle), mostSpanPercent)) beyond = middle
    else span = middle
  }
  const levels: BookLevel[] = []
  let [given, got] = [0n, 0n]
  for (let level = 1n; level <= BigInt(count); level += 1n) {
    // Squares: the best prices in fine steps, the far ones in wide ones.
    const amount = (span * level * level) / BigInt(count * count)
    if (amount <= given) continue
    const bought = await buys(amount)
    if (bought === undefined || bought <= got) break
    const [moreGiven, moreGot] = [amount - given, bought - got]
    levels.push(
      side === 'bids'
        ? { price: { quote: moreGot, base: moreGiven }, base: baseUnits(moreGiven) }
        : { price: { quote: moreGiven, base: moreGot }, base: baseUnits(moreGot) },
    )
    ;[given, got] = [amount, bought]
  }
  return levels
}
