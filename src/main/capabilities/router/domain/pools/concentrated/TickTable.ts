import { sqrtPriceAtTick } from './tickMath.ts'

/** One initialised tick: how much liquidity comes in when the price rises over it. */
export interface TickLiquidity {
  readonly tick: number
  readonly liquidityNet: bigint
}

/** The initialised ticks of a pool in rising order, with their square-root prices computed once. Shared between states. */
export class TickTable {
  readonly ticks: Int32Array
  readonly liquidityNet: readonly bigint[]
  readonly #sqrtPrices: (bigint | undefined)[]

  /** @throws RangeError unless the ticks rise strictly. */
  constructor(initialised: readonly TickLiquidity[]) {
    this.ticks = Int32Array.from(initialised, ({ tick }) => tick)
    this.liquidityNet = initialised.map(({ liquidityNet }) => liquidityNet)
    this.#sqrtPrices = new Array(initialised.length)
    for (let index = 1; index < this.ticks.length; index += 1) {
      if (this.tickAt(index) <= this.tickAt(index - 1)) throw new RangeError('Ticks must rise strictly')
    }
  }

  get length(): number {
    return this.ticks.length
  }

  tickAt(index: number): number {
    return this.ticks[index] as number
  }

  netAt(index: number): bigint {
    return this.liquidityNet[index] as bigint
  }

  sqrtPriceAt(index: number): bigint {
    let price = this.#sqrtPrices[index]
    if (price === undefined) {
      price = sqrtPriceAtTick(this.tickAt(index))
      this.#sqrtPrices[index] = price
    }
    return price
  }

  /** Index of the last initialised tick not above the given one, or -1. */
  floorIndex(tick: number): number {
    let low = -1
    let high = this.ticks.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.tickAt(middle) <= tick) low = middle
      else high = middle - 1
    }
    return low
  }
}
