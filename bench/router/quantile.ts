/** The value below which this part of them lies, 0 to 1; those that are no numbers do not count. */
export function quantile(values: readonly number[], at: number): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * at))] ?? Number.NaN
}
