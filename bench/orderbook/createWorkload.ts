/** Kinds of an operation. */
export const ADD = 0
export const CANCEL = 1
export const MARKET = 2

/** One seeded stream of operations, as columns, the same for every engine. */
export interface Workload {
  readonly name: string
  readonly kinds: Uint8Array
  /** 1 to buy, 0 to sell; for `ADD` and `MARKET`. */
  readonly sides: Uint8Array
  /** Ticks; for `ADD`. */
  readonly prices: Int32Array
  /** Units of the base token; for `ADD` and `MARKET`. */
  readonly sizes: Int32Array
  /** Number of the `ADD` to cancel, whether it still rests or not. */
  readonly targets: Int32Array
  /** Operations at the beginning that only fill the book and are not timed. */
  readonly warmUp: number
}

export interface WorkloadShape {
  readonly name: string
  readonly seed: number
  readonly operations: number
  readonly resting: number
  readonly middle: number
  /** How far from the middle orders are placed, in ticks; nearer ones are more frequent. */
  readonly spread: number
}

/** A generator of evenly distributed numbers in [0, 1), the same for a seed on every machine. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x9e3779b9) >>> 0
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32
  }
}

/** 60% limit orders, of which some cross, 25% cancellations of earlier orders, 15% market orders. */
export function createWorkload(shape: WorkloadShape): Workload {
  const { name, seed, operations, resting, middle, spread } = shape
  const random = createRandom(seed)
  const count = resting + operations
  const kinds = new Uint8Array(count)
  const sides = new Uint8Array(count)
  const prices = new Int32Array(count)
  const sizes = new Int32Array(count)
  const targets = new Int32Array(count)
  const adds = new Int32Array(count)
  let addCount = 0
  for (let at = 0; at < count; at += 1) {
    const draw = at < resting ? 0 : random()
    sides[at] = random() < 0.5 ? 1 : 0
    // Market orders are twice as large, so that a book is eaten about as fast as it grows.
    sizes[at] = 1 + Math.floor(random() * (draw < 0.85 ? 100 : 200))
    if (draw < 0.6) {
      kinds[at] = ADD
      // One in twenty is priced through the middle and may cross; while the book is filled, none.
      const isAggressive = at >= resting && random() < 0.05
      const distance = 1 + Math.floor(spread * random() ** 2)
      const offset = isAggressive ? -Math.min(distance, 10) : distance
      prices[at] = middle + (sides[at] === 1 ? -offset : offset)
      adds[addCount] = at
      addCount += 1
    } else if (draw < 0.85) {
      kinds[at] = CANCEL
      // In a book that is filled anything may be cancelled, otherwise recent orders are; nothing is cancelled twice.
      const reach = resting > 0 ? addCount : Math.min(addCount, 5_000)
      const place = addCount - 1 - Math.floor(random() * reach)
      targets[at] = addCount === 0 ? -1 : (adds[place] as number)
      if (addCount > 0) {
        adds[place] = adds[addCount - 1] as number
        addCount -= 1
      }
    } else {
      kinds[at] = MARKET
    }
  }
  return { name, kinds, sides, prices, sizes, targets, warmUp: resting }
}
