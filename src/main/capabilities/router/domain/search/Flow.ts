/** Edges of the graph with what flows through them, in an order in which every node is filled before it is emptied. */
export interface Flow {
  readonly edges: readonly number[]
  /** By edge: the last piece of its curve that the search let it use. */
  readonly lastPieces: readonly number[]
  /** By edge: its part of what leaves its first node (exact-in) or enters its last (exact-out). */
  readonly shares: readonly number[]
  /** By edge: traded amount of its input token. */
  readonly inputs: readonly number[]
  /** By edge: what it makes at the flow's prices, in the token whose amount is not fixed, and its gas. */
  readonly gains: readonly number[]
  readonly legGas: readonly number[]
  /** Output for exact-in, input for exact-out. */
  readonly amount: number
  readonly gas: number
  /** What the search maximises: the output less gas, or less the input and gas. */
  readonly net: number
  /** Most pools that one unit of money passes through. */
  readonly hops: number
  /** Logarithms of prices at the optimum, by node of the graph; NaN where the flow does not come. */
  readonly prices: Float64Array
}
