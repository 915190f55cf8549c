export interface FeeHistory {
  /** Wei per gas; oldest first, the last one is the next block's. */
  readonly baseFeesPerGas: readonly bigint[]
  /** Share of the gas limit that each block used, 0 to 1. */
  readonly gasUsedRatios: readonly number[]
  /** Per block the tips at the asked percentiles. */
  readonly rewards: readonly (readonly bigint[])[]
}
