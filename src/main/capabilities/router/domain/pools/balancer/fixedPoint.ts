/** One in Balancer's fixed point of 18 decimals. */
export const ONE = 10n ** 18n

export function mulDown(a: bigint, b: bigint): bigint {
  return (a * b) / ONE
}

export function mulUp(a: bigint, b: bigint): bigint {
  return divideUp(a * b, ONE)
}

export function divDown(a: bigint, b: bigint): bigint {
  return (a * ONE) / b
}

export function divUp(a: bigint, b: bigint): bigint {
  return divideUp(a * ONE, b)
}

/** Whole division rounded up, for numbers that are not negative. */
export function divideUp(a: bigint, b: bigint): bigint {
  return (a + b - 1n) / b
}

/** One minus a share, or zero where the share exceeds one. */
export function complement(share: bigint): bigint {
  return share < ONE ? ONE - share : 0n
}
