import { expect, it } from 'vitest'
import { chooseFunding, rankCandidates } from './choosePayment.ts'

const coin = (name: string, held: bigint, deviationBps: number | undefined, depthUsdE8: bigint) => ({
  name,
  held,
  units: 100n,
  deviationBps,
  depthUsdE8,
})

it('pays in a coin at its peg that is held, before one that must be bought, before one that is broken', () => {
  const ranked = rankCandidates([
    coin('broken', 500n, -300, 9_000n),
    coin('deep', 0n, 0, 9_000n),
    coin('unknown', 500n, undefined, 0n),
    coin('shallow', 99n, 2, 10n),
    coin('held', 100n, -80, 10n),
  ])
  expect(ranked.map(({ name }) => name)).toEqual(['held', 'deep', 'shallow', 'broken', 'unknown'])
})

it('buys with money before investments, and only with what is worth enough', () => {
  const holdings = [
    { name: 'ether', usdE8: 9_000n, isStablecoin: false },
    { name: 'little', usdE8: 104n, isStablecoin: true },
    { name: 'some', usdE8: 300n, isStablecoin: true },
    { name: 'more', usdE8: 400n, isStablecoin: true },
  ]
  expect(chooseFunding(holdings, 100n)?.name).toBe('more')
  expect(chooseFunding(holdings, 1_000n)?.name).toBe('ether')
  expect(chooseFunding(holdings, 100_000n)).toBeUndefined()
})
