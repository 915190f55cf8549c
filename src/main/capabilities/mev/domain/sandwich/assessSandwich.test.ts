import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bruteForce } from '../../../../../../bench/mev/bruteForce.ts'
import { createTrade, POOL_KINDS, type TradeChoice } from '../../../../../../bench/mev/createTrade.ts'
import { createRandom } from '../../../../../../bench/router/random.ts'
import { runs } from '../../../../../shared/testing/thoroughness.ts'
import {
  type CostPerGas,
  createUniswapV2Pool,
  createUniswapV3Pool,
  createWethWrapPool,
} from '../../../router/index.ts'
import { AttackModel } from './AttackModel.ts'
import { assessSandwich } from './assessSandwich.ts'
import { drawSandwich } from './drawSandwich.ts'
import type { ExposedSale, ExposedTrade } from './ExposedTrade.ts'
import { findBestAttack } from './findBestAttack.ts'
import { findSafeSize } from './findSafeSize.ts'
import { scaleTrade } from './scaleTrade.ts'
import { limitAtTolerance, toleranceOfLimit } from './toleranceLimit.ts'

const ether = 10n ** 18n
const seeds = fc.integer({ min: 1, max: 2 ** 31 })
const tolerances = fc.integer({ min: 100, max: 100_000 })

/** The published example: both reserves 1000, fee 0.3%, 20 sold. */
function exampleTrade(sold = 20n * ether): ExposedSale {
  const pool = createUniswapV2Pool({
    id: 'pair',
    venue: 'uniswapV2',
    tokens: ['x', 'y'],
    reserves: [1000n * ether, 1000n * ether],
  })
  const { amountOut } = pool.quoteExactIn(0, 1, sold)
  const leg = { pool, tokenIn: 'x', tokenOut: 'y', amountIn: sold, amountOut }
  return { mode: 'exactIn', tokenIn: 'x', tokenOut: 'y', amountIn: sold, amountOut, legs: [leg] }
}

/** Sells 40 through two pairs of that size. */
function splitTrade(percent: number): ExposedSale {
  const legs = [percent, 100 - percent].map((part, at) => {
    const pool = createUniswapV2Pool({
      id: `pair${at}`,
      venue: 'uniswapV2',
      tokens: ['x', 'y'],
      reserves: [1000n * ether, 1000n * ether],
    })
    const amountIn = (40n * ether * BigInt(part)) / 100n
    return {
      pool,
      tokenIn: 'x',
      tokenOut: 'y',
      amountIn,
      amountOut: pool.quoteExactIn(0, 1, amountIn).amountOut,
    }
  })
  const amountOut = legs.reduce((sum, leg) => sum + leg.amountOut, 0n)
  return { mode: 'exactIn', tokenIn: 'x', tokenOut: 'y', amountIn: 40n * ether, amountOut, legs }
}

function tradesOf(seed: number, choice: TradeChoice): ExposedTrade[] {
  const spec = createTrade(createRandom(seed), choice)
  return [spec.sale(), spec.purchase()].flatMap((trade) => trade ?? [])
}

/** A tenth of a percent, or two units of a coarse token on the way. */
function closeTo(trade: ExposedTrade, found: bigint, expected: number): boolean {
  const legs = trade.mode === 'exactIn' ? trade.legs : trade.paths.flat()
  const unit = Math.max(...legs.map(({ amountIn }) => Number(trade.amountIn) / Number(amountIn)))
  return Math.abs(Number(found) - expected) <= Math.max(expected * 1e-3, 2 * unit + 2)
}

describe('assessSandwich', () => {
  test('gives the figures of the published example to five digits', () => {
    const trade = exampleTrade()
    const { attack } = assessSandwich(trade, limitAtTolerance(trade, 10_000), undefined)
    const [pool] = attack?.pools ?? []
    expect(Number(pool?.frontRunIn) / 1e18).toBeCloseTo(5.09527, 5)
    expect(Number(attack?.profit) / 1e18).toBeCloseTo(0.17237, 5)
    expect(Number(attack?.victimBought) / 1e18).toBeCloseTo(19.35467, 5)
    // At the largest front-run the loss is the whole tolerance.
    const tolerated = trade.amountOut - limitAtTolerance(trade, 10_000)
    expect(attack?.victimLoss).toBeLessThanOrEqual(tolerated)
    expect(attack?.victimLoss).toBeGreaterThan(tolerated - 100n)
  })

  test('finds the largest V2 front-run to the unit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 100, max: 5_000 }),
        (perMille, toleranceE6) => {
          const trade = exampleTrade((1000n * ether * BigInt(perMille)) / 1000n)
          const limit = limitAtTolerance(trade, toleranceE6)
          const { attack } = assessSandwich(trade, limit, undefined)
          const front = attack?.pools[0]?.frontRunIn
          if (front === undefined) return perMille <= 4
          const model = new AttackModel(trade, undefined)
          const slackAt = (amountIn: bigint) => model.slack([{ leg: 0, amountIn }], limit) ?? -1n
          // The trimmed front-run is the least that buys as much; a few units more break the limit.
          return slackAt(front) >= 0n && slackAt(front + front / 10n ** 9n + 10n) < 0n
        },
      ),
      { seed: 1, numRuns: runs(40) },
    )
  })

  test.each(POOL_KINDS)(
    'agrees with brute force within 0.1% on single %s pools, selling and buying',
    (kind) => {
      fc.assert(
        fc.property(seeds, tolerances, (seed, toleranceE6) => {
          for (const trade of tradesOf(seed, { kinds: [kind], ways: [1] })) {
            const limit = limitAtTolerance(trade, toleranceE6)
            const { attack } = assessSandwich(trade, limit, undefined)
            const best = bruteForce(trade, limit)
            expect(
              closeTo(trade, attack?.profit ?? 0n, best.profit),
              `${trade.mode} ${best.profit} ${attack?.profit}`,
            ).toBe(true)
          }
        }),
        { seed: 2, numRuns: runs(3) },
      )
    },
  )

  test('agrees with brute force within 0.1% on chains, the limit being at the end only', () => {
    fc.assert(
      fc.property(seeds, tolerances, fc.constantFrom([2], [3]), (seed, toleranceE6, ways) => {
        for (const trade of tradesOf(seed, { ways })) {
          const limit = limitAtTolerance(trade, toleranceE6)
          const best = bruteForce(trade, limit)
          const found = findBestAttack(new AttackModel(trade, undefined), limit)
          // Sharing the tolerance may take more than any pool alone, never less.
          const alone = found?.strikes.length === 1
          const profit = found === undefined || found.profit < 0n ? 0n : found.profit
          expect(alone ? closeTo(trade, profit, best.profit) : Number(profit) >= best.profit * 0.999).toBe(
            true,
          )
        }
      }),
      { seed: 3, numRuns: runs(3) },
    )
  })

  test('agrees with a brute-force attacker of two pools at once', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 30, max: 70 }),
        fc.integer({ min: 50_000, max: 450_000 }),
        (percent, toleranceE6) => {
          const trade = splitTrade(percent)
          const limit = limitAtTolerance(trade, toleranceE6)
          const { attack } = assessSandwich(trade, limit, undefined)
          const best = bruteForce(trade, limit, 2)
          expect(closeTo(trade, attack?.profit ?? 0n, best.profit), `${best.profit} ${attack?.profit}`).toBe(
            true,
          )
        },
      ),
      { seed: 4, numRuns: runs(3) },
    )
  })

  test('attacks both halves of a split when a wide tolerance leaves some over', () => {
    const trade = splitTrade(50)
    const { attack } = assessSandwich(trade, limitAtTolerance(trade, 400_000), undefined)
    expect(attack?.pools).toHaveLength(2)
    const [first, second] = attack?.pools ?? []
    const difference = Number((first?.frontRunIn ?? 0n) - (second?.frontRunIn ?? 0n))
    expect(Math.abs(difference) / Number(first?.frontRunIn)).toBeLessThan(0.05)
  })

  test('leaves out conversions at one to one, and knows that a small trade is not worth the fee', () => {
    const native = '0x0'
    const wrap = createWethWrapPool('x', native)
    const { legs, amountOut } = exampleTrade(2n * ether)
    const [swap] = legs
    if (swap === undefined) throw new Error('the example has a leg')
    const wrapLeg = {
      pool: wrap,
      tokenIn: native,
      tokenOut: 'x',
      amountIn: 2n * ether,
      amountOut: 2n * ether,
    }
    const trade: ExposedSale = {
      mode: 'exactIn',
      tokenIn: native,
      tokenOut: 'y',
      amountIn: 2n * ether,
      amountOut,
      legs: [wrapLeg, swap],
    }
    expect(assessSandwich(trade, limitAtTolerance(trade, 50_000), undefined)).toEqual({
      attack: undefined,
      safeLimit: undefined,
      safeToleranceE6: undefined,
    })
  })

  test('takes a limit that the quote itself breaks as failing, not as attackable', () => {
    const trade = exampleTrade()
    expect(assessSandwich(trade, trade.amountOut + 1n, undefined).attack).toBeUndefined()
    expect(toleranceOfLimit(trade, trade.amountOut + 1n)).toBe(0)
  })
})

describe('the safe limit', () => {
  const gas = (trade: ExposedTrade, share: number): CostPerGas => ({
    numerator: BigInt(Math.round(Number(trade.amountIn) * share)),
    denominator: 200_000n,
  })

  test('lets no attack pay, while a little more lets one', () => {
    fc.assert(
      fc.property(
        seeds,
        fc.constantFrom([1], [1], [2], [1, 1], [3]),
        fc.double({ min: 1e-5, max: 1e-2, noNaN: true }),
        (seed, ways, share) => {
          for (const trade of tradesOf(seed, { ways, sizeShare: 0.02 })) {
            const cost = gas(trade, share)
            const { safeLimit } = assessSandwich(trade, limitAtTolerance(trade, 1_000), cost)
            if (safeLimit === undefined) continue
            const model = new AttackModel(trade, cost)
            expect(findBestAttack(model, safeLimit)?.profit ?? 0n).toBeLessThanOrEqual(0n)
            const best = bruteForce(trade, safeLimit)
            const legs = trade.mode === 'exactIn' ? trade.legs : trade.paths.flat()
            const fronts = [...best.fronts].map(([leg, amountIn]) => ({ leg: legs.indexOf(leg), amountIn }))
            const gasCost = model.attempt(fronts)?.gasCost ?? 0n
            expect(closeTo(trade, gasCost, Math.max(best.profit, Number(gasCost)))).toBe(true)
            // A hundredth of the tolerance further, and at least some units of what is coarse.
            const [quoted, sign] = trade.mode === 'exactIn' ? [trade.amountOut, -1n] : [trade.amountIn, 1n]
            const room = safeLimit > quoted ? safeLimit - quoted : quoted - safeLimit
            const looser = safeLimit + sign * (room / 50n + quoted / 100_000n + 20n)
            expect(findBestAttack(model, looser)?.profit ?? 0n).toBeGreaterThan(0n)
          }
        },
      ),
      { seed: 5, numRuns: runs(4) },
    )
  })

  test('follows the rule of thumb G / (v - f x) for a narrow tolerance', () => {
    const trade = exampleTrade()
    const cost = { numerator: 10n ** 11n, denominator: 1n }
    const { safeToleranceE6 } = assessSandwich(trade, limitAtTolerance(trade, 1_000), cost)
    // Two transactions of 21,000 and two swaps of 54,000 gas.
    const ruleE6 = ((150_000 * 1e11) / 1e18 / (20 - 0.003 * 1000)) * 1e6
    expect(Math.abs((safeToleranceE6 ?? 0) / ruleE6 - 1)).toBeLessThan(0.02)
  })

  test('is none where no attack pays at any tolerance, and next to the quote where gas is free', () => {
    const small = exampleTrade(2n * ether)
    expect(assessSandwich(small, limitAtTolerance(small, 1_000), undefined).safeLimit).toBeUndefined()
    const large = exampleTrade()
    const free = assessSandwich(large, limitAtTolerance(large, 1_000), undefined)
    expect(free.safeToleranceE6).toBe(0)
  })

  test('has a size below which no attack pays', () => {
    const trade = exampleTrade()
    const cost = { numerator: 10n ** 11n, denominator: 1n }
    const thousandths = findSafeSize(trade, 5_000, cost)
    expect(thousandths).toBeGreaterThan(0)
    expect(thousandths).toBeLessThan(1000)
    const profitAt = (part: number) => {
      const scaled = scaleTrade(trade, part)
      return scaled && assessSandwich(scaled, limitAtTolerance(scaled, 5_000), cost).attack?.profit
    }
    expect(profitAt(thousandths)).toBeUndefined()
    expect(profitAt(thousandths + 1)).toBeGreaterThan(0n)
    expect(findSafeSize(exampleTrade(2n * ether), 5_000, cost)).toBe(1000)
  })
})

describe('drawSandwich', () => {
  test('shows the price falling twice and coming back, and what the victim pays', () => {
    const [trade] = tradesOf(11, { kinds: ['uniswapV3'], ways: [1], sizeShare: 0.03 })
    if (trade === undefined) throw new Error('the seed makes a trade')
    const { attack } = assessSandwich(trade, limitAtTolerance(trade, 10_000), undefined)
    const [pool] = attack?.pools ?? []
    if (pool === undefined) throw new Error('the trade can be attacked')
    const picture = drawSandwich(pool)
    expect(picture.afterFrontRun).toBeLessThan(picture.before)
    expect(picture.afterVictim).toBeLessThan(picture.afterFrontRun)
    expect(picture.afterBackRun).toBeGreaterThan(picture.afterVictim)
    expect(picture.victimAverage / picture.quotedAverage).toBeCloseTo(0.99, 4)
    expect(picture.victimAverage).toBeLessThan(picture.afterFrontRun)
  })

  test('refuses a pool that has no price', () => {
    const empty = createUniswapV3Pool({
      id: 'empty',
      venue: 'uniswapV3',
      tokens: ['x', 'y'],
      feePips: 500,
      tickSpacing: 10,
      sqrtPriceX96: 1n << 96n,
      tick: 0,
      liquidity: 0n,
      ticks: [],
    })
    const leg = { pool: empty, tokenIn: 'x', tokenOut: 'y', amountIn: 1n, amountOut: 1n }
    const states = { before: empty, afterFrontRun: empty, afterVictim: empty }
    expect(() => drawSandwich({ leg, frontRunIn: 1n, frontRunOut: 1n, backRunOut: 1n, states })).toThrow(
      RangeError,
    )
  })
})
