/** Sizes in which tokens keep amounts: the largest number of each is how "unlimited" is written. */
const widths = [96n, 112n, 128n, 160n, 255n, 256n]

/** Whether an allowance has no limit that anybody could reach: the largest number of a usual size, or near the largest of all. */
export function isUnlimited(units: bigint): boolean {
  return units >= 2n ** 200n || widths.some((width) => units === 2n ** width - 1n)
}
