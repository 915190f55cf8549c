import { AppError } from '../../shared/errors/AppError.ts'
import { parseUnits } from '../../shared/money/parseUnits.ts'

/** Judges a typed amount against a balance. The service judges again; this only answers sooner. */
export function checkAmount(text: string, decimals: number, balance: bigint): AppError | undefined {
  if (text === 'max') return balance === 0n ? new AppError('amount.overBalance') : undefined
  try {
    const units = parseUnits(text, decimals)
    if (units === 0n) return new AppError('amount.zero')
    return units > balance ? new AppError('amount.overBalance') : undefined
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown
    throw thrown
  }
}
