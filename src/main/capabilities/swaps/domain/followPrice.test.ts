import { expect, test } from 'vitest'
import type { Address } from '../../../../shared/identity/identity.ts'
import { findMainWay, followPrice, type PoolPrice } from './followPrice.ts'
import type { TradeLeg } from './router/TradePlan.ts'

const [low, middle, high] = ['0x1', '0x2', '0x3'].map((start) => start.padEnd(42, '0') as Address) as [
  Address,
  Address,
  Address,
]
const leg = (poolId: string, tokenIn: Address, tokenOut: Address, amountIn: bigint): TradeLeg => ({
  key: { venue: 'uniswapV3', address: low, feePips: 500, tickSpacing: 10 },
  poolId,
  tokenIn,
  tokenOut,
  amountIn,
  amountOut: amountIn,
})
const at = (timestampMs: number, price: number): PoolPrice => ({
  blockNumber: BigInt(timestampMs),
  timestampMs,
  logPrice: Math.log(price),
})

test('the largest way is followed through a split', () => {
  const legs = [leg('small', low, high, 3n), leg('first', low, middle, 7n), leg('second', middle, high, 7n)]
  const trade = {
    mode: 'exactIn',
    tokenIn: low,
    tokenOut: high,
    amountIn: 10n,
    amountOut: 10n,
    legs,
  } as const
  expect(findMainWay(trade).map(({ poolId }) => poolId)).toEqual(['first', 'second'])
})

test('prices of a way multiply, turned to the trade’s direction, once each moving pool is known', () => {
  const way = [leg('up', low, high, 1n), leg('down', high, middle, 1n), leg('still', middle, low, 1n)]
  const histories = new Map([
    ['up', [at(10, 2), at(30, 4)]],
    ['down', [at(20, 5), at(30, 10)]],
  ])
  const prices = followPrice(way, histories, 40)
  expect(prices.map(({ timestampMs }) => timestampMs)).toEqual([20, 30, 40])
  // The second pool tells what its lower token, which is bought there, is worth in the higher one: 5, so selling gives a fifth.
  const expected = [2 / 5, 4 / 10, 4 / 10]
  for (const [index, { price }] of prices.entries()) expect(price).toBeCloseTo(expected[index] ?? 0, 12)
})

test('nothing that moved says nothing', () => {
  expect(followPrice([leg('still', low, high, 1n)], new Map(), 40)).toEqual([])
})
