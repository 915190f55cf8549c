/** Scale of Uniswap's square-root prices. */
export const Q96 = 2n ** 96n
const Q128 = 2n ** 128n
export const MIN_TICK = -887_272

/** Integer square root, rounded down. */
export function squareRoot(value: bigint): bigint {
  if (value < 2n) return value
  let guess = 1n << (BigInt(value.toString(2).length + 1) / 2n)
  for (;;) {
    const next = (guess + value / guess) / 2n
    if (next >= guess) return guess
    guess = next
  }
}

/** Square-root price, scaled by 2^96 and rounded down, of `units1` of token1 for `units0` of token0. */
export function sqrtPriceX96Of(units0: bigint, units1: bigint): bigint {
  return squareRoot((units1 << 192n) / units0)
}

/** Square-root price at a tick, scaled by 2^96: 1.0001^(tick/2), good to some thirty digits. */
export function sqrtPriceX96AtTick(tick: number): bigint {
  let power = Q128
  let square = (Q128 * 10_001n) / 10_000n
  for (let exponent = Math.abs(tick); exponent > 0; exponent >>= 1) {
    if (exponent % 2 === 1) power = (power * square) >> 128n
    square = (square * square) >> 128n
  }
  const sqrtPrice = squareRoot(power << 64n)
  return tick < 0 ? (Q96 * Q96) / sqrtPrice : sqrtPrice
}

/** The tick below a square-root price. */
export function tickAtSqrtPriceX96(sqrtPriceX96: bigint): number {
  const sqrtPrice = Number((sqrtPriceX96 << 64n) / Q96) / 2 ** 64
  return Math.floor((2 * Math.log(sqrtPrice)) / Math.log(1.0001))
}

/** Most liquidity that the amounts can provide between two square-root prices, rounded down (Uniswap V3, section 6.2). */
export function liquidityForAmounts(
  sqrtPrice: bigint,
  sqrtLower: bigint,
  sqrtUpper: bigint,
  amount0: bigint,
  amount1: bigint,
): bigint {
  const for0 = (from: bigint, to: bigint) => (amount0 * from * to) / Q96 / (to - from)
  const for1 = (from: bigint, to: bigint) => (amount1 * Q96) / (to - from)
  if (sqrtPrice <= sqrtLower) return for0(sqrtLower, sqrtUpper)
  if (sqrtPrice >= sqrtUpper) return for1(sqrtLower, sqrtUpper)
  const by0 = for0(sqrtPrice, sqrtUpper)
  const by1 = for1(sqrtLower, sqrtPrice)
  if (by0 < by1) return by0
  return by1
}
