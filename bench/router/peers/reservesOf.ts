import type { PoolSpec } from '../createPoolSet.ts'

/** What a V3 pool holds at its price, which some routers read as its size. */
export function reservesOf({ state }: PoolSpec & { kind: 'v3' }): [bigint, bigint] {
  const at = (tick: number) => Math.exp((tick * Math.log(1.0001)) / 2)
  const price = Number(state.sqrtPriceX96) / 2 ** 96
  let liquidity = 0
  let [reserve0, reserve1] = [0, 0]
  for (const [index, { tick, liquidityNet }] of state.ticks.entries()) {
    liquidity += Number(liquidityNet)
    const next = state.ticks[index + 1]
    if (next === undefined) break
    const [low, high] = [at(tick), at(next.tick)]
    const here = Math.min(Math.max(price, low), high)
    reserve0 += liquidity * (1 / here - 1 / high)
    reserve1 += liquidity * (here - low)
  }
  return [BigInt(Math.floor(reserve0)), BigInt(Math.floor(reserve1))]
}
