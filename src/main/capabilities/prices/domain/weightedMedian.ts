export interface Weighted {
  readonly value: bigint
  readonly weight: bigint
}

/** The value at which half of the weight is reached, counting from the lowest; whoever holds less than half cannot move it beyond the others. */
export function weightedMedian(entries: readonly [Weighted, ...Weighted[]]): bigint {
  const sorted = [...entries].sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0))
  const total = sorted.reduce((sum, { weight }) => sum + weight, 0n)
  let reached = 0n
  for (const { value, weight } of sorted) {
    reached += weight
    if (reached * 2n >= total) return value
  }
  return entries[0].value
}
