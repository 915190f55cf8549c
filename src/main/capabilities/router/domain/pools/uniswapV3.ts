import { ConcentratedPool } from './concentrated/ConcentratedPool.ts'
import { type TickLiquidity, TickTable } from './concentrated/TickTable.ts'
import type { Pool, PoolGas, TokenId } from './Pool.ts'

/** State of a Uniswap V3 pool or a fork of it, with all its initialised ticks. */
export interface UniswapV3State {
  readonly id: string
  readonly venue: string
  readonly tokens: readonly [TokenId, TokenId]
  /** In hundredths of a basis point. */
  readonly feePips: number
  readonly tickSpacing: number
  readonly sqrtPriceX96: bigint
  readonly tick: number
  readonly liquidity: bigint
  /** In rising order. */
  readonly ticks: readonly TickLiquidity[]
  /** Where the knowledge of ticks ends, and so the pool; absent at the end of all prices. */
  readonly lowEnd?: number
  readonly highEnd?: number
  readonly gas?: PoolGas
}

const GAS: PoolGas = { swap: 110_000, perTick: 20_000 }

/** A Uniswap V3 pool: the swap loop of UniswapV3Pool with the roundings of SqrtPriceMath and SwapMath. */
export function createUniswapV3Pool(state: UniswapV3State): Pool {
  return new ConcentratedPool(
    { id: state.id, venue: state.venue, tokens: state.tokens, gas: state.gas ?? GAS },
    { ...state, feePips: BigInt(state.feePips), table: new TickTable(state.ticks) },
  )
}
