import type { OrderPrice, OrderSide } from '../../../../shared/contract/orders.ts'
import type { Address } from '../../../../shared/identity/identity.ts'
import type { Token } from '../../../../shared/identity/token.ts'
import { largerOf } from '../../../../shared/money/smallerOf.ts'
import { reducePrice } from '../../orderbook/index.ts'
import type { Pool } from '../../router/index.ts'
import type { Market } from '../../swaps/index.ts'
import type { PlannedLeg } from './OrderRecord.ts'
import { poolTokenOf } from './poolTokenOf.ts'

/** What one pool says of a pair, or two pools in a row. */
export interface PoolPrice {
  readonly source: string
  readonly price: OrderPrice
}

/** What pools are asked for their depth: an amount of the base token sold, and one of the quote token paid. */
interface Probe {
  readonly sold: bigint | undefined
  readonly paid: bigint | undefined
}

/** One pool, or two in a row: the rate without fee, and what comes of the probe on each side that is asked. */
interface Way {
  readonly pools: readonly string[]
  readonly rate: number
  readonly depths: readonly bigint[]
}

/** The median of three is right while one of them lies. */
const mostSources = 3
/** Pools with less than this share of the deepest one's liquidity are cheap to move, and are not asked. */
const leastShare = 10n
/** What a pool is asked for its depth: so many times the largest order, and no less than as many whole tokens. */
const probeFactor = 16n
const fractionBits = 60
/** The engine's names are short; a pool's id is up to 32 bytes, of which these tell it apart. */
const sourceLength = 60

/**
 * The prices, without fee, of the deepest pools that join two tokens directly, the deepest first. Where none does, or none
 * that is deep (anybody can open a pool to speak for a pair), those of pools that join them through one of the chain's
 * connectors. No pool stands in two of them.
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
  const probe = { sold: probeOf(legs, 'sell', base), paid: probeOf(legs, 'buy', quote) }
  const [from, to] = [poolTokenOf(base), poolTokenOf(quote)]
  const direct = measurePools(market, from, to, probe)
  const detours = measureDetours(market, from, to, probe)
  const [way, detour] = [direct[0], detours[0]]
  return (way && (!detour || isAsDeep(way, detour)) ? direct : detours).flatMap(({ pools, rate }) => {
    const price = toRatio(rate)
    return price ? [{ source: nameOf(pools), price }] : []
  })
}

/** The deepest pools between two tokens. */
function measurePools(market: Market, base: Address, quote: Address, { sold, paid }: Probe): Way[] {
  const pools = listPools(market, base, quote)
  return pickDeepest(toWays(pools, sell(pools, sold), buy(pools, paid)))
}

/** Ways of two pools each. The most that one half gives for the probe is what the other half is asked. */
function measureDetours(market: Market, base: Address, quote: Address, { sold, paid }: Probe): Way[] {
  const ends = [...aliasesOf(market, base), ...aliasesOf(market, quote)]
  const { wrappedNative, connectors } = market.venues
  const between = new Set([wrappedNative, ...connectors].map((token) => token.toLowerCase() as Address))
  const ways = [...between].flatMap((middle) => {
    if (ends.includes(middle)) return []
    const [near, far] = [listPools(market, base, middle), listPools(market, middle, quote)]
    if (near.length === 0 || far.length === 0) return []
    const [soldNear, paidFar] = [sell(near, sold), buy(far, paid)]
    const first = pickDeepest(toWays(near, soldNear, buy(near, paidFar?.reduce(largerOf))))
    const second = pickDeepest(toWays(far, sell(far, soldNear?.reduce(largerOf)), paidFar))
    return first.flatMap((way, index): Way[] => {
      const next = second[index]
      if (!next) return []
      const depths = [
        ...(sold === undefined ? [] : next.depths.slice(0, 1)),
        ...(paid === undefined ? [] : way.depths.slice(-1)),
      ]
      return [{ pools: [...way.pools, ...next.pools], rate: way.rate * next.rate, depths }]
    })
  })
  return pickDeepest(ways)
}

/** What each pool gives for an amount of the token that it is `from`; `undefined` where nothing is asked. */
function sell(pools: readonly JoiningPool[], amount: bigint | undefined): bigint[] | undefined {
  return amount === undefined
    ? undefined
    : pools.map(({ pool, from, to }) => (amount > 0n ? pool.quoteExactIn(from, to, amount).amountOut : 0n))
}

/** The same in the other direction. */
function buy(pools: readonly JoiningPool[], amount: bigint | undefined): bigint[] | undefined {
  const turned = pools.map(({ pool, from, to }) => ({ pool, from: to, to: from }))
  return sell(turned, amount)
}

function toWays(
  pools: readonly JoiningPool[],
  sold: readonly bigint[] | undefined,
  paid: readonly bigint[] | undefined,
): Way[] {
  return pools.flatMap(({ pool, from, to }, index): Way[] => {
    const curve = pool.curve(from, to)
    if (!curve) return []
    const depths = [sold, paid].flatMap((side) => side?.[index] ?? [])
    return [{ pools: [pool.id], rate: Math.exp(curve.logRate) / curve.keep, depths }]
  })
}

/** Those that are as deep on every side as the deepest there, the deepest first; of those that share a pool the first. */
function pickDeepest(ways: readonly Way[]): Way[] {
  const used = new Set<string>()
  const found = ways.filter(({ depths }) => depths.every((depth) => depth > 0n))
  const depths = (found[0]?.depths ?? []).map((_, side) =>
    found.reduce((most, way) => largerOf(most, way.depths[side] ?? 0n), 0n),
  )
  return found
    .filter((way) => isAsDeep(way, { depths }))
    .sort((a, b) => {
      const [ofA = 0n, ofB = 0n] = [a.depths[0], b.depths[0]]
      return ofA > ofB ? -1 : ofA < ofB ? 1 : a.pools.join() < b.pools.join() ? -1 : 1
    })
    .filter(({ pools }) => {
      const isFree = !pools.some((id) => used.has(id))
      if (isFree) for (const id of pools) used.add(id)
      return isFree
    })
    .slice(0, mostSources)
}

/** Whether a way is as deep as another on every side, but for `leastShare`. */
function isAsDeep(way: Pick<Way, 'depths'>, than: Pick<Way, 'depths'>): boolean {
  return than.depths.every((most, side) => (way.depths[side] ?? 0n) * leastShare >= most)
}

/** A pool with the places of two tokens in it. */
interface JoiningPool {
  readonly pool: Pool
  readonly from: number
  readonly to: number
}

function listPools(market: Market, base: Address, quote: Address): JoiningPool[] {
  const [bases, quotes] = [aliasesOf(market, base), aliasesOf(market, quote)]
  return [...market.pools.values()].flatMap(({ pool, key }) => {
    if (key.venue === 'weth') return []
    const from = pool.tokens.findIndex((token) => bases.includes(token))
    const to = pool.tokens.findIndex((token) => quotes.includes(token))
    return from < 0 || to < 0 || from === to ? [] : [{ pool, from, to }]
  })
}

function nameOf(pools: readonly string[]): string {
  const each = Math.floor(sourceLength / pools.length) - (pools.length - 1)
  return pools.map((id) => id.slice(0, each)).join('+')
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
