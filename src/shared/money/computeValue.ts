import { mulDivDown } from './mulDiv.ts'
import { type UsdE18, usdE18 } from './units.ts'

/** What an amount is worth at a price of one whole token, in units of 10^-18 US dollars, rounded down. */
export function computeValue(units: bigint, decimals: number, price: UsdE18): UsdE18 {
  return usdE18(mulDivDown(units, price, 10n ** BigInt(decimals)))
}

/** A value in another currency, in units of 10^-18 of it, rounded down; `rate` is what one unit of that currency is worth. */
export function convertValue(value: UsdE18, rate: UsdE18): bigint {
  return mulDivDown(value, 10n ** 18n, rate)
}
