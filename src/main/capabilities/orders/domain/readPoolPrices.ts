import type { OrderPrice, OrderSide } from '../../../../shared/contract/orders.ts'
import type { Address } from '../../../../shared/identity/identity.ts'
import type { Token } from '../../../../shared/identity/token.ts'
import { largerOf } from '../../../../shared/money/smallerOf.ts'
import { reducePrice } from '../../orderbook/index.ts'
import type { Market } from '../../swaps/index.ts'
import type { PlannedLeg } from './OrderRecord.ts'
import { poolTokenOf } from './poolTokenOf.ts'

export interface PoolPrice {
  readonly poolId: string
  readonly price: OrderPrice
}

/** The median of three is right while one of them lies. */
const mostPools = 3
/** Pools with less than this share of the deepest one's liquidity are cheap to move, and are not asked. */
const leastShare = 10n
/** What a pool is asked for its depth: so many times the largest order, and no less than as many whole tokens. */
const probeFactor = 16n
const fractionBits = 60

/**
 * The prices, without fee, of the deepest pools that join two tokens directly, the deepest first.
 *
 * @param legs whose triggers the prices may fire. What a pool gives for many times the largest of them is its depth, so
 * that moving it costs more than they are worth.
 */
export function readPoolPrices(
  market: Market,
  base: Token,
  quote: Token,
  legs: readonly Pick<PlannedLeg, 'side' | 'size'>[],
): PoolPrice[] {
  const [bases, quotes] = [aliasesOf(market, poolTokenOf(base)), aliasesOf(market, poolTokenOf(quote))]
  const probes = { sell: probeOf(legs, 'sell', base), buy: probeOf(legs, 'buy', quote) }
  const found: MeasuredPool[] = []
  for (const { pool, key } of market.pools.values()) {
    if (key.venue === 'weth') continue
    const from = pool.tokens.findIndex((token) => bases.includes(token))
    const to = pool.tokens.findIndex((token) => quotes.includes(token))
    if (from < 0 || to < 0 || from === to) continue
    const curve = pool.curve(from, to)
    const price = curve && toRatio(Math.exp(curve.logRate) / curve.keep)
    const depths = [
      ...(probes.sell ? [pool.quoteExactIn(from, to, probes.sell).amountOut] : []),
      ...(probes.buy ? [pool.quoteExactIn(to, from, probes.buy).amountOut] : []),
    ]
    if (price && depths.every((depth) => depth > 0n)) found.push({ poolId: pool.id, price, depths })
  }
  const deepest = (found[0]?.depths ?? []).map((_, side) =>
    found.reduce((most, { depths }) => largerOf(most, depths[side] ?? 0n), 0n),
  )
  return found
    .filter(({ depths }) => deepest.every((most, side) => (depths[side] ?? 0n) * leastShare >= most))
    .sort(byDepth)
    .slice(0, mostPools)
    .map(({ poolId, price }) => ({ poolId, price }))
}

/** A pool's price with what it gives for the probe of each side that was asked for. */
interface MeasuredPool extends PoolPrice {
  readonly depths: readonly bigint[]
}

function byDepth(a: MeasuredPool, b: MeasuredPool): number {
  const [ofA = 0n, ofB = 0n] = [a.depths[0], b.depths[0]]
  return ofA > ofB ? -1 : ofA < ofB ? 1 : a.poolId < b.poolId ? -1 : 1
}

/** What pools are asked for on a side, in the token given there; `undefined` where nothing acts on it. */
function probeOf(
  legs: readonly Pick<PlannedLeg, 'side' | 'size'>[],
  side: OrderSide,
  { decimals }: Token,
): bigint | undefined {
  const sizes = legs.filter((leg) => leg.side === side).map(({ size }) => size)
  if (sizes.length === 0) return undefined
  return sizes.reduce(largerOf, 10n ** BigInt(decimals)) * probeFactor
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
