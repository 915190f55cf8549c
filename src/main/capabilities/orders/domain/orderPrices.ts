import type { OrderPrice, OrderSide } from '../../../../shared/contract/orders.ts'
import { AppError } from '../../../../shared/errors/AppError.ts'
import type { Token } from '../../../../shared/identity/token.ts'
import { mulDivUp } from '../../../../shared/money/mulDiv.ts'
import { parseUnits } from '../../../../shared/money/parseUnits.ts'
import { priceDecimals } from '../../../../shared/money/scaledAmount.ts'
import { type BaseUnits, baseUnits } from '../../../../shared/money/units.ts'
import { reducePrice } from '../../orderbook/index.ts'

/** What an exchange gives and gets, in the smallest units of each: `bought` for `sold`, exactly. */
export interface ExchangeRate {
  readonly sold: BaseUnits
  readonly bought: BaseUnits
}

const wholeBps = 10_000n

/**
 * Reads shown units of the quote token for one shown unit of the base token as an exact ratio of smallest units.
 *
 * @throws AppError `amount.invalid`, `amount.tooManyDecimals`, `order.invalid`
 */
export function parsePrice(text: string, base: Token, quote: Token): OrderPrice {
  const units = parseUnits(text, priceDecimals)
  if (units === 0n || units > 10n ** 48n) throw new AppError('order.invalid', { reason: 'price' })
  return reducePrice({
    quote: units * 10n ** BigInt(quote.decimals),
    base: 10n ** BigInt(priceDecimals + base.decimals),
  })
}

/** A price that is worse for the side by a share of itself. */
export function worsenPrice(price: OrderPrice, side: OrderSide, bps: number): OrderPrice {
  const factor = side === 'sell' ? wholeBps - BigInt(bps) : wholeBps + BigInt(bps)
  return reducePrice({ quote: price.quote * factor, base: price.base * wholeBps })
}

/** The same price as what the side gives and gets. */
export function toRate({ quote, base }: OrderPrice, side: OrderSide): ExchangeRate {
  return side === 'sell'
    ? { sold: baseUnits(base), bought: baseUnits(quote) }
    : { sold: baseUnits(quote), bought: baseUnits(base) }
}

/** What must arrive for what is given, rounded up: a unit less would be worse than the price. */
export function leastBought(sold: bigint, rate: ExchangeRate): bigint {
  return mulDivUp(sold, rate.bought, rate.sold)
}

/** Whether what a fill gives and gets is at the rate or better. */
export function isAtRate(sold: bigint, bought: bigint, rate: ExchangeRate): boolean {
  return bought * rate.sold >= sold * rate.bought
}

/** By how much the market must still move for the side's price, in hundredths of a percent of the market; rounded up, 0 when it is there. */
export function distanceBps(market: ExchangeRate, wanted: ExchangeRate): number {
  const now = market.bought * wanted.sold
  const needed = wanted.bought * market.sold
  if (needed <= now) return 0
  const bps = ((needed - now) * wholeBps + now - 1n) / now
  return bps > 10_000_000n ? 10_000_000 : Number(bps)
}
