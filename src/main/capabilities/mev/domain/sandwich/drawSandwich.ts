import type { Pool } from '../../../router/index.ts'
import type { PoolAttack } from './assessSandwich.ts'

/** What a sandwich does to a pool's price: base units bought for the next unit sold, fee taken. For drawing, not for reckoning. */
export interface SandwichPicture {
  readonly before: number
  readonly afterFrontRun: number
  readonly afterVictim: number
  readonly afterBackRun: number
  /** What the victim pays and would have paid on average, in the same measure. */
  readonly victimAverage: number
  readonly quotedAverage: number
}

/** Follows a pool's price through front-run, victim and back-run. @throws RangeError where a state has no price. */
export function drawSandwich(attack: PoolAttack): SandwichPicture {
  const { leg, states, frontRunOut } = attack
  const inIndex = leg.pool.tokens.indexOf(leg.tokenIn)
  const outIndex = leg.pool.tokens.indexOf(leg.tokenOut)
  const priceOf = (pool: Pool): number => {
    const curve = pool.curve(inIndex, outIndex)
    if (curve === undefined) throw new RangeError(`Pool ${pool.id} has no price`)
    return Math.exp(curve.logRate)
  }
  const victimOut = states.afterFrontRun.quoteExactIn(inIndex, outIndex, leg.amountIn).amountOut
  return {
    before: priceOf(states.before),
    afterFrontRun: priceOf(states.afterFrontRun),
    afterVictim: priceOf(states.afterVictim),
    afterBackRun: priceOf(states.afterVictim.afterSwap(outIndex, inIndex, frontRunOut)),
    victimAverage: Number(victimOut) / Number(leg.amountIn),
    quotedAverage: Number(leg.amountOut) / Number(leg.amountIn),
  }
}
