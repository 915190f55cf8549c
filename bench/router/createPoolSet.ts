import type { BalancerStableState } from '../../src/main/capabilities/router/domain/pools/balancerStable.ts'
import { createBalancerStablePool } from '../../src/main/capabilities/router/domain/pools/balancerStable.ts'
import {
  MAX_TICK,
  tickAtSqrtPrice,
} from '../../src/main/capabilities/router/domain/pools/concentrated/tickMath.ts'
import type { Pool } from '../../src/main/capabilities/router/domain/pools/Pool.ts'
import {
  createUniswapV2Pool,
  type UniswapV2State,
} from '../../src/main/capabilities/router/domain/pools/uniswapV2.ts'
import {
  createUniswapV3Pool,
  type UniswapV3State,
} from '../../src/main/capabilities/router/domain/pools/uniswapV3.ts'
import { createRandom, type Random } from './random.ts'

export type PoolMix = 'v2' | 'mixed' | 'stable'

export interface BenchToken {
  readonly id: string
  readonly symbol: string
  readonly decimals: number
  /** US dollars a whole token, at which all pools agree but for noise within their fees. */
  readonly usd: number
  readonly isStable: boolean
}

/** A pool in plain numbers, from which every router builds its own. */
export type PoolSpec =
  | { readonly kind: 'v2'; readonly state: UniswapV2State }
  | { readonly kind: 'v3'; readonly state: UniswapV3State }
  | { readonly kind: 'stable'; readonly state: BalancerStableState }

export interface BenchQuery {
  readonly tokenIn: BenchToken
  readonly tokenOut: BenchToken
  readonly amountIn: bigint
}

export interface PoolSet {
  readonly name: string
  readonly mix: PoolMix
  readonly tokens: readonly BenchToken[]
  readonly specs: readonly PoolSpec[]
  readonly pools: readonly Pool[]
  readonly queries: readonly BenchQuery[]
}

/** What the routers call wrapped ether in gas conversions. */
export const ETHER_USD = 3_500

/** Some routers know wrapped ether by its address and refuse to price gas without it. */
const WRAPPED_ETHER = '0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2'

const TIERS = [
  { fee: 100, spacing: 1 },
  { fee: 500, spacing: 10 },
  { fee: 3_000, spacing: 60 },
  { fee: 10_000, spacing: 200 },
] as const

/**
 * Makes a set of pools as chains have them: a few tokens that most pools share, depths over three orders of magnitude, several
 * pools a pair, prices that agree to within the fees, V3 liquidity in overlapping positions around the price.
 */
export function createPoolSet(mix: PoolMix, poolCount: number, queryCount: number, seed: number): PoolSet {
  const random = createRandom(seed)
  const tokens = createTokens(random, Math.max(8, Math.round(poolCount ** 0.78)))
  const hubs = tokens.slice(0, 5)
  const specs: PoolSpec[] = []
  const pairs = new Set<string>()
  for (let index = 0; index < poolCount; index += 1) {
    const [a, b] =
      index < tokens.length - 1 ? attach(random, tokens, hubs, index + 1) : choosePair(random, tokens, hubs)
    const id = `0x9${(index + 1).toString(16).padStart(39, '0')}`
    const stablePair = a.isStable && b.isStable
    if (mix === 'stable' && stablePair && random.next() < 0.5) specs.push(stableSpec(random, id, tokens))
    else if (mix === 'v2' || random.next() < 0.45) specs.push(v2Spec(random, id, a, b))
    else {
      const spec = v3Spec(random, id, a, b)
      const key = `${spec.state.tokens.join()}:${spec.state.feePips}`
      // A V3 factory has one pool for a pair and a tier.
      if (pairs.has(key)) specs.push(v2Spec(random, id, a, b))
      else specs.push(spec)
      pairs.add(key)
    }
  }
  const pools = specs.map(toPool)
  return {
    name: `${mix} ${poolCount}`,
    mix,
    tokens,
    specs,
    pools,
    queries: createQueries(random, tokens, specs, queryCount),
  }
}

export function toPool(spec: PoolSpec): Pool {
  if (spec.kind === 'v2') return createUniswapV2Pool(spec.state)
  return spec.kind === 'v3' ? createUniswapV3Pool(spec.state) : createBalancerStablePool(spec.state)
}

function createTokens(random: Random, count: number): BenchToken[] {
  const known = [
    { symbol: 'WETH', decimals: 18, usd: ETHER_USD, isStable: false },
    { symbol: 'USDC', decimals: 6, usd: 1, isStable: true },
    { symbol: 'USDT', decimals: 6, usd: 1, isStable: true },
    { symbol: 'DAI', decimals: 18, usd: 1, isStable: true },
    { symbol: 'WBTC', decimals: 8, usd: 100_000, isStable: false },
  ]
  return Array.from({ length: count }, (_, index) => {
    const drawn = `0x${Math.floor(random.next() * 2 ** 48)
      .toString(16)
      .padStart(14, '1')}${index.toString(16).padStart(26, '0')}`
    const id = index === 0 ? WRAPPED_ETHER : drawn
    return {
      id,
      ...(known[index] ?? {
        symbol: `T${index}`,
        decimals: random.pick([18, 18, 18, 18, 9, 8, 6]),
        usd: random.logBetween(0.001, 2_000),
        isStable: false,
      }),
    }
  })
}

function attach(
  random: Random,
  tokens: readonly BenchToken[],
  hubs: readonly BenchToken[],
  index: number,
): [BenchToken, BenchToken] {
  const token = tokens[index]
  if (token === undefined) throw new Error(`No token ${index}`)
  // A few tokens hang on others than the hubs, so that some routes need three or four hops.
  const others =
    index > 8 && random.next() < 0.12 ? tokens.slice(5, index) : hubs.slice(0, Math.min(index, 5))
  return [token, random.pick(others)]
}

function choosePair(
  random: Random,
  tokens: readonly BenchToken[],
  hubs: readonly BenchToken[],
): [BenchToken, BenchToken] {
  const shape = random.next()
  const a = shape < 0.25 ? random.pick(hubs) : random.pick(tokens)
  const b = shape < 0.88 ? random.pick(hubs) : random.pick(tokens)
  return a === b ? choosePair(random, tokens, hubs) : [a, b]
}

function ordered(a: BenchToken, b: BenchToken): [BenchToken, BenchToken] {
  return a.id < b.id ? [a, b] : [b, a]
}

/** Units of a token worth so many dollars. */
export function unitsWorth(token: BenchToken, dollars: number): bigint {
  return (
    BigInt(Math.max(1, Math.round((dollars / token.usd) * 10 ** Math.min(token.decimals, 12)))) *
    10n ** BigInt(Math.max(0, token.decimals - 12))
  )
}

function depthOf(random: Random): number {
  return Math.exp(Math.log(1_000_000) + 1.7 * random.normal())
}

function v2Spec(random: Random, id: string, a: BenchToken, b: BenchToken): PoolSpec & { kind: 'v2' } {
  const [token0, token1] = ordered(a, b)
  const depth = depthOf(random)
  const noise = Math.exp(random.between(-0.0012, 0.0012))
  return {
    kind: 'v2',
    state: {
      id,
      venue: 'uniswap-v2',
      tokens: [token0.id, token1.id],
      reserves: [unitsWorth(token0, depth * noise), unitsWorth(token1, depth / noise)],
    },
  }
}

function v3Spec(random: Random, id: string, a: BenchToken, b: BenchToken): PoolSpec & { kind: 'v3' } {
  const [token0, token1] = ordered(a, b)
  const stablePair = a.isStable && b.isStable
  const tier = stablePair ? random.pick(TIERS.slice(0, 2)) : random.pick(TIERS.slice(1))
  const noise = Math.exp((random.between(-0.4, 0.4) * tier.fee) / 1e6)
  const price = ((token0.usd / token1.usd) * 10 ** token1.decimals * noise) / 10 ** token0.decimals
  const sqrtPrice = Math.sqrt(price)
  const sqrtPriceX96 = BigInt(Math.floor(sqrtPrice * 2 ** 60)) << 36n
  const tick = tickAtSqrtPrice(sqrtPriceX96)
  const depth = depthOf(random)
  const net = new Map<number, bigint>()
  let liquidity = 0n
  const widest = Math.floor(MAX_TICK / tier.spacing) * tier.spacing
  const add = (below: number, above: number, dollars: number) => {
    const lower = Math.max(-widest, Math.floor((tick - below) / tier.spacing) * tier.spacing)
    const upper = Math.min(
      widest,
      Math.max(lower + tier.spacing, Math.ceil((tick + above) / tier.spacing) * tier.spacing),
    )
    const width = Math.min(upper - lower, 40_000) / 20_000
    // Liquidity of a position worth so much on each side, from its width around the price.
    const perSide = (dollars / token1.usd) * 10 ** token1.decimals
    const amount = BigInt(Math.max(1, Math.floor(perSide / sqrtPrice / (1 - Math.exp(-width / 2)))))
    net.set(lower, (net.get(lower) ?? 0n) + amount)
    net.set(upper, (net.get(upper) ?? 0n) - amount)
    if (lower <= tick && tick < upper) liquidity += amount
  }
  add(2 * widest, 2 * widest, depth * 0.1)
  const positions = Math.floor(random.between(8, 40))
  const scale = stablePair ? 40 : 3_000
  for (let position = 0; position < positions; position += 1) {
    const centre = random.normal() * scale * 0.4
    const half = random.logBetween(tier.spacing, scale * 2)
    add(half - centre, half + centre, (depth * random.between(0.3, 1.7)) / positions)
  }
  const ticks = [...net]
    .filter(([, liquidityNet]) => liquidityNet !== 0n)
    .sort(([tickA], [tickB]) => tickA - tickB)
    .map(([at, liquidityNet]) => ({ tick: at, liquidityNet }))
  return {
    kind: 'v3',
    state: {
      id,
      venue: 'uniswap-v3',
      tokens: [token0.id, token1.id],
      feePips: tier.fee,
      tickSpacing: tier.spacing,
      sqrtPriceX96,
      tick,
      liquidity,
      ticks,
    },
  }
}

function stableSpec(
  random: Random,
  id: string,
  tokens: readonly BenchToken[],
): PoolSpec & { kind: 'stable' } {
  const stables = tokens.filter(({ isStable }) => isStable)
  const held = random.next() < 0.5 ? stables : stables.filter((token) => token !== random.pick(stables))
  const members = held.length < 2 ? stables : held
  const depth = depthOf(random) * 3
  return {
    kind: 'stable',
    state: {
      id,
      venue: 'balancer-v2',
      tokens: members.map((token) => token.id),
      balances: members.map((token) => unitsWorth(token, depth * random.between(0.95, 1.05))),
      decimals: members.map((token) => token.decimals),
      amplificationE3: BigInt(Math.round(random.logBetween(200, 2_000))) * 1_000n,
      feeE18: 10n ** 14n * 4n,
    },
  }
}

function createQueries(
  random: Random,
  tokens: readonly BenchToken[],
  specs: readonly PoolSpec[],
  count: number,
): BenchQuery[] {
  const degree = new Map<string, number>()
  for (const { state } of specs) for (const id of state.tokens) degree.set(id, (degree.get(id) ?? 0) + 1)
  const traded = tokens.filter(({ id }) => degree.has(id))
  return Array.from({ length: count }, () => {
    const tokenIn = random.next() < 0.5 ? random.pick(tokens.slice(0, 5)) : random.pick(traded)
    let tokenOut = random.pick(traded)
    while (tokenOut === tokenIn) tokenOut = random.pick(traded)
    return { tokenIn, tokenOut, amountIn: unitsWorth(tokenIn, random.logBetween(200, 200_000)) }
  })
}
