/** The natural logarithm of a positive integer of any size; a guide for searches only, never for amounts. */
export function logarithm(value: bigint): number {
  const near = Number(value)
  if (Number.isFinite(near)) return Math.log(near)
  const digits = value.toString(16)
  const head = digits.slice(0, 13)
  return Math.log(Number.parseInt(head, 16)) + (digits.length - head.length) * Math.LN2 * 4
}
