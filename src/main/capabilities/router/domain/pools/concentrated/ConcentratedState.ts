import type { TickTable } from './TickTable.ts'

/** What decides a swap in a concentrated-liquidity pool. */
export interface ConcentratedState {
  readonly sqrtPriceX96: bigint
  readonly tick: number
  readonly liquidity: bigint
  /** In hundredths of a basis point of the input. */
  readonly feePips: bigint
  readonly tickSpacing: number
  readonly table: TickTable
}
