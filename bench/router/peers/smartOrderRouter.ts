import { getAddress } from 'viem'
import type { Pool } from '../../../src/main/capabilities/router/domain/pools/Pool.ts'
import { costPerGas } from '../measure.ts'
import type { Peer, PeerAnswer } from '../Peer.ts'
import { loadPeer } from './loadPeer.ts'
import { toV3Pool } from './uniswapSdk.ts'

interface SdkToken {
  address: string
}
interface Core {
  Token: new (chainId: number, address: string, decimals: number, symbol: string) => SdkToken
  TradeType: { EXACT_INPUT: unknown }
}
interface Amounts {
  CurrencyAmount: { fromRawAmount(token: SdkToken, amount: string): unknown }
}
interface V2Route {
  pairs: object[]
  path: SdkToken[]
}
interface V3Route {
  pools: object[]
  tokenPath: SdkToken[]
}
interface MixedRoute {
  pools: object[]
  path: SdkToken[]
}
interface Routes {
  computeAllV2Routes(from: SdkToken, to: SdkToken, pools: object[], maxHops: number): V2Route[]
  computeAllV3Routes(from: SdkToken, to: SdkToken, pools: object[], maxHops: number): V3Route[]
  computeAllMixedRoutes(from: SdkToken, to: SdkToken, pools: object[], maxHops: number): MixedRoute[]
}
interface Quoted {
  readonly percent: number
  readonly ours: { readonly amountIn: bigint; readonly poolIds: string[]; readonly tokens: string[] }
}
interface Best {
  getBestSwapRoute(...args: unknown[]): Promise<{ routes: Quoted[]; quote: { quotient: unknown } } | null>
}
interface Config {
  DEFAULT_ROUTING_CONFIG_BY_CHAIN(chainId: number): { maxSwapsPerPath: number; distributionPercent: number }
}

const MAINNET = 1
const functions = '@uniswap/smart-order-router/build/main/routers/alpha-router/functions'

/**
 * Uniswap's smart-order-router without its node: its routes, its shares of 5% and its choice among them, with its settings for the
 * main network. Where it would ask the quoters on chain, it is given their answers by exact mathematics, and where it would choose
 * candidates from a subgraph, it is given every pool.
 */
export function createSmartOrderRouterPeer(): Peer {
  const core = loadPeer<Core>('@uniswap/sdk-core')
  const v2 = loadPeer<{ Pair: new (...amounts: unknown[]) => object }>('@uniswap/v2-sdk')
  const v3 = loadPeer<Parameters<typeof toV3Pool>[0]>('@uniswap/v3-sdk')
  // Its modules need each other in circles, which only loading it as a whole unties.
  loadPeer('@uniswap/smart-order-router')
  const { PortionProvider } = loadPeer<{ PortionProvider: new () => unknown }>(
    '@uniswap/smart-order-router/build/main/providers/portion-provider',
  )
  const { CurrencyAmount } = loadPeer<Amounts>('@uniswap/smart-order-router/build/main/util/amounts')
  const routes = loadPeer<Routes>(`${functions}/compute-all-routes`)
  const best = loadPeer<Best>(`${functions}/best-swap-route`)
  const { BigNumber } = loadPeer<{ BigNumber: { from(units: number): unknown } }>('@ethersproject/bignumber')
  const config = loadPeer<Config>(
    '@uniswap/smart-order-router/build/main/routers/alpha-router/config',
  ).DEFAULT_ROUTING_CONFIG_BY_CHAIN(MAINNET)
  const portions = new PortionProvider()
  const dollars = new core.Token(MAINNET, getAddress(`0x${'d'.repeat(40)}`), 6, 'USD')
  const percents: number[] = []
  for (let percent = config.distributionPercent; percent <= 100; percent += config.distributionPercent) {
    percents.push(percent)
  }

  return {
    name: 'Uniswap smart-order-router (V2 and V3 pools only)',
    prepare: ({ specs, tokens, pools }) => {
      const known = new Map(
        tokens.map(({ id, decimals, symbol }) => [
          id,
          new core.Token(MAINNET, getAddress(id), decimals, symbol),
        ]),
      )
      const get = (id: string) => known.get(id) as SdkToken
      const idOf = new Map([...known].map(([id, token]) => [token.address, id]))
      const ours = new Map(pools.map((pool) => [pool.id, pool]))
      const poolOf = new Map<object, Pool>()
      const pairs: object[] = []
      const v3Pools: object[] = []
      for (const spec of specs) {
        const pool = ours.get(spec.state.id)
        if (!pool || spec.kind === 'stable') continue
        const made =
          spec.kind === 'v2'
            ? new v2.Pair(
                ...spec.state.tokens.map((id, at) =>
                  CurrencyAmount.fromRawAmount(get(id), (spec.state.reserves[at] as bigint).toString()),
                ),
              )
            : toV3Pool(v3, spec, get)
        poolOf.set(made, pool)
        ;(spec.kind === 'v2' ? pairs : v3Pools).push(made)
      }
      return {
        answer: async (query, { gwei }): Promise<PeerAnswer | undefined> => {
          const [from, to] = [get(query.tokenIn.id), get(query.tokenOut.id)]
          const hops = config.maxSwapsPerPath
          const ways = [
            ...routes.computeAllV2Routes(from, to, pairs, hops).map((route) => ({
              protocol: 'V2',
              route,
              pools: route.pairs,
              path: route.path,
            })),
            ...routes.computeAllV3Routes(from, to, v3Pools, hops).map((route) => ({
              protocol: 'V3',
              route,
              pools: route.pools,
              path: route.tokenPath,
            })),
            ...routes.computeAllMixedRoutes(from, to, [...v3Pools, ...pairs], hops).map((route) => ({
              protocol: 'MIXED',
              route,
              pools: route.pools,
              path: route.path,
            })),
          ]
          const { numerator, denominator } = costPerGas(query, gwei)
          const quotes = ways.flatMap(({ protocol, route, pools: made, path }) => {
            const held = made.map((pool) => poolOf.get(pool) as Pool)
            const ids = path.map(({ address }) => idOf.get(address) as string)
            return percents.flatMap((percent) => {
              const amountIn = (query.amountIn * BigInt(percent)) / 100n
              const quoted = quoteWay(held, ids, amountIn)
              if (quoted === undefined) return []
              const gasCost = CurrencyAmount.fromRawAmount(
                to,
                ((BigInt(quoted.gas) * numerator) / denominator).toString(),
              )
              const quote = CurrencyAmount.fromRawAmount(to, quoted.amountOut.toString()) as {
                subtract(other: unknown): unknown
              }
              return [
                {
                  protocol,
                  route,
                  percent,
                  amount: CurrencyAmount.fromRawAmount(from, amountIn.toString()),
                  quote,
                  quoteAdjustedForGas: quote.subtract(gasCost),
                  gasEstimate: BigNumber.from(quoted.gas),
                  gasCostInToken: gasCost,
                  gasCostInUSD: CurrencyAmount.fromRawAmount(dollars, '0'),
                  quoteToken: to,
                  tradeType: core.TradeType.EXACT_INPUT,
                  poolIdentifiers: held.map(({ id }) => id),
                  tokenPath: path,
                  ours: { amountIn, poolIds: held.map(({ id }) => id), tokens: ids },
                },
              ]
            })
          })
          const found = await best.getBestSwapRoute(
            CurrencyAmount.fromRawAmount(from, query.amountIn.toString()),
            percents,
            quotes,
            core.TradeType.EXACT_INPUT,
            MAINNET,
            config,
            portions,
          )
          if (!found) return undefined
          const paths = found.routes.map((route) => ({ ...route.ours }))
          // What rounding of the shares left goes with the last of them, as it does there.
          const rest = query.amountIn - paths.reduce((sum, { amountIn }) => sum + amountIn, 0n)
          const last = paths.at(-1)
          if (last) last.amountIn += rest
          return { kind: 'paths', paths, claim: BigInt(String(found.quote.quotient)) }
        },
      }
    },
  }
}

/** What Uniswap's quoters would answer for a way of pools. */
function quoteWay(pools: readonly Pool[], tokens: readonly string[], amountIn: bigint) {
  let amount = amountIn
  let gas = 0
  for (const [at, pool] of pools.entries()) {
    const [from, to] = [tokens[at] as string, tokens[at + 1] as string]
    const quote = pool.quoteExactIn(pool.tokens.indexOf(from), pool.tokens.indexOf(to), amount)
    if (!quote.complete || quote.amountOut === 0n) return undefined
    amount = quote.amountOut
    gas += pool.gas.swap + pool.gas.perTick * quote.ticksCrossed
  }
  return { amountOut: amount, gas }
}
