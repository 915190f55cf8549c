import { AppError } from '../../../../shared/errors/AppError.ts'
import type { Token } from '../../../../shared/identity/token.ts'
import { parseUnits } from '../../../../shared/money/parseUnits.ts'
import { type BaseUnits, baseUnits } from '../../../../shared/money/units.ts'

export interface DecideUnitsInput {
  /** A plain decimal, or `max`. */
  readonly amount: string
  readonly token: Token
  readonly nativeToken: Token
  readonly tokenBalance: bigint
  readonly nativeBalance: bigint
  /** Wei that the transaction can cost at most. */
  readonly maximumFee: bigint
}

/**
 * How much is sent, exactly: what was typed, or all that the fee leaves.
 *
 * @throws AppError `amount.invalid`, `amount.tooManyDecimals`, `amount.zero`, `amount.overBalance`, `fee.notAffordable`
 */
export function decideUnits(input: DecideUnitsInput): BaseUnits {
  const { token, nativeToken, maximumFee, nativeBalance } = input
  const isNative = token.ref.address === 'native'
  const balance = isNative ? nativeBalance : input.tokenBalance
  const wanted = input.amount === 'max' ? undefined : parseUnits(input.amount, token.decimals)
  if (wanted === 0n || (wanted === undefined && balance === 0n)) throw new AppError('amount.zero')
  if (wanted !== undefined && wanted > balance) {
    throw new AppError('amount.overBalance', {
      needed: wanted,
      available: balance,
      decimals: token.decimals,
      symbol: token.symbol,
    })
  }
  const leftForFee = isNative ? nativeBalance - (wanted ?? 0n) : nativeBalance
  const units = wanted ?? (isNative ? balance - maximumFee : balance)
  if (leftForFee < maximumFee || units <= 0n) {
    throw new AppError('fee.notAffordable', {
      needed: maximumFee,
      available: leftForFee,
      decimals: nativeToken.decimals,
      symbol: nativeToken.symbol,
    })
  }
  return baseUnits(units)
}
