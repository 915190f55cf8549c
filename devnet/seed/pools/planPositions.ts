import { MIN_TICK, tickAtSqrtPriceX96 } from './priceMath.ts'

/** How the providers of a pool spread their liquidity. */
export type LiquidityShape = 'volatile' | 'sameCurrency' | 'crossCurrency'

/** A position to open: its ticks, and its part of the pool's depth on each side. */
export interface PlannedPosition {
  tickLower: number
  tickUpper: number
  shareBps: bigint
}

interface Band {
  /** Distance of the band's edges from the pool's tick. */
  below: number
  above: number
  shareBps: bigint
}

const WHOLE_RANGE = -MIN_TICK

// A tick is about one basis point of price. The one-sided bands are resting orders above and below the market.
const bands: Record<LiquidityShape, Band[]> = {
  volatile: [
    { below: WHOLE_RANGE, above: WHOLE_RANGE, shareBps: 1000n },
    { below: 6932, above: 6932, shareBps: 2500n },
    { below: 1824, above: 1824, shareBps: 3000n },
    { below: 488, above: 488, shareBps: 2500n },
    { below: -400, above: 1600, shareBps: 600n },
    { below: 1600, above: -400, shareBps: 400n },
  ],
  sameCurrency: [
    { below: WHOLE_RANGE, above: WHOLE_RANGE, shareBps: 500n },
    { below: 500, above: 500, shareBps: 1500n },
    { below: 50, above: 50, shareBps: 4000n },
    { below: 8, above: 8, shareBps: 3500n },
    { below: 25, above: -5, shareBps: 500n },
  ],
  crossCurrency: [
    { below: WHOLE_RANGE, above: WHOLE_RANGE, shareBps: 500n },
    { below: 2000, above: 2000, shareBps: 2500n },
    { below: 500, above: 500, shareBps: 4500n },
    { below: 120, above: 120, shareBps: 2000n },
    { below: -200, above: 800, shareBps: 500n },
  ],
}

/** Positions around a price, on the pool's tick grid; none is empty, and all lie within the tick bounds. */
export function planPositions(
  sqrtPriceX96: bigint,
  tickSpacing: number,
  shape: LiquidityShape,
): PlannedPosition[] {
  const tick = tickAtSqrtPriceX96(sqrtPriceX96)
  const lowest = Math.ceil(MIN_TICK / tickSpacing) * tickSpacing
  return bands[shape].map(({ below, above, shareBps }) => {
    const tickLower = Math.max(lowest, Math.floor((tick - below) / tickSpacing) * tickSpacing)
    const tickUpper = Math.min(-lowest, Math.ceil((tick + above + 1) / tickSpacing) * tickSpacing)
    return { tickLower, tickUpper: Math.max(tickUpper, tickLower + tickSpacing), shareBps }
  })
}
