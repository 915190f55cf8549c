import type { Address } from '../../../../shared/identity/identity.ts'
import { mulDivUp } from '../../../../shared/money/mulDiv.ts'
import { largerOf, smallerOf } from '../../../../shared/money/smallerOf.ts'
import { atWei, type Market, type TradeFinder, type TradeSearchResult } from '../../swaps/index.ts'
import { findTelling, growing, isTelling, leastTelling } from './findTelling.ts'
import { type ExchangeRate, isAtRate, leastBought } from './orderPrices.ts'

/** What the pools can do for an order now. */
export type FoundFill =
  | { readonly kind: 'fill'; readonly sold: bigint; readonly bought: bigint; readonly fee: bigint }
  | { readonly kind: 'priceAway'; readonly market: ExchangeRate }
  | { readonly kind: 'gasWouldEatGain'; readonly gain: bigint; readonly fee: bigint }
  | { readonly kind: 'belowMinimum'; readonly available: bigint }
  | { readonly kind: 'noRoute' }

export interface FillRequest {
  readonly tokenIn: Address
  readonly tokenOut: Address
  /** Open of the order, in the token given. */
  readonly size: bigint
  readonly minimumFill: bigint
  /** All of it or nothing: then the average decides, not the last unit. */
  readonly isWhole: boolean
  readonly rate: ExchangeRate
  readonly gasPrice: bigint
}

/** The search for the largest fill ends within this share of the size. */
const searchSteps = 8
/** The last part of a fill by which its marginal price is measured. */
const marginalShare = 64n

/** What gas costs in the token bought; `undefined` where nothing joins it with the coin. */
export function costInBought(
  perWei: TradeSearchResult['perWei'],
  { gasPrice, rate }: Pick<FillRequest, 'gasPrice' | 'rate'>,
  gas: bigint,
): bigint | undefined {
  const price = atWei(perWei.bought, gas * gasPrice)
  if (price) return mulDivUp(price.numerator, 1n, price.denominator)
  // Then by way of what is given, at the order's own rate.
  const inSold = atWei(perWei.sold, gas * gasPrice)
  return inSold && leastBought(mulDivUp(inSold.numerator, 1n, inSold.denominator), rate)
}

interface Quoted {
  readonly bought: bigint
  readonly gas: bigint
  readonly perWei: TradeSearchResult['perWei']
}

/**
 * The largest fill whose marginal price is at the rate or better, which is the one that gains most against it, if that gain is more
 * than its gas; amounts are exact at the pools' state.
 */
export async function findFill(
  search: TradeFinder,
  market: Market,
  request: FillRequest,
): Promise<FoundFill> {
  const { tokenIn, tokenOut, size, rate, gasPrice } = request
  const quote = async (amount: bigint): Promise<Quoted | undefined> => {
    const { found, perWei } = await search.find(market, {
      mode: 'exactIn',
      tokenIn,
      tokenOut,
      amount,
      gasPrice,
    })
    return found.kind === 'trade'
      ? { bought: found.trade.amountOut, gas: BigInt(found.gas), perWei }
      : undefined
  }
  const judge = (sold: bigint, quoted: Quoted): FoundFill => {
    const fee = costInBought(quoted.perWei, request, quoted.gas)
    if (fee === undefined) return { kind: 'noRoute' }
    const needed = leastBought(sold, rate)
    const gain = quoted.bought > needed ? quoted.bought - needed : 0n
    return quoted.bought < needed + fee
      ? { kind: 'gasWouldEatGain', gain, fee }
      : { kind: 'fill', sold, bought: quoted.bought, fee }
  }

  if (request.isWhole) {
    const whole = await quote(size)
    if (!whole) return { kind: 'noRoute' }
    return isAtRate(size, whole.bought, rate) ? judge(size, whole) : away(size, whole.bought)
  }
  const isMarginalGood = async (amount: bigint, quoted: { bought: bigint }) => {
    const last = amount / marginalShare + 1n
    const before = amount > last ? await quote(amount - last) : undefined
    return isAtRate(amount > last ? last : amount, quoted.bought - (before?.bought ?? 0n), rate)
  }
  // The smallest part first: most orders are looked at far more often than they are filled.
  const first = await findTelling(growing(probeOf(size), size), quote)
  const tells = first !== undefined && isTelling(first.sold, first.quoted.bought)
  if (tells && !isAtRate(first.sold, first.quoted.bought, rate)) return away(first.sold, first.quoted.bought)
  const whole = await quote(size)
  if (whole && (await isMarginalGood(size, whole))) return judge(size, whole)
  if (!tells) {
    // Rounding hides the price of so little: then only the whole can be judged.
    if (!whole) return { kind: 'noRoute' }
    return isAtRate(size, whole.bought, rate) ? judge(size, whole) : away(size, whole.bought)
  }
  let best = first
  let [low, high] = [first.sold, size]
  for (let step = 0; step < searchSteps; step += 1) {
    const middle = (low + high) / 2n
    const quoted = await quote(middle)
    if (quoted && (await isMarginalGood(middle, quoted))) {
      best = { sold: middle, quoted }
      low = middle
    } else {
      high = middle
    }
  }
  const { minimumFill } = request
  if (best.sold < minimumFill) {
    const least = await quote(minimumFill)
    const judged = least && isAtRate(minimumFill, least.bought, rate) ? judge(minimumFill, least) : undefined
    return judged?.kind === 'fill' ? judged : { kind: 'belowMinimum', available: best.sold }
  }
  return judge(best.sold, best.quoted)
}

/** The part of an order that tells where the market stands for it, unless it buys too little. */
export function probeOf(size: bigint): bigint {
  return largerOf(size >> BigInt(searchSteps + 2), smallerOf(size, leastTelling))
}

function away(sold: bigint, bought: bigint): FoundFill {
  return { kind: 'priceAway', market: { sold, bought } as ExchangeRate }
}
