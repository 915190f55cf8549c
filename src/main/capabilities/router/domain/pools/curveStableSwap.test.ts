import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../../../../shared/testing/thoroughness.ts'
import { createCurveStableSwapPool } from './curveStableSwap.ts'

const SCALE = 10n ** 20n
const AMPLIFICATION = 200n

/**
 * The whitepaper's invariant A n^n S + D = A D n^n + D^(n+1) / (n^n P), as the sign of its two sides, with A n^n written as
 * the amplification times n as the contracts do. Whole numbers only: both sides are multiplied out.
 */
function exceeds(balances: readonly bigint[], invariant: bigint): boolean {
  const count = BigInt(balances.length)
  const amplified = AMPLIFICATION * count
  const sum = balances.reduce((total, balance) => total + balance, 0n)
  const product = balances.reduce((total, balance) => total * balance, 1n) * count ** count
  return (amplified * sum + invariant - amplified * invariant) * product >= invariant ** (count + 1n)
}

/** The greatest D, by bisection, in 20 more decimals than the contract has. */
function invariantOf(balances: readonly bigint[]): bigint {
  let low = 0n
  let high = balances.reduce((total, balance) => total + balance, 0n) + 1n
  while (high - low > 1n) {
    const middle = (low + high) / 2n
    if (exceeds(balances, middle)) low = middle
    else high = middle
  }
  return low
}

/**
 * What the paper's curve gives for an input, before the fee, by bisection on the output's balance; `offBy` where the
 * invariant is taken for so many units more.
 */
function outputOf(
  balances: readonly bigint[],
  tokenIn: number,
  tokenOut: number,
  amountIn: bigint,
  offBy = 0n,
): bigint {
  const precise = balances.map((balance) => balance * SCALE)
  const invariant = invariantOf(precise) + offBy * SCALE
  const after = precise.map((balance, token) => (token === tokenIn ? balance + amountIn * SCALE : balance))
  let low = 0n
  let high = precise[tokenOut] as bigint
  while (high - low > 1n) {
    const middle = (low + high) / 2n
    if (exceeds(after.with(tokenOut, middle), invariant)) high = middle
    else low = middle
  }
  return ((precise[tokenOut] as bigint) - high) / SCALE
}

const unit = 10n ** 18n
const balance = fc.bigInt({ min: 1_000n * unit, max: 50_000_000n * unit })

describe('createCurveStableSwapPool', () => {
  // The contracts stop looking for the invariant, and for the balance after, when they change by a unit. In a lopsided pool
  // a unit of the invariant is many of the dear token.
  it('is the paper’s curve, but for the units by which the contracts round', () => {
    fc.assert(
      fc.property(
        fc.array(balance, { minLength: 2, maxLength: 4 }),
        fc.bigInt({ min: 1_000_000n, max: 900_000n * unit }),
        (balances, amountIn) => {
          const pool = createCurveStableSwapPool({
            id: 'pool',
            venue: 'curve',
            tokens: balances.map((_, token) => `t${token}`),
            balances,
            ratesE18: balances.map(() => unit),
            amplification: AMPLIFICATION,
            amplificationPrecision: 1n,
            feeE10: 0n,
          })
          const { amountOut } = pool.quoteExactIn(0, 1, amountIn)
          expect(amountOut).toBeLessThanOrEqual(outputOf(balances, 0, 1, amountIn, -1n) + 1n)
          expect(amountOut).toBeGreaterThanOrEqual(outputOf(balances, 0, 1, amountIn, 1n) - 3n)
          expect(outputOf(balances, 0, 1, amountIn) - amountOut).toBeLessThanOrEqual(10n)
        },
      ),
      { numRuns: runs(60), seed: 7 },
    )
  })

  it('takes the fee from the output and scales tokens of other decimals', () => {
    const pool = createCurveStableSwapPool({
      id: 'pool',
      venue: 'curve',
      tokens: ['dai', 'usdc'],
      balances: [1_000_000n * unit, 1_000_000n * 10n ** 6n],
      ratesE18: [unit, 10n ** 30n],
      amplification: AMPLIFICATION,
      amplificationPrecision: 1n,
      feeE10: 4_000_000n,
    })
    const gross = outputOf([1_000_000n * unit, 1_000_000n * unit], 0, 1, 1_000n * unit)
    const net = (gross - (gross * 4_000_000n) / 10n ** 10n) / 10n ** 12n
    const { amountOut } = pool.quoteExactIn(0, 1, 1_000n * unit)
    expect(net - amountOut).toBeGreaterThanOrEqual(0n)
    expect(net - amountOut).toBeLessThanOrEqual(1n)
  })

  it('finds the least input that gives enough', () => {
    const pool = createCurveStableSwapPool({
      id: 'pool',
      venue: 'curve',
      tokens: ['a', 'b', 'c'],
      balances: [3_000_000n * unit, 2_000_000n * unit, 5_000_000n * unit],
      ratesE18: [unit, unit, unit],
      amplification: AMPLIFICATION * 100n,
      amplificationPrecision: 100n,
      feeE10: 4_000_000n,
    })
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 1_500_000n * unit }), (amountOut) => {
        const { amountIn } = pool.quoteExactOut(0, 1, amountOut)
        expect(pool.quoteExactIn(0, 1, amountIn).amountOut).toBeGreaterThanOrEqual(amountOut)
        expect(pool.quoteExactIn(0, 1, amountIn - 1n).amountOut).toBeLessThan(amountOut)
      }),
      { numRuns: runs(50), seed: 8 },
    )
  })
})
