import { expect, test } from 'vitest'
import { unscaled } from '../../../shared/money/scaledAmount.ts'
import type { Holding } from '../../api/selectHoldings.ts'
import { createAmounts } from '../../parts/createAmounts.ts'
import { isSmall, sortByValue, toPortfolioRows } from './listHoldings.ts'

const holding = (symbol: string, units: bigint, address = 'native'): Holding =>
  ({
    key: symbol,
    token: { symbol, name: `The ${symbol}`, decimals: 6, ref: { address } },
    chainId: 1,
    units,
  }) as unknown as Holding
const one = 10n ** 18n
const worthOf = (units: bigint, { symbol }: Holding['token']) => (symbol === 'X' ? undefined : units * one)

const amounts = createAmounts('en', () => unscaled)

test('the most valuable comes first, and what has no price last', () => {
  const sorted = sortByValue([holding('X', 9n), holding('A', 1n), holding('B', 5n)], worthOf)
  expect(sorted.map(({ key }) => key)).toEqual(['B', 'A', 'X'])
})

test('what has no price is not called small', () => {
  expect([undefined, 0n, one - 1n, one].map(isSmall)).toEqual([false, true, true, false])
})

test('the file has every digit', () => {
  const context = { currency: 'EUR', amounts, worthOf, chainName: () => 'Ethereum' }
  expect(toPortfolioRows([holding('A', 1_500_000n, '0xa'), holding('X', 1n)], context).slice(1)).toEqual([
    ['The A', 'A', 'Ethereum', '0xa', '1.5', '1500000'],
    ['The X', 'X', 'Ethereum', '', '0.000001', ''],
  ])
})
