import { z } from 'zod'

/** An amount of a token in its smallest unit; never negative. */
export const baseUnitsSchema = z.bigint().nonnegative().brand<'BaseUnits'>()
export type BaseUnits = z.infer<typeof baseUnitsSchema>

/** An amount of a chain's native coin in wei (10^-18). */
export const weiSchema = z.bigint().nonnegative().brand<'Wei'>()
export type Wei = z.infer<typeof weiSchema>

/** An amount of gas. */
export const gasUnitsSchema = z.bigint().nonnegative().brand<'GasUnits'>()
export type GasUnits = z.infer<typeof gasUnitsSchema>

/** US dollars in units of 10^-18: a price is of one whole token (10^decimals base units), a value of an amount. */
export const usdE18Schema = z.bigint().nonnegative().brand<'UsdE18'>()
export type UsdE18 = z.infer<typeof usdE18Schema>

/** @throws RangeError when negative. */
export function baseUnits(value: bigint): BaseUnits {
  if (value < 0n) throw new RangeError(`An amount cannot be negative: ${value}`)
  return value as BaseUnits
}

/** @throws RangeError when negative. */
export function wei(value: bigint): Wei {
  if (value < 0n) throw new RangeError(`An amount of wei cannot be negative: ${value}`)
  return value as Wei
}

/** @throws RangeError when negative. */
export function gasUnits(value: bigint): GasUnits {
  if (value < 0n) throw new RangeError(`An amount of gas cannot be negative: ${value}`)
  return value as GasUnits
}

/** @throws RangeError when negative. */
export function usdE18(value: bigint): UsdE18 {
  if (value < 0n) throw new RangeError(`A price cannot be negative: ${value}`)
  return value as UsdE18
}
