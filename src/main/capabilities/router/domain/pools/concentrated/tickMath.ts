export const MIN_TICK = -887_272
export const MAX_TICK = 887_272
/** The square-root prices at the outermost ticks; a swap's price stays strictly between them. */
export const MIN_SQRT_PRICE = 4_295_128_739n
export const MAX_SQRT_PRICE = 1_461_446_703_485_210_103_287_273_052_203_988_822_378_723_970_342n

/** 2^128 / sqrt(1.0001)^(2^k), the multiplier of each bit of a tick (Uniswap v3 core, TickMath). */
const RATIOS: readonly bigint[] = [
  0xfffcb933bd6fad37aa2d162d1a594001n,
  0xfff97272373d413259a46990580e213an,
  0xfff2e50f5f656932ef12357cf3c7fdccn,
  0xffe5caca7e10e4e61c3624eaa0941cd0n,
  0xffcb9843d60f6159c9db58835c926644n,
  0xff973b41fa98c081472e6896dfb254c0n,
  0xff2ea16466c96a3843ec78b326b52861n,
  0xfe5dee046a99a2a811c461f1969c3053n,
  0xfcbe86c7900a88aedcffc83b479aa3a4n,
  0xf987a7253ac413176f2b074cf7815e54n,
  0xf3392b0822b70005940c7a398e4b70f3n,
  0xe7159475a2c29b7443b29c7fa6e889d9n,
  0xd097f3bdfd2022b8845ad8f792aa5825n,
  0xa9f746462d870fdf8a65dc1f90e061e5n,
  0x70d869a156d2a1b890bb3df62baf32f7n,
  0x31be135f97d08fd981231505542fcfa6n,
  0x9aa508b5b7a84e1c677de54f3e99bc9n,
  0x5d6af8dedb81196699c329225ee604n,
  0x2216e584f5fa1ea926041bedfe98n,
  0x48a170391f7dc42444e8fa2n,
]
const LOW_32_BITS = 0xffffffffn
const ALL_256_BITS = (1n << 256n) - 1n

/** sqrt(1.0001^tick) * 2^96, rounded up as TickMath does. @throws RangeError beyond the outermost ticks. */
export function sqrtPriceAtTick(tick: number): bigint {
  const magnitude = Math.abs(tick)
  if (!Number.isInteger(tick) || magnitude > MAX_TICK) throw new RangeError(`No such tick: ${tick}`)
  let ratio = 1n << 128n
  for (let bit = 0; magnitude >> bit !== 0; bit += 1) {
    if (((magnitude >> bit) & 1) === 1) ratio = (ratio * (RATIOS[bit] as bigint)) >> 128n
  }
  if (tick > 0) ratio = ALL_256_BITS / ratio
  return (ratio >> 32n) + ((ratio & LOW_32_BITS) === 0n ? 0n : 1n)
}

/** Of 1.0001 itself the logarithm would be wrong from the thirteenth digit on, which far ticks multiply. */
const LOG_BASE = Math.log1p(0.0001)
const LOG_2_96 = 96 * Math.LN2

/** Natural logarithm of a square-root price in 96-bit fixed point. */
export function logOfSqrtPrice(sqrtPriceX96: bigint): number {
  return Math.log(Number(sqrtPriceX96)) - LOG_2_96
}

/** Natural logarithm of the square-root price at a tick. */
export function logOfTick(tick: number): number {
  return (tick * LOG_BASE) / 2
}

/** The greatest tick whose square-root price is not above the given one. */
export function tickAtSqrtPrice(sqrtPriceX96: bigint): number {
  if (sqrtPriceX96 < MIN_SQRT_PRICE || sqrtPriceX96 >= MAX_SQRT_PRICE) {
    throw new RangeError(`No tick at this square-root price: ${sqrtPriceX96}`)
  }
  // Floating point is right to about one tick; the exact comparison decides.
  let tick = Math.floor((2 * logOfSqrtPrice(sqrtPriceX96)) / LOG_BASE)
  tick = Math.max(MIN_TICK, Math.min(MAX_TICK - 1, tick))
  while (sqrtPriceAtTick(tick) > sqrtPriceX96) tick -= 1
  while (sqrtPriceAtTick(tick + 1) <= sqrtPriceX96) tick += 1
  return tick
}

const boundaryPrices = new Map<number, bigint>()

/** `sqrtPriceAtTick`, remembered: for the boundaries of bitmap words, which all pools of a tick spacing share. */
export function sqrtPriceAtBoundary(tick: number): bigint {
  let price = boundaryPrices.get(tick)
  if (price === undefined) {
    price = sqrtPriceAtTick(tick)
    boundaryPrices.set(tick, price)
  }
  return price
}
