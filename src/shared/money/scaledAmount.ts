import { AppError } from '../errors/AppError.ts'
import { formatUnits } from './formatUnits.ts'
import { mulDivDown, mulDivUp } from './mulDiv.ts'
import { parseUnits } from './parseUnits.ts'
import { type BaseUnits, baseUnits } from './units.ts'

/** The multiplier of a token that shows its amounts as they are; multipliers count in units of 10^-18 (ERC-8056). */
export const unscaled = 10n ** 18n
const scaleDecimals = 18

/** An amount as people read it, in units of 10^-decimals. */
export interface ShownAmount {
  readonly units: bigint
  readonly decimals: number
}

/**
 * What an amount is shown as: times the token's multiplier.
 *
 * What was typed comes back as it was typed, although it rarely is a whole number of base units: all values from this amount up to one
 * base unit more mean these base units, and the shortest of them is taken. Where one base unit would be seen (below 10^9 of them), it
 * is the exact product instead.
 */
export function toShown(units: bigint, decimals: number, multiplier: bigint): ShownAmount {
  if (multiplier === unscaled) return { units, decimals }
  const magnitude = units < 0n ? -units : units
  const exact = magnitude * multiplier
  const shown = magnitude < 10n ** 9n ? exact : shortestFrom(exact, multiplier)
  return { units: units < 0n ? -shown : shown, decimals: decimals + scaleDecimals }
}

/** The number with most zeros at its end that is at least `least` and less than `width` above it. */
function shortestFrom(least: bigint, width: bigint): bigint {
  let shortest = least
  for (let step = 1n; ; step *= 10n) {
    const next = ((least + step - 1n) / step) * step
    if (next >= least + width) return shortest
    shortest = next
  }
}

/**
 * Reads an amount as it is shown into base units; `down` for what is given away, so that never more leaves than was typed.
 *
 * @throws AppError `amount.invalid`, `amount.tooManyDecimals`
 */
export function parseShown(
  text: string,
  decimals: number,
  multiplier: bigint,
  rounding: 'down' | 'up',
): BaseUnits {
  if (multiplier === unscaled) return parseUnits(text, decimals)
  const shown = parseUnits(text, decimals + scaleDecimals)
  return baseUnits((rounding === 'down' ? mulDivDown : mulDivUp)(shown, 1n, multiplier))
}

/** Digits of a price that are kept where nothing else is said: more than any token has, so that none that can be typed is cut. */
export const priceDecimals = 30

/**
 * A price of one shown unit as the price of one whole token, both plain decimals; what is beyond `digits` after the point is cut.
 *
 * @throws AppError `amount.invalid`, `amount.tooManyDecimals`
 */
export function toTokenPrice(
  text: string,
  baseMultiplier: bigint,
  quoteMultiplier: bigint,
  digits: number = priceDecimals,
): string {
  if (baseMultiplier === quoteMultiplier) return text
  const shown = parseUnits(text, digits)
  return formatUnits(mulDivDown(shown, baseMultiplier, quoteMultiplier), digits)
}

/** The other way, for what `toTokenPrice` wrote; text that is no number stays as it is. */
export function toShownPrice(text: string, baseMultiplier: bigint, quoteMultiplier: bigint): string {
  if (baseMultiplier === quoteMultiplier) return text
  try {
    const price = parseUnits(text, priceDecimals)
    const least = mulDivUp(price, quoteMultiplier, baseMultiplier)
    const next = mulDivUp(price + 1n, quoteMultiplier, baseMultiplier)
    return formatUnits(shortestFrom(least, next - least), priceDecimals)
  } catch (thrown) {
    if (thrown instanceof AppError) return text
    throw thrown
  }
}
