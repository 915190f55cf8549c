import { toDouble } from './core/exactNumbers.ts'

/**
 * A price as an exact ratio: `quote` units of the quote token for `base` units of the base token, both in the
 * tokens' smallest units and both positive. Never divided, so tokens of any decimals lose nothing.
 */
export interface Price {
  readonly quote: bigint
  readonly base: bigint
}

/** The largest integer up to which every integer is exact as a `number`. */
export const LARGEST_EXACT = Number.MAX_SAFE_INTEGER

// More than a double's 53 bits and the rounding bit, so that the sticky bit below decides ties correctly.
const QUOTIENT_BITS = 66

/** Compares two prices exactly by cross-multiplication: negative when `a` is lower, 0 when equal. */
export function comparePrices(a: Price, b: Price): number {
  const left = a.quote * b.base
  const right = b.quote * a.base
  return left < right ? -1 : left > right ? 1 : 0
}

/** The same price with coprime terms; its terms are the smallest amounts that trade at exactly this price. */
export function reducePrice(price: Price): Price {
  let a = price.quote
  let b = price.base
  while (b !== 0n) [a, b] = [b, a % b]
  return a === 1n ? price : { quote: price.quote / a, base: price.base / a }
}

/**
 * The double nearest to the price. Rounding to nearest is monotone, so different keys order prices without any bigint;
 * equal keys say nothing, and the exact comparison decides.
 */
export function toPriceKey(price: Price): number {
  const { quote, base } = price
  const exact = toDouble(quote) / toDouble(base)
  if (!Number.isNaN(exact)) return exact
  const shift = QUOTIENT_BITS - (countBits(quote) - countBits(base))
  const scaledQuote = shift > 0 ? quote << BigInt(shift) : quote
  const scaledBase = shift < 0 ? base << BigInt(-shift) : base
  const quotient = scaledQuote / scaledBase
  // The sticky bit makes the truncated quotient round as the exact one would.
  const rounded = Number(quotient * scaledBase === scaledQuote ? quotient : quotient | 1n)
  return rounded * 2 ** -shift
}

function countBits(value: bigint): number {
  return value.toString(16).length * 4
}
