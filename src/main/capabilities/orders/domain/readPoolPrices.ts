import type { OrderPrice } from '../../../../shared/contract/orders.ts'
import type { Address } from '../../../../shared/identity/identity.ts'
import { reducePrice } from '../../orderbook/index.ts'
import type { Market } from '../../swaps/index.ts'

export interface PoolPrice {
  readonly poolId: string
  readonly price: OrderPrice
}

/** The median of three is right while one of them lies. */
const mostPools = 3
/** Pools with less than this share of the deepest one's liquidity are cheap to move, and are not asked. */
const leastShare = 10n
const fractionBits = 60

/**
 * The prices, without fee, of the deepest pools that join two tokens directly, the deepest first.
 *
 * @param probe an amount of the base token that is large against the orders: what a pool pays for it is its depth.
 */
export function readPoolPrices(market: Market, base: Address, quote: Address, probe: bigint): PoolPrice[] {
  const [bases, quotes] = [aliasesOf(market, base), aliasesOf(market, quote)]
  const found: (PoolPrice & { readonly depth: bigint })[] = []
  for (const { pool, key } of market.pools.values()) {
    if (key.venue === 'weth') continue
    const from = pool.tokens.findIndex((token) => bases.includes(token))
    const to = pool.tokens.findIndex((token) => quotes.includes(token))
    if (from < 0 || to < 0 || from === to) continue
    const curve = pool.curve(from, to)
    const price = curve && toRatio(Math.exp(curve.logRate) / curve.keep)
    const depth = pool.quoteExactIn(from, to, probe).amountOut
    if (price && depth > 0n) found.push({ poolId: pool.id, price, depth })
  }
  found.sort((a, b) => (a.depth > b.depth ? -1 : a.depth < b.depth ? 1 : a.poolId < b.poolId ? -1 : 1))
  const deepest = found[0]?.depth ?? 0n
  return found
    .filter(({ depth }) => depth * leastShare >= deepest)
    .slice(0, mostPools)
    .map(({ poolId, price }) => ({ poolId, price }))
}

/** Coin and wrapped coin are the same money. */
function aliasesOf({ venues }: Market, token: Address): readonly string[] {
  const coin = '0x0000000000000000000000000000000000000000'
  const wrapped = venues.wrappedNative.toLowerCase()
  const own = token.toLowerCase()
  return own === coin || own === wrapped ? [coin, wrapped] : [own]
}

/** The ratio nearest to a rate, to about sixteen digits. */
export function toRatio(rate: number): OrderPrice | undefined {
  if (!(rate > 0) || !Number.isFinite(rate)) return undefined
  const shift = fractionBits - Math.floor(Math.log2(rate))
  const scaled = BigInt(Math.round(rate * 2 ** shift))
  return reducePrice(
    shift >= 0 ? { quote: scaled, base: 1n << BigInt(shift) } : { quote: scaled << BigInt(-shift), base: 1n },
  )
}
