/** An order as a ring sees it: it gives up to `available` of one token, at least at the ratio of its amounts. */
export interface RingOrder {
  readonly id: string
  readonly sellToken: string
  readonly buyToken: string
  /** The limit: at least `buyAmount` for `sellAmount`. */
  readonly sellAmount: bigint
  readonly buyAmount: bigint
  /** What it can still give, of the token that it sells. */
  readonly available: bigint
  /** Whether it may be filled in parts; else all that is available or nothing. */
  readonly isPartial: boolean
}

/** One order's part in a ring. */
export interface RingFill {
  readonly order: RingOrder
  readonly sold: bigint
  readonly bought: bigint
}

/** Orders that pay each other: each buys exactly what the next one sells. */
export type Ring = readonly RingFill[]
