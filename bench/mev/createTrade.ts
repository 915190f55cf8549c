import type {
  ExposedLeg,
  ExposedPurchase,
  ExposedSale,
} from '../../src/main/capabilities/mev/domain/sandwich/ExposedTrade.ts'
import { createBalancerWeightedPool } from '../../src/main/capabilities/router/domain/pools/balancerWeighted.ts'
import { tickAtSqrtPrice } from '../../src/main/capabilities/router/domain/pools/concentrated/tickMath.ts'
import {
  createBalancerStablePool,
  createUniswapV2Pool,
  createUniswapV3Pool,
  createUniswapV4Pool,
  type Pool,
} from '../../src/main/capabilities/router/index.ts'
import type { Random } from '../router/random.ts'

export const POOL_KINDS = [
  'uniswapV2',
  'uniswapV3',
  'uniswapV4',
  'balancerStable',
  'balancerWeighted',
] as const
export type PoolKind = (typeof POOL_KINDS)[number]

interface Token {
  readonly id: string
  readonly decimals: number
  readonly usd: number
}

/** A pool that can be rebuilt at another price, as arbitrage would leave it. */
interface PoolSpec {
  readonly kind: PoolKind
  readonly tokenIn: Token
  readonly tokenOut: Token
  readonly depthUsd: number
  build(logMove: number): Pool
}

/** Ways from one token to another that share no pool; a way is one pool after the other. */
export interface TradeSpec {
  readonly sizeUsd: number
  readonly usdIn: number
  readonly decimalsIn: number
  readonly ways: readonly { readonly share: number; readonly pools: readonly PoolSpec[] }[]
  /** The trade at the price that the pools have after a move, as a logarithm; more comes out when it is positive. */
  sale(logMove?: number): ExposedSale | undefined
  purchase(logMove?: number): ExposedPurchase | undefined
}

const FEES_PIPS = [
  { fee: 100, spacing: 1 },
  { fee: 500, spacing: 10 },
  { fee: 3_000, spacing: 60 },
  { fee: 10_000, spacing: 200 },
] as const

export interface TradeChoice {
  readonly kinds?: readonly PoolKind[]
  /** Pools of each way. */
  readonly ways?: readonly number[]
  /** The trade's part of the shallowest way's depth. */
  readonly sizeShare?: number
}

/** A trade over random pools of uneven depth: one pool, chains of up to three, splits of up to three. */
export function createTrade(random: Random, choice: TradeChoice = {}): TradeSpec {
  const kinds = choice.kinds ?? POOL_KINDS
  const ways = choice.ways ?? random.pick([[1], [1], [1], [2], [2], [3], [1, 1], [1, 2], [1, 1, 1]] as const)
  // Stable pools are for coins of one value.
  const onlyStable = kinds.every((kind) => kind === 'balancerStable')
  const tokenIn = createToken(random, 'in', onlyStable)
  const tokenOut = createToken(random, 'out', onlyStable)
  const specs = ways.map((length, way) => {
    const stops = Array.from({ length: length - 1 }, (_, stop) =>
      createToken(random, `via${way}${stop}`, onlyStable),
    )
    const tokens = [tokenIn, ...stops, tokenOut]
    return Array.from({ length }, (_, at) =>
      createPool(random, random.pick(kinds), tokens[at] as Token, tokens[at + 1] as Token, `${way}${at}`),
    )
  })
  const depths = specs.map((pools) => Math.min(...pools.map(({ depthUsd }) => depthUsd)))
  const weights = depths.map((depth) => depth * random.between(0.7, 1.3))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const sizeUsd = Math.min(...depths) * (choice.sizeShare ?? random.logBetween(2e-5, 3e-2)) * ways.length
  const shares = weights.map((weight) => weight / total)
  const { usd: usdIn, decimals: decimalsIn } = tokenIn
  return {
    sizeUsd,
    usdIn,
    decimalsIn,
    ways: specs.map((pools, way) => ({ share: shares[way] as number, pools })),
    sale: (logMove = 0) => sell(specs, shares, units(sizeUsd / usdIn, decimalsIn), logMove),
    purchase: (logMove = 0) => buy(specs, shares, units(sizeUsd / tokenOut.usd, tokenOut.decimals), logMove),
  }
}

function createToken(random: Random, id: string, isCoinOfOneDollar: boolean): Token {
  const kinds = [
    { decimals: 6, usd: 1 },
    { decimals: 18, usd: 1 },
    { decimals: 18, usd: 3_500 },
    { decimals: 8, usd: 97_000 },
    { decimals: 18, usd: 14 },
  ]
  return { id, ...random.pick(isCoinOfOneDollar ? kinds.slice(0, 2) : kinds) }
}

function createPool(
  random: Random,
  wanted: PoolKind,
  tokenIn: Token,
  tokenOut: Token,
  name: string,
): PoolSpec {
  const kind = wanted === 'balancerStable' && tokenIn.usd !== tokenOut.usd ? 'uniswapV2' : wanted
  const depthUsd = random.logBetween(2e5, 2e8)
  const isFlipped = random.next() < 0.5
  const tier = random.pick(FEES_PIPS)
  const identity = { id: `${kind}-${name}`, venue: kind }
  const tokens: readonly [string, string] = isFlipped ? [tokenOut.id, tokenIn.id] : [tokenIn.id, tokenOut.id]
  /** Reserves in the pool's order; a positive move makes the input dearer. */
  const reserves = (logMove: number): [bigint, bigint] => {
    const input = units((depthUsd / 2 / tokenIn.usd) * Math.exp(-logMove / 2), tokenIn.decimals)
    const output = units((depthUsd / 2 / tokenOut.usd) * Math.exp(logMove / 2), tokenOut.decimals)
    return isFlipped ? [output, input] : [input, output]
  }
  const inOrder = <Value>(first: Value, second: Value) => (isFlipped ? [second, first] : [first, second])
  const common = { kind, tokenIn, tokenOut, depthUsd }
  switch (kind) {
    case 'uniswapV2':
      return {
        ...common,
        build: (move) => createUniswapV2Pool({ ...identity, tokens, reserves: reserves(move) }),
      }
    case 'uniswapV3':
    case 'uniswapV4': {
      const positions = createPositions(random, reserves(0), tier.spacing)
      return {
        ...common,
        build(move) {
          const state = concentratedAt(positions, reserves(move), tier.spacing)
          return kind === 'uniswapV3'
            ? createUniswapV3Pool({ ...identity, tokens, feePips: tier.fee, ...state })
            : createUniswapV4Pool({ ...identity, tokens, lpFeePips: tier.fee, ...state })
        },
      }
    }
    case 'balancerStable': {
      // Coins of one currency: the move is a shift of the balances, which hardly moves the price.
      const skew = random.between(0.6, 1.6)
      const feeE18 = 10n ** 14n * BigInt(random.pick([1, 4]))
      const amplificationE3 = BigInt(random.pick([50, 200, 1_000])) * 1000n
      const balance = ({ decimals, usd }: Token, part: number) => units((depthUsd / 2 / usd) * part, decimals)
      return {
        ...common,
        build: (move) =>
          createBalancerStablePool({
            ...identity,
            tokens,
            balances: inOrder(
              balance(tokenIn, skew * Math.exp(-move / 2)),
              balance(tokenOut, Math.exp(move / 2) / skew),
            ),
            decimals: inOrder(tokenIn.decimals, tokenOut.decimals),
            amplificationE3,
            feeE18,
          }),
      }
    }
    case 'balancerWeighted':
      return {
        ...common,
        build: (move) =>
          createBalancerWeightedPool({
            ...identity,
            tokens,
            balances: reserves(move),
            decimals: inOrder(tokenIn.decimals, tokenOut.decimals),
            weightsE18: inOrder(8n * 10n ** 17n, 2n * 10n ** 17n),
            feeE18: 3n * 10n ** 15n,
          }),
      }
  }
}

interface Position {
  readonly lower: number
  readonly upper: number
  readonly liquidity: bigint
}

/** One position over almost everything and several narrower ones, so that a swap meets liquidity in steps. */
function createPositions(
  random: Random,
  [reserve0, reserve1]: readonly [bigint, bigint],
  spacing: number,
): Position[] {
  const whole = BigInt(Math.floor(Math.sqrt(Number(reserve0)) * Math.sqrt(Number(reserve1))))
  const centre = tickAtSqrtPrice(sqrtPriceOf([reserve0, reserve1]))
  const align = (tick: number) => Math.round(tick / spacing) * spacing
  const positions: Position[] = [
    { lower: align(centre - 40_000), upper: align(centre + 40_000), liquidity: whole + 1n },
  ]
  for (let at = 0; at < 6; at += 1) {
    const width = Math.ceil(random.logBetween(20, 4_000) / spacing) * spacing
    const lower = align(centre + random.between(-1.2, 0.2) * width)
    positions.push({
      lower,
      upper: lower + Math.max(width, spacing),
      liquidity: (whole * BigInt(Math.round(random.logBetween(100, 6_000)))) / 1000n + 1n,
    })
  }
  return positions
}

function concentratedAt(
  positions: readonly Position[],
  reserves: readonly [bigint, bigint],
  tickSpacing: number,
) {
  const sqrtPriceX96 = sqrtPriceOf(reserves)
  const tick = tickAtSqrtPrice(sqrtPriceX96)
  const net = new Map<number, bigint>()
  let liquidity = 0n
  for (const position of positions) {
    net.set(position.lower, (net.get(position.lower) ?? 0n) + position.liquidity)
    net.set(position.upper, (net.get(position.upper) ?? 0n) - position.liquidity)
    if (position.lower <= tick && tick < position.upper) liquidity += position.liquidity
  }
  const ticks = [...net]
    .filter(([, liquidityNet]) => liquidityNet !== 0n)
    .map(([at, liquidityNet]) => ({ tick: at, liquidityNet }))
    .sort((a, b) => a.tick - b.tick)
  return { sqrtPriceX96, tick, liquidity, tickSpacing, ticks }
}

function sqrtPriceOf([reserve0, reserve1]: readonly [bigint, bigint]): bigint {
  const root = Math.sqrt(Number(reserve1)) / Math.sqrt(Number(reserve0))
  return BigInt(Math.floor(root * 2 ** 70)) << 26n
}

/** Moves a way's price by moving its first pool. */
function buildWay(pools: readonly PoolSpec[], logMove: number): Pool[] {
  return pools.map(({ build }, at) => build(at === 0 ? logMove : 0))
}

function sell(
  specs: readonly (readonly PoolSpec[])[],
  shares: readonly number[],
  amountIn: bigint,
  logMove: number,
): ExposedSale | undefined {
  const legs: ExposedLeg[] = []
  let left = amountIn
  let amountOut = 0n
  for (const [way, pools] of specs.entries()) {
    let amount = way === specs.length - 1 ? left : part(amountIn, shares[way] as number)
    left -= amount
    for (const [at, pool] of buildWay(pools, logMove).entries()) {
      const { tokenIn, tokenOut } = pools[at] as PoolSpec
      const quote = pool.quoteExactIn(
        pool.tokens.indexOf(tokenIn.id),
        pool.tokens.indexOf(tokenOut.id),
        amount,
      )
      if (!quote.complete) return undefined
      legs.push({
        pool,
        tokenIn: tokenIn.id,
        tokenOut: tokenOut.id,
        amountIn: amount,
        amountOut: quote.amountOut,
      })
      amount = quote.amountOut
    }
    amountOut += amount
  }
  return { mode: 'exactIn', tokenIn: 'in', tokenOut: 'out', amountIn, amountOut, legs }
}

function buy(
  specs: readonly (readonly PoolSpec[])[],
  shares: readonly number[],
  amountOut: bigint,
  logMove: number,
): ExposedPurchase | undefined {
  let left = amountOut
  let amountIn = 0n
  const paths: ExposedLeg[][] = []
  for (const [way, pools] of specs.entries()) {
    let amount = way === specs.length - 1 ? left : part(amountOut, shares[way] as number)
    left -= amount
    const legs: ExposedLeg[] = []
    for (const [at, pool] of [...buildWay(pools, logMove).entries()].reverse()) {
      const { tokenIn, tokenOut } = pools[at] as PoolSpec
      const quote = pool.quoteExactOut(
        pool.tokens.indexOf(tokenIn.id),
        pool.tokens.indexOf(tokenOut.id),
        amount,
      )
      if (!quote.complete) return undefined
      legs.unshift({
        pool,
        tokenIn: tokenIn.id,
        tokenOut: tokenOut.id,
        amountIn: quote.amountIn,
        amountOut: amount,
      })
      amount = quote.amountIn
    }
    amountIn += amount
    paths.push(legs)
  }
  return { mode: 'exactOut', tokenIn: 'in', tokenOut: 'out', amountIn, amountOut, paths }
}

function part(amount: bigint, share: number): bigint {
  return (amount * BigInt(Math.round(share * 2 ** 40))) >> 40n
}

/** Whole tokens in base units, to about six digits. */
function units(amount: number, decimals: number): bigint {
  return (BigInt(Math.round(amount * 1e6)) * 10n ** BigInt(decimals)) / 1_000_000n
}
