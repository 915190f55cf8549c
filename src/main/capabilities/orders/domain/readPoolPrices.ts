import type { OrderPrice, OrderSide } from '../../../../shared/contract/orders.ts'
import type { Address } from '../../../../shared/identity/identity.ts'
import type { Token } from '../../../../shared/identity/token.ts'
import { largerOf } from '../../../../shared/money/smallerOf.ts'
import { reducePrice } from '../../orderbook/index.ts'
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

/** A rate without fee, with what came of the probe. */
interface Way {
  readonly source: string
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
  return (way && (!detour || isAsDeep(way, detour)) ? direct : detours).flatMap(({ source, rate }) => {
    const price = toRatio(rate)
    return price ? [{ source: source.slice(0, sourceLength), price }] : []
  })
}

/** The deepest pools between two tokens. */
function measurePools(market: Market, base: Address, quote: Address, { sold, paid }: Probe): Way[] {
  return pickDeepest(
    listPools(market, base, quote).flatMap(({ pool, from, to }) => {
      const curve = pool.curve(from, to)
      if (!curve) return []
      const depths = [
        ...(sold === undefined ? [] : [pool.quoteExactIn(from, to, sold).amountOut]),
        ...(paid === undefined ? [] : [pool.quoteExactIn(to, from, paid).amountOut]),
      ]
      return [{ source: pool.id, rate: Math.exp(curve.logRate) / curve.keep, depths }]
    }),
  )
}

/** Ways of two pools each. What the one of them would give for the probe is what the other is asked. */
function measureDetours(market: Market, base: Address, quote: Address, { sold, paid }: Probe): Way[] {
  const ends = [...aliasesOf(market, base), ...aliasesOf(market, quote)]
  const { wrappedNative, connectors } = market.venues
  const between = new Set([wrappedNative, ...connectors].map((token) => token.toLowerCase() as Address))
  const ways = [...between].flatMap((middle) => {
    if (ends.includes(middle)) return []
    const resold = sold && bestOutput(market, base, middle, sold)
    const repaid = paid && bestOutput(market, quote, middle, paid)
    if (resold === 0n || repaid === 0n) return []
    const first = measurePools(market, base, middle, { sold, paid: repaid })
    const second = measurePools(market, middle, quote, { sold: resold, paid })
    return first.flatMap((way, index): Way[] => {
      const next = second[index]
      if (!next) return []
      const source = [way, next].map((each) => each.source.slice(0, sourceLength / 2 - 1)).join('+')
      const depths = [
        ...(sold === undefined ? [] : next.depths.slice(0, 1)),
        ...(paid === undefined ? [] : way.depths.slice(-1)),
      ]
      return [{ source, rate: way.rate * next.rate, depths }]
    })
  })
  return pickDeepest(ways)
}

/** Those that are as deep on every side as the deepest there. */
function pickDeepest(ways: readonly Way[]): Way[] {
  const found = ways.filter(({ depths }) => depths.every((depth) => depth > 0n))
  const depths = (found[0]?.depths ?? []).map((_, side) =>
    found.reduce((most, way) => largerOf(most, way.depths[side] ?? 0n), 0n),
  )
  return found
    .filter((way) => isAsDeep(way, { depths }))
    .sort((a, b) => {
      const [ofA = 0n, ofB = 0n] = [a.depths[0], b.depths[0]]
      return ofA > ofB ? -1 : ofA < ofB ? 1 : a.source < b.source ? -1 : 1
    })
    .slice(0, mostSources)
}

/** Whether a way is as deep as another on every side, but for `leastShare`. */
function isAsDeep(way: Pick<Way, 'depths'>, than: Pick<Way, 'depths'>): boolean {
  return than.depths.every((most, side) => (way.depths[side] ?? 0n) * leastShare >= most)
}

function bestOutput(market: Market, give: Address, get: Address, amount: bigint): bigint {
  return listPools(market, give, get)
    .map(({ pool, from, to }) => pool.quoteExactIn(from, to, amount).amountOut)
    .reduce(largerOf, 0n)
}

function listPools(market: Market, base: Address, quote: Address) {
  const [bases, quotes] = [aliasesOf(market, base), aliasesOf(market, quote)]
  return [...market.pools.values()].flatMap(({ pool, key }) => {
    if (key.venue === 'weth') return []
    const from = pool.tokens.findIndex((token) => bases.includes(token))
    const to = pool.tokens.findIndex((token) => quotes.includes(token))
    return from < 0 || to < 0 || from === to ? [] : [{ pool, from, to }]
  })
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
