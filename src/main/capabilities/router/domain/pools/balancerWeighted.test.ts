import { describe, expect, it } from 'vitest'
import { createBalancerWeightedPool } from './balancerWeighted.ts'
// Answers of `onSwap` of the deployed bytecode (Balancer's tasks 20210418-weighted-pool and 20220908-weighted-pool-v2,
// from @balancer-labs/v2-deployments 3.2.0) at a fee of 0.3%; null where it reverted.
import vectors from './balancerWeighted.vectors.json' with { type: 'json' }

const ONE = 10n ** 18n

describe('createBalancerWeightedPool', () => {
  it.each([1, 2])('answers as version %i of the contract, to the unit', (version) => {
    const cases = vectors.filter((vector) => vector.version === version)
    expect(cases.length).toBeGreaterThan(70)
    for (const { weight0, decimals, balances, tokenIn, exact, amount, answer } of cases) {
      const pool = createBalancerWeightedPool({
        id: 'pool',
        venue: 'balancer',
        tokens: ['a', 'b'],
        balances: balances.map(BigInt),
        decimals,
        weightsE18: [BigInt(weight0), ONE - BigInt(weight0)],
        feeE18: 3n * 10n ** 15n,
        multipliesWholePowers: version === 2,
      })
      const quote =
        exact === 'in'
          ? pool.quoteExactIn(tokenIn, 1 - tokenIn, BigInt(amount))
          : pool.quoteExactOut(tokenIn, 1 - tokenIn, BigInt(amount))
      const given = exact === 'in' ? quote.amountOut : quote.amountIn
      expect(quote.complete ? String(given) : null).toBe(answer)
    }
  })
})
