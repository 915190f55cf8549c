const TWO_160 = 1n << 160n
const TWO_256 = 1n << 256n

/** Token 0 between two square-root prices, rounded up: for what a pool takes. */
export function amount0Up(lower: bigint, upper: bigint, liquidity: bigint): bigint {
  const product = (liquidity << 96n) * (upper - lower)
  // The contract rounds twice; one rounding of the quotient by both prices can differ by one unit.
  const perUpper = (product + upper - 1n) / upper
  return (perUpper + lower - 1n) / lower
}

/** Token 0 between two square-root prices, rounded down: for what a pool gives. */
export function amount0Down(lower: bigint, upper: bigint, liquidity: bigint): bigint {
  return ((liquidity << 96n) * (upper - lower)) / upper / lower
}

/** Token 1 between two square-root prices, rounded up: for what a pool takes. */
export function amount1Up(lower: bigint, upper: bigint, liquidity: bigint): bigint {
  return (liquidity * (upper - lower) + 0xffffffffffffffffffffffffn) >> 96n
}

/** Token 1 between two square-root prices, rounded down: for what a pool gives. */
export function amount1Down(lower: bigint, upper: bigint, liquidity: bigint): bigint {
  return (liquidity * (upper - lower)) >> 96n
}

/** The square-root price after token 0 came in, rounded up so that the pool never gives too much. */
export function priceAfterAmount0In(price: bigint, liquidity: bigint, amount: bigint): bigint {
  const numerator = liquidity << 96n
  const product = amount * price
  const denominator = numerator + product
  // Beyond 256 bits the contract falls back to a formula that loses precision, and so must this one.
  if (product < TWO_256 && denominator < TWO_256) {
    return (numerator * price + denominator - 1n) / denominator
  }
  const divisor = numerator / price + amount
  return (numerator + divisor - 1n) / divisor
}

/** The square-root price after token 1 came in, rounded down. */
export function priceAfterAmount1In(price: bigint, liquidity: bigint, amount: bigint): bigint {
  return price + (amount << 96n) / liquidity
}

/** The square-root price after token 1 went out, rounded down; undefined where the contract reverts. */
export function priceAfterAmount1Out(price: bigint, liquidity: bigint, amount: bigint): bigint | undefined {
  const quotient = ((amount << 96n) + liquidity - 1n) / liquidity
  return price > quotient ? price - quotient : undefined
}

/** The square-root price after token 0 went out, rounded up; undefined where the contract reverts. */
export function priceAfterAmount0Out(price: bigint, liquidity: bigint, amount: bigint): bigint | undefined {
  const numerator = liquidity << 96n
  const product = amount * price
  if (product >= TWO_256 || numerator <= product) return undefined
  const denominator = numerator - product
  const next = (numerator * price + denominator - 1n) / denominator
  return next < TWO_160 ? next : undefined
}
