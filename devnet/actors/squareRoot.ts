/** The integer square root, rounded down, of a non-negative value. */
export function squareRoot(value: bigint): bigint {
  if (value < 2n) return value
  // A power of two at or above the root, from where Newton's steps fall monotonously.
  let root = 1n << BigInt((value.toString(2).length + 1) >> 1)
  for (;;) {
    const next = (root + value / root) >> 1n
    if (next >= root) return root
    root = next
  }
}
