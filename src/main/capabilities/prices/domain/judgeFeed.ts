import type { Refusal } from '../../../../shared/contract/prices.ts'
import { type UsdE18, usdE18 } from '../../../../shared/money/units.ts'
import type { FeedReading } from './PriceFeed.ts'

export interface JudgedFeed {
  readonly usd?: UsdE18
  readonly refused?: Refusal
}

/** A report may be this much later than the heartbeat: blocks fill up, keepers take turns. */
const graceMs = 15 * 60_000
/** Exchanges of currencies close from Friday to Sunday evening, and with holidays for longer. */
const weekendMs = 80 * 3_600_000

/**
 * What a feed's answer is worth at a time: refused where it is not the expected feed, not positive, from the future, or older
 * than its heartbeat and a grace. `scale` (10^18 for one) multiplies it, as ERC-8056 does with what a token stands for.
 */
export function judgeFeed(reading: FeedReading, nowMs: number, scale = 10n ** 18n): JudgedFeed {
  const { feed, description, decimals, answer, updatedAtMs } = reading
  if (
    description === undefined ||
    decimals === undefined ||
    answer === undefined ||
    updatedAtMs === undefined
  )
    return { refused: 'invalid' }
  // The address is data and may be wrong, or its owner may have pointed it elsewhere.
  if (
    !feed.descriptions.includes(description) ||
    decimals > 36 ||
    answer <= 0n ||
    updatedAtMs > nowMs + graceMs
  )
    return { refused: 'invalid' }
  const usd = usdE18((answer * scale) / 10n ** BigInt(decimals))
  const isStale = nowMs - updatedAtMs > feed.heartbeatSeconds * 1000 + graceMs
  return isStale ? { usd, refused: 'stale' } : { usd }
}

/** Whether a stale rate of a currency may still be one: over a weekend nothing moves that a feed could report. */
export function isWithinWeekend(updatedAtMs: number, nowMs: number): boolean {
  return nowMs - updatedAtMs <= weekendMs
}
