import { comparePrices, type Price } from '../engine/price.ts'
import type { PriceRange } from './computePriceRange.ts'
import type { TriggerDirection } from './TriggerIndex.ts'

const WHOLE_BPS = 10_000n

/** Where a trailing stop stands after a block. */
export interface TrailedStop {
  /** The best price since it was armed, which the stop follows. */
  readonly best: Price
  readonly isReached: boolean
}

/**
 * Moves a trailing stop on: `falling` follows rising prices and is reached `distanceBps` below the best, `rising` the
 * other way round. The best is taken from the cautious end, so that a spike cannot drag the stop along.
 */
export function trailStop(
  direction: TriggerDirection,
  distanceBps: number,
  previousBest: Price | undefined,
  range: PriceRange,
): TrailedStop {
  const isFalling = direction === 'falling'
  const seen = isFalling ? range.low : range.high
  const isBetter =
    previousBest === undefined ||
    (isFalling ? comparePrices(seen, previousBest) > 0 : comparePrices(seen, previousBest) < 0)
  const best = isBetter ? seen : previousBest
  const now = isFalling ? range.high : range.low
  const factor = WHOLE_BPS + (isFalling ? -BigInt(distanceBps) : BigInt(distanceBps))
  const left = now.quote * best.base * WHOLE_BPS
  const right = best.quote * now.base * factor
  return { best, isReached: isFalling ? left <= right : left >= right }
}
