import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../../../../shared/testing/thoroughness.ts'
import { createBalancerStablePool } from './balancerStable.ts'
import { createBalancerWeightedPool } from './balancerWeighted.ts'
import { sqrtPriceAtTick } from './concentrated/tickMath.ts'
import { createCurveStableSwapPool } from './curveStableSwap.ts'
import { createErc4626Pool } from './erc4626.ts'
import type { Pool } from './Pool.ts'
import {
  createCurveFlow,
  flowAtDepth,
  flowAtInput,
  inputAt,
  outputAt,
  outputLimit,
  type SwapCurve,
} from './SwapCurve.ts'
import { createUniswapV2Pool } from './uniswapV2.ts'
import { createUniswapV3Pool } from './uniswapV3.ts'
import { createUniswapV4Pool } from './uniswapV4.ts'

const unit = 10n ** 18n
const reserve = fc.bigInt({ min: 10n ** 15n, max: 10n ** 27n })
const stableBalance = fc.bigInt({ min: 100_000n * unit, max: 400_000n * unit })

const concentrated = fc
  .record({
    tick: fc.integer({ min: -50_000, max: 50_000 }),
    within: fc.integer({ min: 0, max: 999 }),
    positions: fc.array(
      fc.record({
        below: fc.integer({ min: 0, max: 200 }),
        width: fc.integer({ min: 1, max: 400 }),
        liquidity: fc.bigInt({ min: 10n ** 15n, max: 10n ** 24n }),
      }),
      { minLength: 1, maxLength: 12 },
    ),
  })
  .map(({ tick, within, positions }) => {
    const low = sqrtPriceAtTick(tick)
    const sqrtPriceX96 = low + ((sqrtPriceAtTick(tick + 1) - low) * BigInt(within)) / 1_000n
    const net = new Map<number, bigint>()
    let liquidity = 0n
    const around = [...positions, { below: 500, width: 1_000, liquidity: 10n ** 16n }]
    for (const position of around) {
      const lower = Math.floor(tick / 60 - position.below) * 60
      const upper = lower + position.width * 60
      net.set(lower, (net.get(lower) ?? 0n) + position.liquidity)
      net.set(upper, (net.get(upper) ?? 0n) - position.liquidity)
      if (lower <= tick && tick < upper) liquidity += position.liquidity
    }
    const ticks = [...net]
      .filter(([, amount]) => amount !== 0n)
      .sort(([a], [b]) => a - b)
      .map(([at, liquidityNet]) => ({ tick: at, liquidityNet }))
    return { tokens: ['a', 'b'] as const, tickSpacing: 60, sqrtPriceX96, tick, liquidity, ticks }
  })

const identity = { id: 'pool', venue: 'venue' }
const kinds: Record<string, fc.Arbitrary<Pool>> = {
  uniswapV2: fc
    .tuple(reserve, reserve)
    .map((reserves) => createUniswapV2Pool({ ...identity, tokens: ['a', 'b'], reserves })),
  uniswapV3: concentrated.map((state) => createUniswapV3Pool({ ...identity, ...state, feePips: 3_000 })),
  uniswapV4: concentrated.map((state) =>
    createUniswapV4Pool({ ...identity, ...state, lpFeePips: 500, protocolFeePips: [100, 200] }),
  ),
  balancerStable: fc.array(stableBalance, { minLength: 2, maxLength: 4 }).map((balances) =>
    createBalancerStablePool({
      ...identity,
      tokens: balances.map((_, token) => `t${token}`),
      balances,
      decimals: balances.map(() => 18),
      amplificationE3: 200_000n,
      feeE18: 4n * 10n ** 14n,
    }),
  ),
  balancerWeighted: fc
    .tuple(reserve, reserve, fc.bigInt({ min: 10n ** 17n, max: 9n * 10n ** 17n }))
    .map(([balance0, balance1, weight]) =>
      createBalancerWeightedPool({
        ...identity,
        tokens: ['a', 'b'],
        balances: [balance0, balance1],
        decimals: [18, 18],
        weightsE18: [weight, unit - weight],
        feeE18: 3n * 10n ** 15n,
      }),
    ),
  curveStableSwap: fc.array(stableBalance, { minLength: 2, maxLength: 4 }).map((balances) =>
    createCurveStableSwapPool({
      ...identity,
      tokens: balances.map((_, token) => `t${token}`),
      balances,
      ratesE18: balances.map(() => unit),
      amplification: 200n,
      amplificationPrecision: 1n,
      feeE10: 4_000_000n,
    }),
  ),
  erc4626: fc.tuple(reserve, reserve).map(([totalAssets, totalSupply]) =>
    createErc4626Pool({
      ...identity,
      asset: 'a',
      share: 'b',
      totalAssets,
      totalSupply,
      virtualAssets: 1n,
      virtualShares: 1n,
      depositLimit: 10n ** 30n,
      redeemLimit: totalSupply,
    }),
  ),
}

/** The most that a pool takes in full, found by halving from far beyond it. */
function capacity(pool: Pool): bigint {
  let amount = 1n << 100n
  while (amount > 0n && !pool.quoteExactIn(0, 1, amount).complete) amount >>= 1n
  return amount
}

/**
 * Units that a contract's mathematics keeps beyond the fee: a few, or what a few units of the input are worth, and in
 * Balancer's iterations and power function a part of the pool.
 */
function toll(pool: Pool, kind: string): bigint {
  const { amountIn, amountOut } = pool.quoteExactIn(0, 1, capacity(pool))
  const kept =
    kind === 'balancerWeighted' ? amountOut >> 36n : kind === 'balancerStable' ? amountOut >> 60n : 0n
  return 4n + kept + (kind.startsWith('uniswap') ? 100n * (amountOut / amountIn + 1n) : 0n)
}

const part = fc.double({ min: 1e-9, max: 1, noNaN: true })
const scale = (amount: bigint, by: number) => (amount * BigInt(Math.round(by * 2 ** 40))) >> 40n

describe.each(Object.entries(kinds))('%s', (kind, pools) => {
  const settings = { numRuns: runs(60), seed: 42 }

  it('gives more for more, and less at the margin', () => {
    fc.assert(
      fc.property(pools, part, (pool, share) => {
        const amount = scale(capacity(pool), share)
        fc.pre(amount > 10n ** 6n)
        const whole = pool.quoteExactIn(0, 1, amount).amountOut
        const half = pool.quoteExactIn(0, 1, amount / 2n).amountOut
        expect(whole).toBeGreaterThanOrEqual(half)
        // Concave up to what the contract's own roundings take from either half.
        expect(whole).toBeLessThanOrEqual(2n * half + toll(pool, kind))
      }),
      settings,
    )
  })

  it('asks for exact-out what exact-in turns back into at least that', () => {
    fc.assert(
      fc.property(pools, part, (pool, share) => {
        const target = scale(pool.quoteExactIn(0, 1, capacity(pool)).amountOut, share * 0.9)
        fc.pre(target > 1_000n)
        const asked = pool.quoteExactOut(0, 1, target)
        fc.pre(asked.complete)
        const given = pool.quoteExactIn(0, 1, asked.amountIn)
        expect(given.amountOut + toll(pool, kind)).toBeGreaterThanOrEqual(target)
      }),
      settings,
    )
  })

  it('never pays back more than it took on a round trip', () => {
    fc.assert(
      fc.property(pools, part, (pool, share) => {
        const amount = scale(capacity(pool), share / 4)
        fc.pre(amount > 1_000n)
        const quote = pool.quoteExactIn(0, 1, amount)
        fc.pre(quote.complete && quote.amountOut > 0n)
        const back = pool.afterSwap(0, 1, amount).quoteExactIn(1, 0, quote.amountOut)
        expect(back.amountOut).toBeLessThanOrEqual(amount)
      }),
      settings,
    )
  })

  it('looks to the search as it is: the curve agrees with the exact quote', () => {
    fc.assert(
      fc.property(pools, part, (pool, share) => {
        const curve = pool.curve(0, 1) as SwapCurve
        const amount = scale(capacity(pool), share * 0.99)
        const exact = pool.quoteExactIn(0, 1, amount)
        fc.pre(exact.amountOut > 10n ** 10n && outputAt(curve, Number(amount)) > 0)
        // The search has no use for the last thousandth of a pool and sees it roughly.
        fc.pre(Number(exact.amountOut) < 0.999 * outputLimit(curve))
        const relative = kind === 'erc4626' ? 3e-7 : 2e-8
        const difference = Math.abs(outputAt(curve, Number(amount)) - Number(exact.amountOut))
        expect(difference).toBeLessThanOrEqual(relative * Number(exact.amountOut) + Number(toll(pool, kind)))
      }),
      settings,
    )
  })

  it('has a curve whose four views agree', () => {
    const flow = createCurveFlow()
    const back = createCurveFlow()
    fc.assert(
      fc.property(pools, part, (pool, share) => {
        const curve = pool.curve(0, 1) as SwapCurve
        const input = Number(capacity(pool)) * share * 0.9
        fc.pre(flowAtInput(curve, input, flow))
        const { output, depth } = flow
        // Close to emptying a pool the input depends on digits of the output that a float does not have.
        fc.pre(output < 0.99 * outputLimit(curve))
        expect(Math.abs(outputAt(curve, input) / output - 1)).toBeLessThan(1e-12)
        expect(Math.abs(inputAt(curve, output) / input - 1)).toBeLessThan(1e-6)
        flowAtDepth(curve, depth, 0x7fffffff, back)
        expect(Math.abs(back.output - output)).toBeLessThanOrEqual(1e-6 * output)
      }),
      settings,
    )
  })

  it('refuses nothing and less than nothing', () => {
    fc.assert(
      fc.property(pools, fc.constantFrom(0n, -1n), (pool, amount) => {
        expect(pool.quoteExactIn(0, 1, amount)).toMatchObject({
          complete: false,
          amountIn: 0n,
          amountOut: 0n,
        })
        expect(pool.quoteExactOut(0, 1, amount)).toMatchObject({
          complete: false,
          amountIn: 0n,
          amountOut: 0n,
        })
      }),
      { numRuns: runs(5), seed: 1 },
    )
  })
})
