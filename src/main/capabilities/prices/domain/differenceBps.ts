/** How far `value` is from `reference`, in hundredths of a percent of the reference, toward zero; negative where below. */
export function differenceBps(value: bigint, reference: bigint): number {
  if (reference <= 0n) throw new RangeError(`A reference price must be positive: ${reference}`)
  const bps = ((value - reference) * 10_000n) / reference
  const most = 1_000_000_000n
  return Number(bps > most ? most : bps)
}
