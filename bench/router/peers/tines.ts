import {
  MAX_TICK,
  MIN_TICK,
} from '../../../src/main/capabilities/router/domain/pools/concentrated/tickMath.ts'
import type { BenchToken, PoolSpec } from '../createPoolSet.ts'
import type { Peer, PreparedPeer } from '../Peer.ts'
import { loadPeer } from './loadPeer.ts'
import { reservesOf } from './reservesOf.ts'

interface TinesToken {
  name: string
  symbol: string
  address: string
  decimals: number
  chainId: number
}
interface TinesLeg {
  poolAddress: string
  tokenFrom: TinesToken
  tokenTo: TinesToken
  swapPortion: number
}
type Find = (
  from: TinesToken,
  to: TinesToken,
  amount: bigint,
  pools: unknown[],
  base: TinesToken,
  gasPrice: number,
) => { status: string; legs: TinesLeg[]; amountOutBI: bigint }
interface Tines {
  ConstantProductRPool: new (...args: unknown[]) => unknown
  CLRPool: new (...args: unknown[]) => unknown
  createCurvePoolsForMultipool(...args: unknown[]): unknown[]
  findMultiRouteExactIn: Find
  findSingleRouteExactIn: Find
}

/** Sushi's router, with or without splits. */
export function createTinesPeer(splits: boolean): Peer {
  const tines = loadPeer<Tines>('@sushiswap/tines')
  return {
    name: splits ? 'sushi tines' : 'sushi tines, one path',
    prepare: ({ specs, tokens }): PreparedPeer => {
      const known = new Map(tokens.map((token) => [token.id, toTinesToken(token)]))
      const get = (id: string) => known.get(id) as TinesToken
      const pools = specs.flatMap((spec) => toTinesPools(tines, spec, get))
      const base = get((tokens[0] as BenchToken).id)
      const find = splits ? tines.findMultiRouteExactIn : tines.findSingleRouteExactIn
      return {
        answer: (query, { gwei }) => {
          // The gas price is in the base token's smallest unit: wei of ether.
          const route = find(
            get(query.tokenIn.id),
            get(query.tokenOut.id),
            query.amountIn,
            pools,
            base,
            gwei * 1e9,
          )
          if (route.status !== 'Success') return undefined
          const swaps = route.legs.map(({ poolAddress, tokenFrom, tokenTo, swapPortion }) => ({
            poolId: poolAddress,
            tokenIn: tokenFrom.address,
            tokenOut: tokenTo.address,
            portion: swapPortion,
          }))
          return { kind: 'swaps', swaps, claim: route.amountOutBI }
        },
      }
    },
  }
}

function toTinesToken({ id, symbol, decimals }: BenchToken): TinesToken {
  return { name: symbol, symbol, address: id, decimals, chainId: 1 }
}

function toTinesPools(tines: Tines, spec: PoolSpec, get: (id: string) => TinesToken): unknown[] {
  if (spec.kind === 'stable') {
    const { id, tokens, balances, amplificationE3, feeE18, decimals } = spec.state
    const rates = decimals.map((digits) => 10 ** (18 - digits))
    const fee = Number(feeE18) / 1e18
    return tines.createCurvePoolsForMultipool(
      id,
      tokens.map(get),
      fee,
      Number(amplificationE3) / 1_000,
      [...balances],
      rates,
    )
  }
  const [token0, token1] = spec.state.tokens
  if (spec.kind === 'v2') {
    const [reserve0, reserve1] = spec.state.reserves
    return [
      new tines.ConstantProductRPool(spec.state.id, get(token0), get(token1), 0.003, reserve0, reserve1),
    ]
  }
  const { id, feePips, tickSpacing, liquidity, sqrtPriceX96, tick, ticks } = spec.state
  // tines adds the outermost ticks itself where they are missing, which would shift the index of the nearest one.
  const clTicks = ticks.map(({ tick: index, liquidityNet }) => ({ index, DLiquidity: liquidityNet }))
  if ((clTicks[0]?.index ?? 0) > MIN_TICK) clTicks.unshift({ index: MIN_TICK, DLiquidity: 0n })
  if ((clTicks.at(-1)?.index ?? 0) < MAX_TICK) clTicks.push({ index: MAX_TICK, DLiquidity: 0n })
  let nearest = 0
  while (nearest + 1 < clTicks.length && (clTicks[nearest + 1]?.index ?? 0) <= tick) nearest += 1
  const [reserve0, reserve1] = reservesOf(spec)
  return [
    new tines.CLRPool(
      id,
      get(token0),
      get(token1),
      feePips / 1e6,
      tickSpacing,
      reserve0,
      reserve1,
      liquidity,
      sqrtPriceX96,
      nearest,
      clTicks,
    ),
  ]
}
