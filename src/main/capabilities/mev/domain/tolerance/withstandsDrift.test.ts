import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createTrade, POOL_KINDS } from '../../../../../../bench/mev/createTrade.ts'
import { createRandom } from '../../../../../../bench/router/random.ts'
import { runs } from '../../../../../shared/testing/thoroughness.ts'
import { createUniswapV3Pool, type Pool } from '../../../router/index.ts'
import { AttackModel } from '../sandwich/AttackModel.ts'
import type { ExposedSale } from '../sandwich/ExposedTrade.ts'
import { findBestAttack } from '../sandwich/findBestAttack.ts'
import { limitAtTolerance } from '../sandwich/toleranceLimit.ts'
import { movePool } from './movePool.ts'
import { withstandsDrift } from './withstandsDrift.ts'

const priceOf = (pool: Pool, from: number, to: number) => pool.curve(from, to)?.logRate ?? Number.NaN

describe('movePool', () => {
  test.each(POOL_KINDS)('moves the price of a %s pool as far as it is told, either way', (kind) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2 ** 31 }),
        fc.double({ min: -0.01, max: 0.01, noNaN: true }),
        (seed, move) => {
          const trade = createTrade(createRandom(seed), { kinds: [kind], ways: [1] }).sale()
          const [leg] = trade?.legs ?? []
          if (leg === undefined) return
          const [from, to] = [leg.pool.tokens.indexOf(leg.tokenIn), leg.pool.tokens.indexOf(leg.tokenOut)]
          const moved = movePool(leg.pool, from, to, move)
          if (moved === undefined) return
          expect(Math.abs(priceOf(moved, from, to) - priceOf(leg.pool, from, to) - move)).toBeLessThan(
            // A fee on what comes in stays in some pools, and coarse tokens round.
            Math.abs(move) * 0.02 + 1e-5,
          )
        },
      ),
      { seed: 1, numRuns: runs(12) },
    )
  })

  test('knows where liquidity ends', () => {
    const trade = createTrade(createRandom(5), { kinds: ['uniswapV3'], ways: [1] }).sale()
    const pool = trade?.legs[0]?.pool
    if (pool === undefined) throw new Error('the seed makes a trade')
    expect(movePool(pool, 0, 1, 0)).toBe(pool)
    expect(movePool(pool, 0, 1, -40)).toBeUndefined()
  })
})

describe('withstandsDrift', () => {
  // Deep where the price is, a hundredth of it from the next tick on.
  const pool = createUniswapV3Pool({
    id: 'cliff',
    venue: 'uniswapV3',
    tokens: ['x', 'y'],
    feePips: 3000,
    tickSpacing: 60,
    sqrtPriceX96: 1n << 96n,
    tick: 0,
    liquidity: 101n * 10n ** 22n,
    ticks: [
      { tick: -60_000, liquidityNet: 10n ** 22n },
      { tick: -60, liquidityNet: 10n ** 24n },
      { tick: 60, liquidityNet: -(10n ** 24n) },
      { tick: 60_000, liquidityNet: -(10n ** 22n) },
    ],
  })
  const amountIn = 10n ** 20n
  const { amountOut } = pool.quoteExactIn(0, 1, amountIn)
  const leg = { pool, tokenIn: 'x', tokenOut: 'y', amountIn, amountOut }
  const trade: ExposedSale = {
    mode: 'exactIn',
    tokenIn: 'x',
    tokenOut: 'y',
    amountIn,
    amountOut,
    legs: [leg],
  }
  const limit = limitAtTolerance(trade, 25_000)

  test('sees that a trade in deep liquidity becomes attackable just beyond it', () => {
    expect(
      findBestAttack(new AttackModel(trade, undefined), limitAtTolerance(trade, 25_000))?.profit,
    ).toBeLessThanOrEqual(0n)
    expect(withstandsDrift(trade, limit, undefined, 0.0005)).toBe(true)
    expect(withstandsDrift(trade, limit, undefined, 0.008)).toBe(false)
  })
})
