import { expect, test } from 'vitest'
import type { TokenPrice } from '../../shared/contract/prices.ts'
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
    token: { symbol, assetClass, decimals: 0, ref: { chainId, address: symbol } },
    chainId,
    units: Object.values(byAccount).reduce((sum, units) => sum + units, 0n),
    blockNumber: 1n,
    byAccount: Object.entries(byAccount).map(([accountId, units]) => ({ accountId, units })),
  }) as unknown as Holding
const prices: Record<string, bigint> = { ETH: 3_000n, USDC: 1n }
/** Read, and found to have none. */
const priceless = ['RUDE']
const fiat = {
  valueOf(units: bigint, { ref }: Pick<Holding['token'], 'ref'>) {
    const price = prices[ref.address]
    return price === undefined ? undefined : units * price
  },
  priceOf: ({ address }: Holding['token']['ref']) =>
    address in prices || priceless.includes(address)
      ? ({ token: { address } } as unknown as TokenPrice)
      : undefined,
}

test('adds up by kind, account and network, larger parts first', () => {
  const summary = summarisePortfolio(
    [
      holding('ETH', 'coin', { a: 1n, b: 2n }),
      holding('USDC', 'stablecoin', { a: 500n }, 10),
      holding('RUDE', 'token', { a: 7n }),
      holding('LATE', 'token', { a: 7n }),
      holding('NONE', 'token', { a: 0n }),
    ],
    fiat,
  )
  expect(summary.total).toBe(9_500n)
  // Only what was read is said to have no price.
  expect([summary.unpriced, summary.unread]).toEqual([1, 1])
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
  const { total, parts } = summarisePortfolio(many, fiat)
  expect(total).toBe(250n * 20n * 3_001n)
  expect(parts.account).toHaveLength(20)
})
