import type { KeyedPool } from '../../../capabilities/swaps/index.ts'
import type { ConcentratedFields } from './applyConcentratedEvent.ts'

/** Whether two readings of a pool say the same wherever both know it. */
export function isSameState({ source: a }: KeyedPool, { source: b }: KeyedPool): boolean {
  if (a?.kind === 'uniswapV2' && b?.kind === 'uniswapV2') {
    return a.state.reserves[0] === b.state.reserves[0] && a.state.reserves[1] === b.state.reserves[1]
  }
  if (a?.kind === 'balancerStable' && b?.kind === 'balancerStable') {
    return a.state.amplificationE3 === b.state.amplificationE3 && isSameBalancer(a.state, b.state)
  }
  if (a?.kind === 'balancerWeighted' && b?.kind === 'balancerWeighted') {
    return areSame(a.state.weightsE18, b.state.weightsE18) && isSameBalancer(a.state, b.state)
  }
  const isConcentrated = a?.kind === 'uniswapV3' || a?.kind === 'uniswapV4'
  return isConcentrated && b?.kind === a.kind && isSamePool(a.state, b.state)
}

interface BalancerFields {
  readonly balances: readonly bigint[]
  readonly feeE18: bigint
}

function isSameBalancer(a: BalancerFields, b: BalancerFields): boolean {
  return a.feeE18 === b.feeE18 && areSame(a.balances, b.balances)
}

function areSame(a: readonly bigint[], b: readonly bigint[]): boolean {
  return a.length === b.length && a.every((value, at) => value === b[at])
}

function isSamePool(a: ConcentratedFields, b: ConcentratedFields): boolean {
  if (a.sqrtPriceX96 !== b.sqrtPriceX96 || a.tick !== b.tick || a.liquidity !== b.liquidity) return false
  // The ends of what was read lie where the price was then.
  const low = Math.max(a.lowEnd ?? Number.NEGATIVE_INFINITY, b.lowEnd ?? Number.NEGATIVE_INFINITY)
  const high = Math.min(a.highEnd ?? Number.POSITIVE_INFINITY, b.highEnd ?? Number.POSITIVE_INFINITY)
  const within = ({ ticks }: ConcentratedFields) => ticks.filter(({ tick }) => tick > low && tick < high)
  const [ours, theirs] = [within(a), within(b)]
  return (
    ours.length === theirs.length &&
    ours.every(
      ({ tick, liquidityNet }, index) =>
        tick === theirs[index]?.tick && liquidityNet === theirs[index]?.liquidityNet,
    )
  )
}
