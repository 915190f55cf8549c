import type { Activity } from '../../../shared/contract/activity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import { mulDivDown } from '../../../shared/money/mulDiv.ts'
import type { ShownAmount } from '../../../shared/money/scaledAmount.ts'
import { formatAmount } from '../../design/formatAmount.ts'
import type { Amounts } from '../../parts/createAmounts.ts'

export interface EffectivePrice {
  readonly base: string
  readonly quote: string
  readonly price: string
}

/** Digits after the point with which a price is computed before it is rounded for people. */
const priceDecimals = 18
const one = 10n ** BigInt(priceDecimals)

/** What a trade really paid: of the dearer token one whole, in the other one, so that the figure is above one. */
export function describePrice(
  activity: Activity,
  amounts: Pick<Amounts, 'shown'>,
  locale: string,
): EffectivePrice | undefined {
  const pair = findPair(activity)
  if (!pair || pair.sold.units === 0n || pair.bought.units === 0n) return undefined
  const quoteOf = (paid: Side, got: Side) =>
    priceOf(amounts.shown(paid.units, paid.token), amounts.shown(got.units, got.token))
  const asked = quoteOf(pair.sold, pair.bought)
  const [base, quote, price] =
    asked >= one ? [pair.bought, pair.sold, asked] : [pair.sold, pair.bought, quoteOf(pair.bought, pair.sold)]
  return {
    base: base.token.symbol,
    quote: quote.token.symbol,
    price: formatAmount(price, priceDecimals, { locale, maximumFractionDigits: price >= 100n * one ? 2 : 6 }),
  }
}

interface Side {
  readonly token: Token
  readonly units: bigint
}

function findPair({ kind, status, swap, token, units, effects = [] }: Activity) {
  if (kind !== 'swap' || status !== 'confirmed') return undefined
  if (swap) {
    if (swap.bought === undefined) return undefined
    return { sold: { token, units: swap.sold ?? units }, bought: { token: swap.buy, units: swap.bought } }
  }
  const [sold, ...moreSold] = effects.filter(({ delta }) => delta < 0n)
  const [bought, ...moreBought] = effects.filter(({ delta }) => delta > 0n)
  if (!sold || !bought || moreSold.length > 0 || moreBought.length > 0) return undefined
  return {
    sold: { token: sold.token, units: -sold.delta },
    bought: { token: bought.token, units: bought.delta },
  }
}

/** How much of `paid` one whole `got` took, in units of 10^-18. */
function priceOf(paid: ShownAmount, got: ShownAmount): bigint {
  const scale = 10n ** BigInt(priceDecimals + got.decimals)
  return mulDivDown(paid.units, scale, got.units * 10n ** BigInt(paid.decimals))
}
