// The same eight bytes as one bigint and as two words, the lower one first as on every processor that Node runs on here.
// A conversion by `Number` or `BigInt` is a call into the runtime and takes four times as long.
const wide = new BigUint64Array(1)
const words = new Uint32Array(wide.buffer)
const WORD = 2 ** 32
const HIGH_END = 2 ** 21
/** Bits of the upper word that a double has no room for beside all of the lower one. */
const HIGH_SPARE = 11

/** The amount as a number where that is exact, and NaN where it is not: when it is negative or beyond 53 bits. */
export function toExact(amount: bigint): number {
  wide[0] = amount
  const high = words[1] as number
  if (high >= HIGH_END || wide[0] !== amount) return Number.NaN
  return high * WORD + (words[0] as number)
}

/** The amount as a number where a double holds it exactly, as it does 10n ** 18n, and it fits 64 bits; otherwise NaN. */
export function toDouble(amount: bigint): number {
  wide[0] = amount
  const high = words[1] as number
  const low = words[0] as number
  if (wide[0] !== amount) return Number.NaN
  const excess = HIGH_SPARE - Math.clz32(high)
  if (excess > 0 && (low & ((1 << excess) - 1)) !== 0) return Number.NaN
  return high * WORD + low
}

/** The bigint of a number that is an integer from 0 to `Number.MAX_SAFE_INTEGER`. */
export function fromExact(amount: number): bigint {
  if (amount === 0) return 0n
  words[0] = amount
  words[1] = amount / WORD
  return wide[0] as bigint
}
