import { comparePrices, type Price } from '../engine/price.ts'

/** One block's price of a market: what its sources said, and for how long it has been the latest block. */
export interface BlockPrice {
  readonly durationMs: number
  /** One price a source, at least one. */
  readonly prices: readonly Price[]
}

/**
 * Where a market has really been: `high` is for what acts on falling prices, `low` for what acts on rising ones, so that
 * doubt always delays.
 */
export interface PriceRange {
  readonly low: Price
  readonly high: Price
}

/**
 * The time-weighted and the plain median over blocks, of the median over each block's sources, as the cautious range.
 *
 * A price moves the range only when it held in more than half of the blocks and for more than half of the time: fewer
 * manipulated blocks cannot, however extreme, and neither can one block that happened to last long.
 */
export function computePriceRange(blocks: readonly BlockPrice[]): PriceRange {
  const highs = blocks.map((block) => ({ ...block, price: medianOf(block.prices, 'high') }))
  const lows = blocks.map((block) => ({ ...block, price: medianOf(block.prices, 'low') }))
  const highOf = (weightOf: (block: BlockPrice) => number) => majorityPrice(highs, weightOf, 1)
  const lowOf = (weightOf: (block: BlockPrice) => number) => majorityPrice(lows, weightOf, -1)
  const byTime = (block: BlockPrice) => block.durationMs
  const byCount = () => 1
  return {
    high: [highOf(byTime), highOf(byCount)].reduce((a, b) => (comparePrices(a, b) >= 0 ? a : b)),
    low: [lowOf(byTime), lowOf(byCount)].reduce((a, b) => (comparePrices(a, b) <= 0 ? a : b)),
  }
}

/** With an even number of sources the two in the middle bound the truth. */
function medianOf(prices: readonly Price[], end: 'low' | 'high'): Price {
  const sorted = [...prices].sort(comparePrices)
  const middle = end === 'high' ? Math.floor(sorted.length / 2) : Math.floor((sorted.length - 1) / 2)
  const median = sorted[middle]
  if (median === undefined) throw new RangeError('A block without a price')
  return median
}

/** The first price, from the low end (1) or the high end (-1), up to which more than half of the weight lies. */
function majorityPrice(
  blocks: readonly (BlockPrice & { readonly price: Price })[],
  weightOf: (block: BlockPrice) => number,
  direction: 1 | -1,
): Price {
  const sorted = [...blocks].sort((a, b) => direction * comparePrices(a.price, b.price))
  const total = blocks.reduce((sum, block) => sum + weightOf(block), 0)
  let passed = 0
  for (const block of sorted) {
    passed += weightOf(block)
    if (passed * 2 > total) return block.price
  }
  const last = sorted.at(-1)
  if (last === undefined) throw new RangeError('No blocks to take a price from')
  return last.price
}
