/** a * b / denominator, rounded down: for what somebody receives. Arguments must not be negative. */
export function mulDivDown(a: bigint, b: bigint, denominator: bigint): bigint {
  assertRange(a, b, denominator)
  return (a * b) / denominator
}

/** a * b / denominator, rounded up: for what somebody spends. Arguments must not be negative. */
export function mulDivUp(a: bigint, b: bigint, denominator: bigint): bigint {
  assertRange(a, b, denominator)
  return (a * b + denominator - 1n) / denominator
}

function assertRange(a: bigint, b: bigint, denominator: bigint): void {
  // With negative numbers "down" and "up" would silently swap.
  if (a < 0n || b < 0n || denominator <= 0n) {
    throw new RangeError(`mulDiv is for non-negative numbers: ${a} * ${b} / ${denominator}`)
  }
}
