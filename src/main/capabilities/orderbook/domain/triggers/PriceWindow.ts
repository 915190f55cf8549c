import type { Price } from '../engine/price.ts'
import { computePriceRange, type PriceRange } from './computePriceRange.ts'

export interface PriceWindowRules {
  /** Blocks that decide together; a price must hold in more than half of them. */
  readonly blocks: number
  /** Fewer sources than this say nothing about a block. */
  readonly minimumSources: number
  /** After a longer silence what was seen before it no longer counts. */
  readonly maximumGapMs: number
}

/** Five blocks: on mainnet an attacker would have to hold a price against all arbitrage for over half a minute. */
export const defaultPriceWindowRules: PriceWindowRules = {
  blocks: 5,
  minimumSources: 1,
  maximumGapMs: 120_000,
}

export interface Observation {
  readonly source: string
  readonly block: number
  readonly timestampMs: number
  readonly price: Price
}

interface SeenBlock {
  readonly block: number
  readonly timestampMs: number
  readonly prices: Map<string, Price>
}

/** The latest blocks' prices of one market. */
export class PriceWindow {
  readonly #rules: PriceWindowRules
  #seen: SeenBlock[] = []

  constructor(rules: PriceWindowRules) {
    if (rules.blocks < 3) throw new RangeError('Fewer than three blocks have no majority against a spike')
    this.#rules = rules
  }

  /**
   * Takes one source's price of a block. A block that is not above the latest replaces it and everything after it, as
   * the chain has been reorganised. False where the time contradicts the blocks before.
   */
  observe(observation: Observation): boolean {
    const { block, timestampMs, source, price } = observation
    let kept = this.#seen.length
    while (kept > 0 && (this.#seen[kept - 1] as SeenBlock).block >= block) kept -= 1
    const replaced = this.#seen[kept]
    const previous = this.#seen[kept - 1]
    if (previous !== undefined && timestampMs <= previous.timestampMs) return false
    if (replaced !== undefined && replaced.block === block && replaced.timestampMs === timestampMs) {
      this.#seen.length = kept + 1
      replaced.prices.set(source, price)
      return true
    }
    this.#seen.length = kept
    if (previous !== undefined && timestampMs - previous.timestampMs > this.#rules.maximumGapMs)
      this.#seen = []
    this.#seen.push({ block, timestampMs, prices: new Map([[source, price]]) })
    // One more than decides: its time is where the first deciding block begins.
    if (this.#seen.length > this.#rules.blocks + 1) this.#seen.shift()
    return true
  }

  /** The range that triggers may act on, or `undefined` until enough has been seen. */
  get range(): PriceRange | undefined {
    const { blocks, minimumSources } = this.#rules
    if (this.#seen.length <= blocks) return undefined
    const deciding = this.#seen.slice(1)
    if (deciding.some((seen) => seen.prices.size < minimumSources)) return undefined
    return computePriceRange(
      deciding.map((seen, index) => ({
        durationMs: seen.timestampMs - (this.#seen[index] as SeenBlock).timestampMs,
        prices: [...seen.prices.values()],
      })),
    )
  }

  /** All observations in force, oldest first: observing them again gives the same window. */
  get observations(): readonly Observation[] {
    return this.#seen.flatMap(({ block, timestampMs, prices }) =>
      [...prices].map(([source, price]) => ({ source, block, timestampMs, price })),
    )
  }
}
