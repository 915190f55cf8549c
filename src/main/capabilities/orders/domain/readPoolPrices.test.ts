import { describe, expect, it } from 'vitest'
import type { OrderSide } from '../../../../shared/contract/orders.ts'
import type { Address } from '../../../../shared/identity/identity.ts'
import type { Token } from '../../../../shared/identity/token.ts'
import { createUniswapV2Pool } from '../../router/index.ts'
import { createMarket, type SwapVenues } from '../../swaps/index.ts'
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
const venues: SwapVenues = {
  chainId: 1 as SwapVenues['chainId'],
  wrappedNative: '0x00000000000000000000000000000000000000ee',
  permit2: '0x0000000000000000000000000000000000000001',
  universalRouter: '0x0000000000000000000000000000000000000002',
  connectors: [],
  relays: [],
  publicRouters: [],
  publicChannel: 'mempool',
}
const baseUnit = 10n ** 18n
const quoteUnit = 10n ** 6n

/** Pools of so many whole tokens of either, as those of a coin and a stablecoin. */
function marketOf(...reserves: (readonly [base: bigint, quote: bigint])[]) {
  return createMarket(
    reserves.map(([ofBase, ofQuote], index) => {
      const address: Address = `0x${String(index + 1).padStart(40, '0')}`
      const pool = createUniswapV2Pool({
        id: address,
        venue: 'uniswapV2',
        tokens: [poolTokenOf(base), poolTokenOf(quote)],
        reserves: [ofBase * baseUnit, ofQuote * quoteUnit],
      })
      return { pool, key: { venue: 'uniswapV2', address, feePips: 3000, tickSpacing: 0 } }
    }),
    venues,
  )
}
const sale = (size: bigint) => ({ side: 'sell' as OrderSide, size })
const purchase = (size: bigint) => ({ side: 'buy' as OrderSide, size })
const askedFor = (market: ReturnType<typeof marketOf>, ...orders: { side: OrderSide; size: bigint }[]) =>
  readPoolPrices(market, base, quote, orders).map(({ poolId }) => Number(poolId))

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
})
