import { mulDivDown } from '../../../../shared/money/mulDiv.ts'

/** One token over a time: what is held of it now, what moved, and what a whole one was worth. */
export interface TokenTrace {
  readonly key: string
  readonly decimals: number
  readonly held: bigint
  /** Oldest first; positive for what came. */
  readonly moves: readonly { readonly atMs: number; readonly units: bigint }[]
  /** Before that nobody knows what was held. */
  readonly knownSinceMs: number
  /** Oldest first, in 10^-18 of the currency. */
  readonly prices: readonly { readonly atMs: number; readonly price: bigint }[]
}

export interface ValuePoint {
  readonly atMs: number
  /** In 10^-18 of the currency. */
  readonly value: bigint
}

export interface ValueTrace {
  /** Oldest first; times at which something is not known are left out. */
  readonly points: readonly ValuePoint[]
  /** Keys of tokens that no point counts, because too little is known of their prices. */
  readonly excluded: readonly string[]
}

/** A token that is worth less than this part of the whole may be left out where its prices have gaps. */
const smallPart = 100n

/**
 * What holdings were worth over time, walking back from what is held now. Every point counts the same tokens, so that no gap in
 * what is known looks like a gain or a loss.
 *
 * @param times oldest first, the last one being now.
 * @param nearMs how far a price may be from a point to stand for it.
 */
export function traceValue(
  tokens: readonly TokenTrace[],
  times: readonly number[],
  nearMs: number,
): ValueTrace {
  const traces = tokens.map((token) => ({ token, worth: traceToken(token, times, nearMs) }))
  const now = times.length - 1
  const total = traces.reduce((sum, { worth }) => sum + (worth[now] ?? 0n), 0n)
  const isCounted = ({ worth }: (typeof traces)[number]) => {
    const known = worth.filter((value) => value !== undefined).length
    const own = worth[now]
    if (own === undefined) return false
    return own * smallPart >= total || known === worth.length
  }
  const counted = traces.filter(isCounted)
  const points = times.flatMap((atMs, index): ValuePoint[] => {
    let value = 0n
    for (const { worth } of counted) {
      const own = worth[index]
      if (own === undefined) return []
      value += own
    }
    return [{ atMs, value }]
  })
  return {
    points: counted.length === 0 ? [] : points,
    excluded: traces.filter((trace) => !isCounted(trace)).map(({ token }) => token.key),
  }
}

/** What a token's holding was worth at each time; `undefined` where the amount or its price is unknown. */
function traceToken(
  { held, moves, prices, knownSinceMs, decimals }: TokenTrace,
  times: readonly number[],
  nearMs: number,
): (bigint | undefined)[] {
  const worth: (bigint | undefined)[] = []
  let units = held
  let move = moves.length - 1
  let price = prices.length - 1
  for (let index = times.length - 1; index >= 0; index -= 1) {
    const atMs = times[index] ?? 0
    while (move >= 0 && (moves[move]?.atMs ?? 0) > atMs) {
      units -= moves[move]?.units ?? 0n
      move -= 1
    }
    while (price > 0 && isNearer(prices, price - 1, price, atMs)) price -= 1
    const near = prices[price]
    const isPriced = near !== undefined && Math.abs(near.atMs - atMs) <= nearMs
    const amount = units > 0n ? units : 0n
    if (atMs < knownSinceMs) worth[index] = undefined
    else if (amount === 0n) worth[index] = 0n
    else worth[index] = isPriced ? mulDivDown(amount, near.price, 10n ** BigInt(decimals)) : undefined
  }
  return worth
}

function isNearer(prices: TokenTrace['prices'], candidate: number, current: number, atMs: number): boolean {
  const distance = (index: number) => Math.abs((prices[index]?.atMs ?? Number.POSITIVE_INFINITY) - atMs)
  return distance(candidate) <= distance(current)
}

/** Evenly spread times, the first and the last counted in. */
export function spreadTimes(sinceMs: number, nowMs: number, points: number): number[] {
  const span = Math.max(0, nowMs - sinceMs)
  return Array.from({ length: points }, (_, index) => Math.round(sinceMs + (span * index) / (points - 1)))
}
