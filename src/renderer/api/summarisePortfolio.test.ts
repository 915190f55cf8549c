import { expect, test } from 'vitest'
import type { Holding } from './selectHoldings.ts'
import { summarisePortfolio } from './summarisePortfolio.ts'

const holding = (
  symbol: string,
  assetClass: string,
  byAccount: Record<string, bigint>,
  chainId = 1,
): Holding =>
  ({
    key: symbol,
    token: { symbol, assetClass, decimals: 0 },
    chainId,
    units: Object.values(byAccount).reduce((sum, units) => sum + units, 0n),
    blockNumber: 1n,
    byAccount: Object.entries(byAccount).map(([accountId, units]) => ({ accountId, units })),
  }) as unknown as Holding
const prices: Record<string, bigint> = { ETH: 3_000n, USDC: 1n }
const worthOf = (units: bigint, { symbol }: Holding['token']) => {
  const price = prices[symbol]
  return price === undefined ? undefined : units * price
}

test('adds up by kind, account and network, larger parts first', () => {
  const summary = summarisePortfolio(
    [
      holding('ETH', 'coin', { a: 1n, b: 2n }),
      holding('USDC', 'stablecoin', { a: 500n }, 10),
      holding('RUDE', 'token', { a: 7n }),
      holding('NONE', 'token', { a: 0n }),
    ],
    worthOf,
  )
  expect(summary.total).toBe(9_500n)
  expect(summary.unpriced).toBe(1)
  expect(summary.parts.class).toEqual([
    { key: 'coin', value: 9_000n },
    { key: 'stablecoin', value: 500n },
  ])
  expect(summary.parts.account).toEqual([
    { key: 'b', value: 6_000n },
    { key: 'a', value: 3_500n },
  ])
  expect(summary.parts.chain).toEqual([
    { key: '1', value: 9_000n },
    { key: '10', value: 500n },
  ])
})

test('500 tokens of 20 accounts are added up without a stop', () => {
  const accounts = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`account-${index}`, 1n]))
  const many = Array.from({ length: 500 }, (_, index) =>
    holding(index % 2 ? 'ETH' : 'USDC', 'token', accounts),
  )
  const { total, parts } = summarisePortfolio(many, worthOf)
  expect(total).toBe(250n * 20n * 3_001n)
  expect(parts.account).toHaveLength(20)
})
