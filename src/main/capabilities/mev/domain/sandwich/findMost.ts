// Shares of the largest amount, finer near it: with ordinary tolerances the most profitable front-run is the largest.
const SHARES_PERCENT = [100n, 85n, 70n, 50n, 30n, 15n, 6n]
const HALVINGS = 24
const SECTIONS = 28
const GOLDEN = (Math.sqrt(5) - 1) / 2
/** Profit is flat at its top: a place good to 2^-15 is a profit good to 2^-30. */
const PLACE_BITS = 15n

/**
 * Finds the amount from 1 to `largest` at which a function is greatest: a scan, so that liquidity in steps hides no second top,
 * then golden sections around the best.
 *
 * @param valueAt undefined where the amount is impossible.
 * @param valueOfNone what a vanishing amount is worth: where nothing beats it, the search ends early.
 */
export function findMost(
  valueAt: (amount: bigint) => bigint | undefined,
  largest: bigint,
  valueOfNone: bigint,
): { readonly amount: bigint; readonly value: bigint } | undefined {
  if (largest <= 0n) return undefined
  const samples: { amount: bigint; value: bigint }[] = []
  const take = (amount: bigint) => {
    const value = amount > 0n ? valueAt(amount) : undefined
    if (value !== undefined) samples.push({ amount, value })
    return value
  }
  for (const share of SHARES_PERCENT) take((largest * share) / 100n)
  // The top may be far below what the limit permits.
  let smallest = (largest * 6n) / 100n
  for (let halving = 0; halving < HALVINGS && smallest > 1n; halving += 1) {
    const best = bestOf(samples)
    if (best === undefined || best.amount !== smallest || best.value <= valueOfNone) break
    smallest /= 2n
    take(smallest)
  }
  const best = bestOf(samples)
  if (best === undefined || best.value <= valueOfNone) return best
  if (best.amount === largest) {
    const justBelow = valueAt(largest - largest / 200n - 1n)
    if (justBelow === undefined || justBelow <= best.value) return best
  }
  const amounts = samples.map(({ amount }) => amount).sort((a, b) => (a < b ? -1 : 1))
  const place = amounts.indexOf(best.amount)
  let low = amounts[place - 1] ?? 0n
  let high = amounts[place + 1] ?? best.amount
  const inner = (from: bigint, to: bigint) => from + BigInt(Math.floor(Number(to - from) * GOLDEN))
  let right = inner(low, high)
  let left = high - (right - low)
  for (let section = 0; section < SECTIONS && high - low > 2n + (high >> PLACE_BITS); section += 1) {
    const atLeft = valueAt(left)
    const atRight = valueAt(right)
    if (atRight === undefined || (atLeft !== undefined && atLeft >= atRight)) {
      high = right
      right = left
      left = high - (right - low)
    } else {
      low = left
      left = right
      right = inner(low, high)
    }
  }
  take(left)
  take(right)
  return bestOf(samples)
}

function bestOf(samples: readonly { amount: bigint; value: bigint }[]) {
  return samples.reduce<{ amount: bigint; value: bigint } | undefined>(
    (best, next) => (best === undefined || next.value > best.value ? next : best),
    undefined,
  )
}
