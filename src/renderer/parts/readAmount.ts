import { AppError } from '../../shared/errors/AppError.ts'
import { parseUnits } from '../../shared/money/parseUnits.ts'

/** What was typed as an exact amount; `undefined` while it is none. */
export function readAmount(text: string, decimals: number | undefined): bigint | undefined {
  if (decimals === undefined || text.trim() === '') return undefined
  try {
    return parseUnits(text, decimals)
  } catch (thrown) {
    if (thrown instanceof AppError) return undefined
    throw thrown
  }
}
