/** Units as the plain decimal that a quote takes: every digit, no grouping. */
export function writeDecimal(units: bigint, decimals: number): string {
  const text = units.toString().padStart(decimals + 1, '0')
  const whole = text.slice(0, text.length - decimals)
  return decimals === 0 ? whole : `${whole}.${text.slice(text.length - decimals)}`
}
