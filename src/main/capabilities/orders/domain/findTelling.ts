/** Of less than this a unit of rounding is more than a hundredth of a percent. */
export const leastTelling = 10_000n
/** How a part grows that is too small to tell a price. */
const growth = 16n

/**
 * Whether a trade tells a price: pools round what they give down and the fee that they take up, by a unit each, which in
 * tokens of few decimals may be a large part of a small amount.
 */
export function isTelling(sold: bigint, bought: bigint): boolean {
  return sold >= leastTelling && bought >= leastTelling
}

/** Amounts to be tried one after the other. */
export function* growing(smallest: bigint, most: bigint): Generator<bigint> {
  for (let amount = smallest; amount <= most; amount *= growth) yield amount
}

/** The first of rising amounts whose trade tells a price, or else the last that the pools carry; `undefined` where they carry none. */
export async function findTelling<Quoted extends { readonly bought: bigint }>(
  amounts: Iterable<bigint>,
  quote: (sold: bigint) => Promise<Quoted | undefined>,
): Promise<{ readonly sold: bigint; readonly quoted: Quoted } | undefined> {
  let last: { readonly sold: bigint; readonly quoted: Quoted } | undefined
  for (const sold of amounts) {
    const quoted = await quote(sold)
    if (!quoted && last) break
    if (quoted) last = { sold, quoted }
    if (quoted && isTelling(sold, quoted.bought)) break
  }
  return last
}
