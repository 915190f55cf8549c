import { complement, divUp, mulUp } from './fixedPoint.ts'

/** What the vault hands to the mathematics: the input after the fee, taken before scaling. */
export function afterSwapFee(amountIn: bigint, feeE18: bigint): bigint {
  return amountIn - mulUp(amountIn, feeE18)
}

/** What must be paid so that this remains after the fee. */
export function beforeSwapFee(amountIn: bigint, feeE18: bigint): bigint {
  return divUp(amountIn, complement(feeE18))
}

/** Ten to the power of what a token lacks to 18 decimals. @throws RangeError above 18, which Balancer refuses to list. */
export function scalingFactor(decimals: number): bigint {
  if (!Number.isInteger(decimals) || decimals < 0 || decimals > 18) {
    throw new RangeError(`Balancer pools hold tokens of 0 to 18 decimals: ${decimals}`)
  }
  return 10n ** BigInt(18 - decimals)
}
