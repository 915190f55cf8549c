import type { Pool } from '../../../router/index.ts'
import type { DecodedSwap } from './DecodedSwap.ts'
import type { Sandwich } from './findSandwiches.ts'

export interface SandwichLoss {
  /** What the victim's swap would have given without the front-run, all other swaps standing. */
  readonly fairOut: bigint
  /** In the token that this swap bought; never negative. */
  readonly loss: bigint
}

/**
 * Replays a pool's swaps of the block up to the victim's without the front-run.
 *
 * @param before the pool at the end of the block before.
 * @param swaps the block's swaps, in its order.
 * @returns undefined where the replay with the front-run does not give what the chain gave: something else touched the pool, such as
 *   a change of its liquidity, and the difference would be a guess.
 */
export function measureLoss(
  sandwich: Sandwich,
  before: Pool,
  swaps: readonly DecodedSwap[],
): SandwichLoss | undefined {
  const { victimSwap, frontRun } = sandwich
  const earlier = swaps.filter(
    ({ poolId, logIndex }) => poolId === sandwich.poolId && logIndex < victimSwap.logIndex,
  )
  const isFront = (swap: DecodedSwap) => frontRun.some(({ logIndex }) => logIndex === swap.logIndex)
  if (replay(before, earlier, victimSwap) !== victimSwap.amountOut) return undefined
  const fairOut = replay(
    before,
    earlier.filter((swap) => !isFront(swap)),
    victimSwap,
  )
  if (fairOut === undefined) return undefined
  return { fairOut, loss: fairOut > victimSwap.amountOut ? fairOut - victimSwap.amountOut : 0n }
}

function replay(before: Pool, earlier: readonly DecodedSwap[], victim: DecodedSwap): bigint | undefined {
  const state = earlier.reduce((pool, swap) => {
    return pool.afterSwap(placeOf(pool, swap.assetIn), placeOf(pool, swap.assetOut), swap.amountIn)
  }, before)
  const quote = state.quoteExactIn(
    placeOf(state, victim.assetIn),
    placeOf(state, victim.assetOut),
    victim.amountIn,
  )
  return quote.complete ? quote.amountOut : undefined
}

function placeOf(pool: Pool, asset: string): number {
  return asset === '0' || asset === '1' ? Number(asset) : pool.tokens.indexOf(asset)
}
