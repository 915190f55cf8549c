import { describe, expect, it } from 'vitest'
import type { OrderSide } from '../../../../shared/contract/orders.ts'
import type { Address } from '../../../../shared/identity/identity.ts'
import type { Token } from '../../../../shared/identity/token.ts'
import { createBalancerStablePool, createUniswapV2Pool } from '../../router/index.ts'
import { createMarket, type SwapVenues } from '../../swaps/index.ts'
import { bareVenues } from '../testing/searchHere.ts'
import { poolTokenOf } from './poolTokenOf.ts'
import { readPoolPrices } from './readPoolPrices.ts'

const tokenAt = (address: Address, decimals: number): Token => ({
  ref: { chainId: 1 as SwapVenues['chainId'], address },
  symbol: 'T',
  name: 'Token',
  decimals,
  assetClass: 'token',
  source: 'list',
})
const base = tokenAt('0x00000000000000000000000000000000000000aa', 18)
const quote = tokenAt('0x00000000000000000000000000000000000000bb', 6)
/** A coin, in which both of the others have pools. */
const middle = tokenAt('0x00000000000000000000000000000000000000cc', 18)
const venues: SwapVenues = { ...bareVenues, connectors: [middle.ref.address as Address] }
const baseUnit = 10n ** 18n
const quoteUnit = 10n ** 6n
const unitOf = ({ decimals }: Token) => 10n ** BigInt(decimals)

/** A pool of so many whole tokens of either; what it is called follows from its place in the market. */
type PoolDraft = readonly [a: bigint, b: bigint, tokenA?: Token, tokenB?: Token]

function marketOf(...drafts: readonly PoolDraft[]) {
  return createMarket(
    drafts.map(([ofA, ofB, a = base, b = quote], index) => {
      const address: Address = `0x${String(index + 1).padStart(40, '0')}`
      const pool = createUniswapV2Pool({
        id: address,
        venue: 'uniswapV2',
        tokens: [poolTokenOf(a), poolTokenOf(b)],
        reserves: [ofA * unitOf(a), ofB * unitOf(b)],
      })
      return { pool, key: { venue: 'uniswapV2', address, feePips: 3000, tickSpacing: 0 } }
    }),
    venues,
  )
}
const sale = (size: bigint) => ({ side: 'sell' as OrderSide, size })
const purchase = (size: bigint) => ({ side: 'buy' as OrderSide, size })
const askedFor = (market: ReturnType<typeof marketOf>, ...orders: { side: OrderSide; size: bigint }[]) =>
  readPoolPrices(market, base, quote, orders).map(({ source }) => Number(source))

describe('readPoolPrices', () => {
  const deep = [10_000n, 35_000_000n] as const
  /** Pays more than the deep one on either side, for as long as next to nothing is traded. */
  const shallowForSellers = [10n, 35_700n] as const
  const shallowForBuyers = [10n, 34_300n] as const

  it('gives the deepest pools that join the two directly, the deepest first', () => {
    const market = marketOf([4_000n, 14_000_000n], deep, [9_000n, 31_500_000n], [8_000n, 28_000_000n])
    expect(askedFor(market, sale(100n * baseUnit))).toEqual([2, 3, 4])
    expect(askedFor(market, purchase(350_000n * quoteUnit))).toEqual([2, 3, 4])
  })

  it('finds a pool for an order that pays little, in a token of few decimals', () => {
    expect(askedFor(marketOf(deep), purchase(200n * quoteUnit))).toEqual([1])
    expect(askedFor(marketOf(deep), purchase(1n))).toEqual([1])
    expect(askedFor(marketOf(deep), sale(1n))).toEqual([1])
  })

  it('does not ask a pool that is cheap to move against what orders pay, whatever it offers for little', () => {
    const market = marketOf(deep, shallowForSellers, shallowForBuyers)
    expect(askedFor(market, purchase(100_000n * quoteUnit))).toEqual([1])
    expect(askedFor(market, sale(30n * baseUnit))).toEqual([1])
    // One large order is enough, also among small ones of the other side.
    expect(askedFor(market, sale(baseUnit / 100n), purchase(100_000n * quoteUnit))).toEqual([1])
  })

  describe('of tokens that meet only in another one', () => {
    const dear = (ofBase: bigint, perBase: bigint): PoolDraft => [ofBase, ofBase * perBase, base, middle]
    const cheap = (ofMiddle: bigint, perMiddle: bigint): PoolDraft => [
      ofMiddle,
      ofMiddle * perMiddle,
      middle,
      quote,
    ]
    const pricesFor = (market: ReturnType<typeof marketOf>, ...orders: { side: OrderSide; size: bigint }[]) =>
      readPoolPrices(market, base, quote, orders).map(
        ({ price }) => (Number(price.quote) / Number(price.base)) * 1e12,
      )

    it('is the product of both prices, whichever side acts', () => {
      const market = marketOf(dear(100_000n, 2n), cheap(50_000n, 3_000n))
      for (const order of [sale(baseUnit), purchase(200n * quoteUnit), purchase(1n)]) {
        const [price, ...others] = pricesFor(market, order)
        expect(price).toBeCloseTo(6_000, 8)
        expect(others).toEqual([])
      }
    })

    it('has no pool in two prices, so that one that lies is one of three', () => {
      const market = marketOf(
        ...[dear(100_000n, 2n), dear(90_000n, 2n), dear(80_000n, 3n)],
        ...[cheap(50_000n, 3_000n), cheap(45_000n, 3_000n), cheap(40_000n, 3_000n)],
      )
      const prices = pricesFor(market, sale(baseUnit), purchase(100n * quoteUnit))
      expect(prices).toHaveLength(3)
      expect([...prices].sort((a, b) => a - b)[1]).toBeCloseTo(6_000, 6)
    })

    it('counts a pool of several tokens once, through whichever of them it is reached', () => {
      const other = tokenAt('0x00000000000000000000000000000000000000dd', 18)
      const both = { ...venues, connectors: [middle, other].map(({ ref }) => ref.address as Address) }
      const shared = createBalancerStablePool({
        id: '0x00000000000000000000000000000000000000ff',
        venue: 'balancer',
        tokens: [middle, other, quote].map(poolTokenOf),
        balances: [10_000_000n * baseUnit, 10_000_000n * baseUnit, 10_000_000n * quoteUnit],
        decimals: [18, 18, 6],
        amplificationE3: 200_000n,
        feeE18: 4n * 10n ** 14n,
      })
      const entries = [...marketOf(dear(100_000n, 2n), [100_000n, 200_000n, base, other]).pools.values()]
      const key = { venue: 'balancer', vault: shared.id, poolId: shared.id } as never
      const market = createMarket([...entries, { pool: shared, key }], both)
      expect(pricesFor(market, sale(baseUnit), purchase(100n * quoteUnit))).toHaveLength(1)
    })

    it('is left out where half of the way is cheap to move', () => {
      const market = marketOf(dear(100_000n, 2n), cheap(50_000n, 3_000n), cheap(50n, 3_300n))
      expect(pricesFor(market, sale(100n * baseUnit)).map(Math.round)).toEqual([6_000])
    })

    it('is not for a pool to tell that somebody opens between the two', () => {
      // Pretending a fall to who sells, and a rise to who buys.
      for (const [price, order] of [
        [3_000n, sale(baseUnit)],
        [12_000n, purchase(6_000n * quoteUnit)],
      ] as const) {
        const market = marketOf([1n, price], dear(100_000n, 2n), cheap(50_000n, 3_000n))
        expect(pricesFor(market, order).map(Math.round)).toEqual([6_000])
      }
      // A pool that is deep itself needs no detour.
      const deepOne = marketOf([20_000n, 126_000_000n], dear(100_000n, 2n), cheap(50_000n, 3_000n))
      expect(pricesFor(deepOne, sale(baseUnit)).map(Math.round)).toEqual([6_300])
    })
  })
})
