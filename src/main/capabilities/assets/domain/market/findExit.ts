/** What an amount buys; `undefined` where the pools end. */
export type QuoteExit = (units: bigint) => Promise<bigint | undefined>

/**
 * The most that can be sold at an average price at most `limitBps` worse than what a small amount gets, fees being part of both:
 * it is what leaving costs beyond the cost of trading at all. Good to a thousandth.
 */
export async function findExit(
  quote: QuoteExit,
  probe: bigint,
  limitBps: number,
): Promise<bigint | undefined> {
  const best = probe > 0n ? await quote(probe) : undefined
  if (best === undefined || best === 0n) return undefined
  const isWithin = async (units: bigint) => {
    const bought = await quote(units)
    // bought / units >= best / probe * (1 - limit), by products.
    return bought !== undefined && bought * probe * 10_000n >= best * units * BigInt(10_000 - limitBps)
  }
  let low = probe
  let high = probe * 2n
  while (high < 1n << 200n && (await isWithin(high))) {
    low = high
    high *= 2n
  }
  while (high - low > low / 1_000n + 1n) {
    const middle = (low + high) >> 1n
    if (await isWithin(middle)) low = middle
    else high = middle
  }
  return low
}
