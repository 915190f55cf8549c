import { describe, expect, it } from 'vitest'
import { createUniswapV2Pool } from '../../router/index.ts'
import { exposeTrade } from './assessRisk.ts'

const ether = 10n ** 18n

/** Ether over a deep pool into dollars of six decimals, and those over a thin one into a share. */
function openTrade() {
  const deep = createUniswapV2Pool({
    id: 'deep',
    venue: 'uniswapV2',
    tokens: ['0xaa', '0xbb'],
    reserves: [1_000_000n * ether, 3_500_000_000n * 10n ** 6n],
  })
  const thin = createUniswapV2Pool({
    id: 'thin',
    venue: 'uniswapV2',
    tokens: ['0xbb', '0xcc'],
    reserves: [1_000_000n * 10n ** 6n, 20_000n * ether],
  })
  const amountIn = 10n * ether
  const middle = deep.quoteExactIn(0, 1, amountIn).amountOut
  const { amountOut } = thin.quoteExactIn(0, 1, middle)
  const market = { pools: new Map([deep, thin].map((pool) => [pool.id, { pool }])) }
  const trade = {
    mode: 'exactIn',
    tokenIn: '0xaa',
    tokenOut: '0xcc',
    amountIn,
    amountOut,
    legs: [
      { poolId: 'deep', tokenIn: '0xaa', tokenOut: '0xbb', amountIn, amountOut: middle },
      { poolId: 'thin', tokenIn: '0xbb', tokenOut: '0xcc', amountIn: middle, amountOut },
    ],
  }
  return exposeTrade(market as never, trade as never, undefined)
}

describe('the drawing of a trade', () => {
  it('shows the pool whose price it moves most, whatever units its tokens are counted in', () => {
    const alone = openTrade().draw(0)
    expect(alone).toMatchObject({ poolId: 'thin', isAttacked: false })
    // Some 35,000 dollars into a million: about seven percent.
    expect(alone.afterTrade).toBeGreaterThan(1.06)
    expect(alone.afterTrade).toBeLessThan(1.08)
  })

  it('shows the pool that an attacker moves most', () => {
    const attacked = openTrade().draw(300)
    expect(attacked).toMatchObject({ poolId: 'thin', isAttacked: true })
    expect(attacked.afterFrontRun).toBeGreaterThan(1.01)
    expect(attacked.afterTrade).toBeGreaterThan(attacked.afterFrontRun)
  })
})
