import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../../../../bench/router/random.ts'
import { runs } from '../../../../../shared/testing/thoroughness.ts'
import { createUniswapV2Pool, createUniswapV3Pool } from '../../../router/index.ts'
import { assessSandwich } from '../sandwich/assessSandwich.ts'
import type { ExposedSale } from '../sandwich/ExposedTrade.ts'
import { limitAtTolerance } from '../sandwich/toleranceLimit.ts'
import { chooseTolerance } from './chooseTolerance.ts'
import {
  failureProbability,
  logMoveOfTolerance,
  moveAtProbability,
  moveProbability,
  toleranceOfLogMove,
} from './failureProbability.ts'
import { delaysOf } from './InclusionTime.ts'
import { measureVolatility, type PriceObservation } from './measureVolatility.ts'
import { studentTail } from './studentTail.ts'
import { traceTolerances } from './traceTolerances.ts'

const ether = 10n ** 18n
const nextBlock = { firstMs: 12_000, blockTimeMs: 12_000, chancePerBlock: 1 }

function walk(deviation: number, blocks: number, seed = 1): PriceObservation[] {
  const random = createRandom(seed)
  let price = 3_500
  return Array.from({ length: blocks + 1 }, (_, at) => {
    price *= at === 0 ? 1 : Math.exp(deviation * random.normal())
    return { timestampMs: at * 12_000, price }
  })
}

/** Sells through a pair with 1000 a side. */
function sell(sold: bigint): ExposedSale {
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

describe('measureVolatility', () => {
  test('finds the deviation of a random walk, a little above', () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const found = (measureVolatility(walk(5e-4, 300, seed))?.perRootSecond ?? 0) * Math.sqrt(12)
      expect(found / 5e-4).toBeGreaterThan(0.93)
      expect(found / 5e-4).toBeLessThan(1.22)
    }
  })

  test('is not led astray by one manipulated block', () => {
    const calm = walk(5e-4, 200)
    const shaken = calm.map((observation, at) =>
      at === 100 ? { ...observation, price: observation.price * 1.3 } : observation,
    )
    const ratio =
      (measureVolatility(shaken)?.perRootSecond ?? 0) / (measureVolatility(calm)?.perRootSecond ?? 1)
    expect(ratio).toBeLessThan(1.2)
  })

  test('counts the blocks in which a quiet pool did not move', () => {
    const still = walk(5e-4, 400).map((observation, at, all) => ({
      ...observation,
      price: all[at - (at % 10)]?.price ?? 0,
    }))
    const found = (measureVolatility(still)?.perRootSecond ?? 0) * Math.sqrt(12)
    expect(found / 5e-4).toBeGreaterThan(0.7)
    expect(found / 5e-4).toBeLessThan(1.3)
  })

  test('says that it does not know from few prices, and refuses nonsense', () => {
    expect(measureVolatility(walk(5e-4, 15))).toBeUndefined()
    expect(measureVolatility(walk(0, 50))?.perRootSecond).toBe(0)
    expect(() =>
      measureVolatility([
        { timestampMs: 0, price: 1 },
        { timestampMs: 0, price: 1 },
      ]),
    ).toThrow(RangeError)
    expect(() =>
      measureVolatility([
        { timestampMs: 0, price: 1 },
        { timestampMs: 1, price: 0 },
      ]),
    ).toThrow(RangeError)
  })
})

describe('the probability of failure', () => {
  test("agrees with Student's tables for five degrees of freedom", () => {
    // One-sided 5%, 1%, 0.1% and 0.01% points.
    for (const [point, tail] of [
      [2.015, 0.05],
      [3.365, 0.01],
      [5.893, 0.001],
      [9.678, 0.0001],
    ] as const) {
      expect(studentTail(point / Math.sqrt(5 / 3)) / tail).toBeCloseTo(1, 2)
    }
    expect(studentTail(0)).toBeCloseTo(0.5, 12)
    expect(studentTail(1e4) / studentTail(2e4)).toBeCloseTo(32, 1)
  })

  test('falls with the tolerance, grows with the delay, and is inverted by the move', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 1e-2, noNaN: true }),
        fc.double({ min: 0.05, max: 1, noNaN: true }),
        fc.double({ min: 1e-5, max: 0.2, noNaN: true }),
        (perRootSecond, chancePerBlock, target) => {
          const volatility = { perRootSecond, returns: 100 }
          const inclusion = { ...nextBlock, chancePerBlock }
          const move = moveAtProbability(target, volatility, inclusion)
          expect(moveProbability(move, volatility, inclusion)).toBeLessThanOrEqual(target)
          expect(moveProbability(Math.max(0, move - 2e-6), volatility, inclusion)).toBeGreaterThan(target)
          const later = { ...inclusion, firstMs: 24_000 }
          expect(moveProbability(move, volatility, later)).toBeGreaterThan(
            moveProbability(move, volatility, inclusion),
          )
        },
      ),
      { seed: 1, numRuns: runs(30) },
    )
    expect(failureProbability('exactIn', 10_000, { perRootSecond: 0, returns: 99 }, nextBlock)).toBe(0)
  })

  test('has delays that add up to one', () => {
    for (const chancePerBlock of [1, 0.9, 0.3, 0.01]) {
      const total = delaysOf({ ...nextBlock, chancePerBlock }).reduce(
        (sum, { probability }) => sum + probability,
        0,
      )
      expect(total).toBeCloseTo(1, 8)
    }
    expect(() => delaysOf({ ...nextBlock, chancePerBlock: 0 })).toThrow(RangeError)
    expect(() => moveAtProbability(0, { perRootSecond: 1, returns: 99 }, nextBlock)).toThrow(RangeError)
  })

  test('turns tolerances into moves and back, for sales and purchases', () => {
    for (const mode of ['exactIn', 'exactOut'] as const) {
      expect(toleranceOfLogMove(mode, logMoveOfTolerance(mode, 12_345))).toBeCloseTo(12_345, 6)
    }
  })
})

describe('chooseTolerance', () => {
  const volatility = { perRootSecond: 1.5e-4, returns: 200 }
  const request = { volatility, inclusion: nextBlock, costPerGas: { numerator: 10n ** 11n, denominator: 1n } }

  test('is the smallest that survives the volatility when nobody can attack', () => {
    const chosen = chooseTolerance({ ...request, trade: sell(ether), visibility: 'public' })
    if (chosen.kind !== 'settled') throw new Error('the trade is too small to attack')
    expect(chosen.safeBps).toBeUndefined()
    expect(chosen.failureProbability).toBeLessThanOrEqual(0.01)
    const smaller = failureProbability('exactIn', (chosen.toleranceBps - 1) * 100, volatility, nextBlock)
    expect(smaller).toBeGreaterThan(0.01)
  })

  test('names the conflict, the cap, and what would help', () => {
    const trade = sell(20n * ether)
    const chosen = chooseTolerance({ ...request, trade, visibility: 'public' })
    if (chosen.kind !== 'conflict') throw new Error('the trade can be attacked')
    expect(chosen.neededBps).toBeGreaterThan(chosen.safeBps ?? Number.POSITIVE_INFINITY)
    expect(chosen.toleranceBps).toBe(chosen.safeBps)
    expect(chosen.failureProbability).toBeGreaterThan(0.01)
    expect(chosen.suggestions.map(({ kind }) => kind)).toEqual([
      'privateChannel',
      'splitOverTime',
      'smallerSize',
      'limitOrder',
    ])
    const limit = limitAtTolerance(trade, chosen.toleranceBps * 100)
    expect(assessSandwich(trade, limit, request.costPerGas).attack).toBeUndefined()
    // In private the same trade may take what the price requires.
    const hidden = chooseTolerance({ ...request, trade, visibility: 'private' })
    expect(hidden).toMatchObject({ kind: 'settled', toleranceBps: chosen.neededBps })
  })

  test('calls nothing safe where rounding to whole units alone pays an attacker, and what it calls safe is', () => {
    const still = { perRootSecond: 0, returns: 200 }
    let exposed = 0
    fc.assert(
      fc.property(
        // What is bought has two decimals: a cent may be worth more than the gas of a chain on which little happens.
        fc.bigInt({ min: 10n ** 11n, max: 10n ** 13n }),
        fc.bigInt({ min: 10n ** 7n, max: 10n ** 9n }),
        fc.integer({ min: 1, max: 120 }),
        fc.bigInt({ min: 0n, max: 2_000n }),
        fc.constantFrom(still, volatility),
        (reserveIn, reserveOut, share, gas, moves) => {
          const pool = createUniswapV2Pool({
            id: 'coarse',
            venue: 'uniswapV2',
            tokens: ['x', 'y'],
            reserves: [reserveIn, reserveOut],
          })
          const amountIn = (reserveIn * BigInt(share)) / 1_000n
          const { amountOut } = pool.quoteExactIn(0, 1, amountIn)
          const leg = { pool, tokenIn: 'x', tokenOut: 'y', amountIn, amountOut }
          const trade: ExposedSale = {
            mode: 'exactIn',
            tokenIn: 'x',
            tokenOut: 'y',
            amountIn,
            amountOut,
            legs: [leg],
          }
          const costPerGas = { numerator: gas, denominator: 100_000n }
          const chosen = chooseTolerance({
            trade,
            costPerGas,
            volatility: moves,
            inclusion: nextBlock,
            visibility: 'public',
          })
          const { attack } = assessSandwich(
            trade,
            limitAtTolerance(trade, chosen.toleranceBps * 100),
            costPerGas,
          )
          if (chosen.kind === 'conflict' && chosen.safeBps === undefined) {
            expect(chosen.toleranceBps).toBe(0)
            expect(chosen.suggestions[0]?.kind).toBe('privateChannel')
            exposed += 1
            // The trader gets what was quoted: it is what rounding leaves that is taken.
            expect(attack?.victimLoss ?? 0n).toBe(0n)
          } else expect(attack).toBeUndefined()
        },
      ),
      { seed: 6, numRuns: runs(60) },
    )
    expect(exposed).toBeGreaterThan(5)
  })

  test('advises no smaller size where it is not the size that makes the trade attackable', () => {
    // Liquidity thins out just beyond: the whole is safe where the price stands, and not where it may have moved to.
    const ticks = [
      [154_710, 3_562_478_131_803_978n],
      [194_060, 5_208_343_028_697_415n],
      [194_490, 1_763_426_675_242_969n],
      [194_600, 2_344_110_610_727_017n],
      [194_670, 9_672_128_127_847_798n],
      [194_690, 644_808_541_856_520n],
      [194_710, -2_344_110_610_727_017n],
      [194_720, -9_672_128_127_847_798n],
      [194_740, 2_536_484_429_844_432n],
      [194_760, -644_808_541_856_520n],
      [194_830, -5_208_343_028_697_415n],
      [194_900, -2_536_484_429_844_432n],
      [195_940, -1_763_426_675_242_969n],
      [234_710, -3_562_478_131_803_978n],
    ] as const
    const pool = createUniswapV3Pool({
      id: 'thin',
      venue: 'uniswapV3',
      tokens: ['y', 'x'],
      feePips: 500,
      tickSpacing: 10,
      sqrtPriceX96: 1_339_200_372_655_369_510_781_043_662_127_104n,
      tick: 194_714,
      liquidity: 20_851_184_505_448_680n,
      ticks: ticks.map(([tick, liquidityNet]) => ({ tick, liquidityNet })),
    })
    const amountIn = 834_455_000_000_000_000n
    const { amountOut } = pool.quoteExactIn(1, 0, amountIn)
    const leg = { pool, tokenIn: 'x', tokenOut: 'y', amountIn, amountOut }
    const chosen = chooseTolerance({
      trade: { mode: 'exactIn', tokenIn: 'x', tokenOut: 'y', amountIn, amountOut, legs: [leg] },
      costPerGas: { numerator: 13_823_904_371n, denominator: 1n },
      volatility: { perRootSecond: 2e-4, returns: 100 },
      inclusion: { firstMs: 2_000, blockTimeMs: 2_000, chancePerBlock: 1 },
      visibility: 'public',
    })
    if (chosen.kind !== 'conflict') throw new Error('the trade can be attacked')
    expect(chosen.suggestions.map(({ kind }) => kind)).toEqual(['privateChannel', 'limitOrder'])
  })

  test('stays safe after the price has moved in favour of the trader', () => {
    // Dear gas leaves room for a public tolerance.
    const costPerGas = { numerator: 10n ** 12n, denominator: 1n }
    const chosen = chooseTolerance({
      ...request,
      volatility: { perRootSecond: 5e-5, returns: 200 },
      costPerGas,
      trade: sell(20n * ether),
      visibility: 'public',
    })
    expect(chosen.kind).toBe('settled')
    const quoted = sell(20n * ether)
    const limit = limitAtTolerance(quoted, chosen.toleranceBps * 100)
    for (const move of [0, 2, 4, 7]) {
      const shift = Math.exp(5e-5 * Math.sqrt(12) * move)
      const pool = createUniswapV2Pool({
        id: 'pair',
        venue: 'uniswapV2',
        tokens: ['x', 'y'],
        reserves: [1000n * ether, BigInt(Math.round(1e6 * shift)) * 10n ** 15n],
      })
      const { amountOut } = pool.quoteExactIn(0, 1, quoted.amountIn)
      const leg = { pool, tokenIn: 'x', tokenOut: 'y', amountIn: quoted.amountIn, amountOut }
      const moved: ExposedSale = { ...quoted, amountOut, legs: [leg] }
      expect(assessSandwich(moved, limit, costPerGas).attack).toBeUndefined()
    }
  })
})

describe('traceTolerances', () => {
  test('rises for the attacker and falls for failure along the slider', () => {
    const points = traceTolerances(
      sell(20n * ether),
      [0, 500, 1_000, 5_000, 10_000, 30_000],
      { numerator: 10n ** 11n, denominator: 1n },
      { perRootSecond: 1.5e-4, returns: 200 },
      nextBlock,
    )
    for (const [at, point] of points.slice(1).entries()) {
      expect(point.attackerProfit).toBeGreaterThanOrEqual(points[at]?.attackerProfit ?? 0n)
      expect(point.failureProbability).toBeLessThan(points[at]?.failureProbability ?? 1)
    }
    expect(points[0]).toMatchObject({ attackerProfit: 0n, victimLoss: 0n })
    expect(points.at(-1)?.victimLoss).toBeGreaterThan(0n)
  })
})
