import { describe, expect, it } from 'vitest'
import type { Portfolio } from '../../shared/contract/portfolio.ts'
import type { AccountId } from '../../shared/identity/identity.ts'
import { baseUnits } from '../../shared/money/units.ts'
import { harnessHoldings, practiceChainId } from '../harness/harnessTokens.ts'
import { selectHoldings } from './selectHoldings.ts'

const [first, second] = ['one' as AccountId, 'two' as AccountId]
const portfolio: Portfolio = {
  chains: [
    {
      chainId: practiceChainId,
      blockNumber: 7n,
      blockTimestampMs: 0,
      balances: [...harnessHoldings].reverse().flatMap(({ token, held }) => [
        { accountId: first, token, units: baseUnits(held) },
        { accountId: second, token, units: baseUnits(1n) },
      ]),
    },
  ],
  failures: [],
}

describe('selectHoldings', () => {
  it('adds up all accounts, and loses nothing', () => {
    const holdings = selectHoldings(portfolio, undefined)
    expect(holdings).toHaveLength(harnessHoldings.length)
    const total = (values: readonly bigint[]) => values.reduce((sum, value) => sum + value, 0n)
    expect(total(holdings.map(({ units }) => units))).toBe(
      total(harnessHoldings.map(({ held }) => held)) + BigInt(harnessHoldings.length),
    )
    for (const { units, byAccount } of holdings)
      expect(total(byAccount.map((entry) => entry.units))).toBe(units)
  })

  it('takes one account alone', () => {
    expect(selectHoldings(portfolio, second).every(({ units }) => units === 1n)).toBe(true)
  })

  it('puts kinds in their order, and tokens that only claim a name last', () => {
    const symbols = selectHoldings(portfolio, first).map(({ token }) => token.symbol)
    expect(symbols[0]).toBe('ETH')
    expect(symbols.indexOf('USDC')).toBeLessThan(symbols.indexOf('USDT'))
    expect(symbols.indexOf('USDT')).toBeLessThan(symbols.indexOf('TBILL'))
    expect(symbols.at(-1)).toBe('FREE')
  })
})
