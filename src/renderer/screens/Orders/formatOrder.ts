import type { Order, OrderPrice } from '../../../shared/contract/orders.ts'
import type { Token } from '../../../shared/identity/token.ts'
import type { Amounts } from '../../parts/createAmounts.ts'

interface Pair {
  readonly base: Token
  readonly quote: Token
}

/** A price with its unit: "3,512.40 USDC". */
export function formatPrice(price: OrderPrice, { base, quote }: Pair, amounts: Amounts): string {
  return `${amounts.rate(price.base, base, price.quote, quote)} ${quote.symbol}`
}

/** A price as one would type it; rounded down in the last of its digits. */
export function formatPlainPrice(price: OrderPrice, { base, quote }: Pair, amounts: Amounts): string {
  return amounts.plainRate(price.base, base, price.quote, quote)
}

/** The token that an order, or a part of it, gives. */
export function givenOf(side: Order['side'], { base, quote }: Pair): Token {
  return side === 'sell' ? base : quote
}

/** The token that an order, or a part of it, receives. */
export function receivedOf(side: Order['side'], { base, quote }: Pair): Token {
  return side === 'sell' ? quote : base
}

/** How much of an order is filled, in whole percent, rounded down; at least 1 where anything is. */
export function filledPercent({ filledSold, size }: Pick<Order, 'filledSold' | 'size'>): number {
  if (size === 0n || filledSold === 0n) return 0
  return Math.max(1, Number((filledSold * 100n) / size))
}

/** A moment by the language: day and minute. */
export function formatMoment(timeMs: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(timeMs)
}
