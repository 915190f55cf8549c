import { AppError } from '../errors/AppError.ts'
import { type BaseUnits, baseUnits } from './units.ts'

const plainDecimal = /^(\d+)(?:\.(\d*))?$|^\.(\d+)$/

/**
 * Parses a plain decimal ("1234.5", full stop as the separator, no grouping, no sign, no exponent) into base units, exactly.
 *
 * Surplus digits are refused, not rounded, unless they are zeros: what is typed is what is sent.
 *
 * @throws AppError `amount.invalid`, `amount.tooManyDecimals`
 */
export function parseUnits(text: string, decimals: number): BaseUnits {
  const match = plainDecimal.exec(text.trim())
  // 2^256 has 78 digits; anything longer cannot be an amount and would only cost time.
  if (!match || text.length > 200) throw new AppError('amount.invalid', { text: text.slice(0, 40) })
  const whole = match[1] ?? '0'
  const fraction = (match[2] ?? match[3] ?? '').replace(/0+$/, '')
  if (fraction.length > decimals) throw new AppError('amount.tooManyDecimals', { decimals })
  return baseUnits(BigInt(whole + fraction.padEnd(decimals, '0')))
}
