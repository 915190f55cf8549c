import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { smallerOf } from '../../../../../shared/money/smallerOf.ts'
import { runs } from '../../../../../shared/testing/thoroughness.ts'
import { createUniswapV2Pool, type Pool } from '../../../router/index.ts'
import { judgeAlert } from './judgeAlert.ts'
import { depthFloorUsdE8, measurePeg, type PoolPrice, settleByFeed, toDeviationBps } from './measurePeg.ts'
import { measurePoolPrice } from './measurePoolPrice.ts'
import { measureTimeOutside } from './measureTimeOutside.ts'

const usd = (dollars: number) => BigInt(Math.round(dollars * 1e8))
const pool = (poolId: string, price: number, depth: number): PoolPrice => ({
  poolId,
  venue: 'uniswapV3',
  counterSymbol: 'USDT',
  usdE8: usd(price),
  depthUsdE8: usd(depth),
})
const feed = (price: number, isStale = false) => ({
  description: 'USDC / USD',
  usdE8: usd(price),
  updatedAtMs: 0,
  isStale,
})

describe('measurePeg', () => {
  it('takes the median of the deep pools by depth', () => {
    const reading = measurePeg(
      [pool('a', 1, 500_000), pool('b', 0.999, 900_000), pool('c', 1.02, 200_000)],
      undefined,
      usd(1),
    )
    expect(reading).toMatchObject({ priceE8: usd(0.999), deviationBps: -10, from: 'pools' })
    expect(reading.outside).toBeUndefined()
  })

  it('measures against the currency, not the dollar', () => {
    expect(measurePeg([pool('a', 1.1408, 50_000)], undefined, usd(1.15))).toMatchObject({
      deviationBps: -80,
      outside: 50,
    })
  })

  it('shows what is further from the peg: the feed, or this chain’s own pools', () => {
    const fine = [pool('a', 1, 900_000)]
    expect(measurePeg(fine, feed(0.97), usd(1))).toMatchObject({ deviationBps: -300, from: 'feed' })
    expect(measurePeg([pool('a', 0.97, 900_000)], feed(1), usd(1))).toMatchObject({
      deviationBps: -300,
      from: 'pools',
      outside: 100,
    })
  })

  it('believes no stale feed, and says nothing rather than guess', () => {
    expect(measurePeg([], feed(0.9, true), usd(1))).toMatchObject({ from: 'nothing', counted: [] })
    expect(measurePeg([pool('thin', 0.9, 9_999)], undefined, usd(1)).deviationBps).toBeUndefined()
  })

  it('rounds away from the peg, so that a band is never left unseen', () => {
    expect(toDeviationBps(99_749_999n)).toBe(-26)
    expect(toDeviationBps(99_750_000n)).toBe(-25)
    expect(toDeviationBps(100_000_001n)).toBe(1)
  })
})

const coin = '0x1111111111111111111111111111111111111111'
const other = '0x2222222222222222222222222222222222222222'
const v2 = (id: string, reserve: bigint): Pool =>
  createUniswapV2Pool({ id, venue: 'uniswapV2', tokens: [coin, other], reserves: [reserve, reserve] })

function toPrice(each: Pool): PoolPrice {
  const view = measurePoolPrice(each, coin, other)
  if (!view) throw new Error('no view')
  const usdE8 = BigInt(Math.round(view.rate * 1e8))
  const { token, counter } = view.depth
  const weaker = smallerOf(token, counter)
  return { poolId: each.id, venue: each.venue, counterSymbol: 'X', usdE8, depthUsdE8: weaker * 100n }
}

describe('measurePoolPrice', () => {
  it('finds the middle and the depth of a pair', () => {
    const view = measurePoolPrice(v2('p', 10n ** 13n), coin, other)
    expect(view?.rate).toBeCloseTo(1, 6)
    // Buying x * s moves the average price by s; the input for it is x * s / ((1 - s) * gamma).
    expect(Number(view?.depth.token) / 0.005e13).toBeCloseTo(1, 5)
    expect(Number(view?.depth.counter) / 0.005e13).toBeCloseTo(1, 5)
  })
})

describe('a pool whose other coin has left its peg', () => {
  const against = (price: number, atPar: number): PoolPrice => ({
    ...pool('a', price, 900_000),
    atParUsdE8: usd(atPar),
  })
  const reading = (pools: readonly PoolPrice[], own: number, isStale = false) =>
    measurePeg(settleByFeed(pools, feed(own, isStale)), feed(own, isStale), usd(1))

  it('does not ring for the coin that kept it, whether the pool has followed or not', () => {
    expect(reading([against(0.97, 1)], 1).deviationBps).toBe(0)
    expect(reading([against(1, 1.0309)], 1).deviationBps).toBe(0)
  })

  it('rings for the coin that fell with it, or by itself', () => {
    expect(reading([against(0.97, 1)], 0.97)).toMatchObject({ deviationBps: -300, from: 'pools' })
    expect(reading([against(0.9, 0.93)], 1).outside).toBe(100)
  })

  it('is told by no stale feed', () => {
    expect(reading([against(0.97, 1)], 1, true).deviationBps).toBe(-300)
  })
})

describe('a thin pool that somebody pushes', () => {
  it('raises no alarm, alone or beside a deep one', () => {
    let alarms = 0
    let pushes = 0
    const numRuns = runs(1_000)
    fc.assert(
      fc.property(
        fc.bigInt({ min: 10n ** 6n, max: 10n ** 12n }),
        fc.bigInt({ min: 1n, max: 10n ** 18n }),
        fc.boolean(),
        fc.boolean(),
        (reserve, push, sells, isAlone) => {
          pushes += 1
          const thin = v2('thin', reserve)
          const [from, to] = sells ? [0, 1] : [1, 0]
          const quote = thin.quoteExactIn(from, to, push)
          const pushed = quote.complete ? thin.afterSwap(from, to, quote.amountIn) : thin
          const pools = isAlone ? [pushed] : [pushed, v2('deep', 10n ** 14n)]
          const reading = measurePeg(pools.map(toPrice), undefined, usd(1))
          const seen = {
            ...(reading.deviationBps === undefined ? {} : { deviationBps: reading.deviationBps }),
          }
          if (judgeAlert({ kind: 'peg', bps: 25 }, false, seen) === 'raise') alarms += 1
        },
      ),
      { numRuns, seed: 8 },
    )
    expect(pushes).toBe(numRuns)
    expect(alarms).toBe(0)
  })

  it('is heard once it is deep: the floor is no blindfold', () => {
    const deep = v2('deep', 10n ** 14n)
    const moved = deep.afterSwap(0, 1, 10n ** 12n)
    const reading = measurePeg([toPrice(moved)], undefined, usd(1))
    expect(reading.depthUsdE8).toBeGreaterThan(depthFloorUsdE8)
    expect(reading.outside).toBe(100)
  })
})

describe('judgeAlert', () => {
  it('is raised by the first sample beyond the limit, once, and cleared well within it', () => {
    const rule = { kind: 'peg', bps: 50 } as const
    let isRaised = false
    const heard: string[] = []
    for (const deviationBps of [-3, -50, -51, -300, -1200, -49, -30, -25, -4, 60]) {
      const judgement = judgeAlert(rule, isRaised, { deviationBps })
      if (judgement !== 'keep') heard.push(`${judgement} ${deviationBps}`)
      isRaised = judgement === 'raise' || (isRaised && judgement !== 'clear')
    }
    expect(heard).toEqual(['raise -51', 'clear -25', 'raise 60'])
  })

  it('changes nothing by what could not be read', () => {
    expect(judgeAlert({ kind: 'peg', bps: 50 }, true, {})).toBe('keep')
    expect(judgeAlert({ kind: 'freeze' }, false, {})).toBe('keep')
  })

  it('watches depth and freezing', () => {
    const rule = { kind: 'depth', minimumUsdE8: usd(1_000_000) } as const
    expect(judgeAlert(rule, false, { depthUsdE8: usd(999_999) })).toBe('raise')
    expect(judgeAlert(rule, true, { depthUsdE8: usd(1_100_000) })).toBe('keep')
    expect(judgeAlert(rule, true, { depthUsdE8: usd(1_200_000) })).toBe('clear')
    expect(judgeAlert({ kind: 'freeze' }, false, { isFrozen: true })).toBe('raise')
    expect(judgeAlert({ kind: 'freeze' }, true, { isFrozen: false })).toBe('clear')
  })
})

it('counts time outside of the bands, and none while nobody looked', () => {
  const minute = 60_000
  const samples = [
    { atMs: 0, deviationBps: 0 },
    { atMs: 5 * minute, deviationBps: -30 },
    { atMs: 10 * minute, deviationBps: 120 },
    { atMs: 600 * minute, deviationBps: -10 },
  ]
  expect(measureTimeOutside(samples, 605 * minute)).toEqual({
    watchedMs: 30 * minute,
    bands: [
      { bandBps: 25, outsideMs: 20 * minute },
      { bandBps: 50, outsideMs: 15 * minute },
      { bandBps: 100, outsideMs: 15 * minute },
    ],
  })
})
