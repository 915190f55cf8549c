import { getAddress } from 'viem'
import { type BenchToken, ETHER_USD, type PoolSpec } from '../createPoolSet.ts'
import type { Peer, PeerAnswer } from '../Peer.ts'
import { loadPeer } from './loadPeer.ts'
import { reservesOf } from './reservesOf.ts'

interface CakeToken {
  address: string
}
interface CakePool {
  type: number
  /** Ours: Pancake hands back copies of its pools, which keep what they do not know. */
  benchId: string
}
interface CakeRoute {
  pools: CakePool[]
  path: CakeToken[]
  inputAmount: { quotient: bigint }
}
interface CakeTrade {
  routes: CakeRoute[]
  outputAmount: { quotient: bigint }
}
interface Sdk {
  Token: new (chainId: number, address: string, decimals: number, symbol: string) => CakeToken
  CurrencyAmount: { fromRawAmount(token: CakeToken, amount: bigint): unknown }
  Percent: new (numerator: bigint, denominator: bigint) => unknown
  TradeType: { EXACT_INPUT: unknown }
}
interface Router {
  SmartRouter: {
    getBestTrade(...args: unknown[]): Promise<CakeTrade | null>
    createStaticPoolProvider(pools: CakePool[]): unknown
    createOffChainQuoteProvider(): unknown
  }
  InfinityRouter: { getBestTrade(...args: unknown[]): Promise<CakeTrade | undefined> }
}
interface CakeV3Sdk {
  TICK_SPACINGS: Record<number, number>
  Tick: new (input: object) => unknown
}

const V2 = 0
const V3 = 1
const STABLE = 2

/** PancakeSwap's smart router (candidate paths, shares in steps of 5%) or its InfinityRouter (shares over a graph). */
export function createPancakePeer(infinity: boolean): Peer {
  const sdk = loadPeer<Sdk>('@pancakeswap/sdk')
  const v3 = loadPeer<CakeV3Sdk>('@pancakeswap/v3-sdk')
  const router = loadPeer<Router>('@pancakeswap/smart-router')
  // Pancake has a tier of 0.25% where Uniswap has 0.3%; without its spacing its own V3 pool cannot be built.
  v3.TICK_SPACINGS[3_000] = 60
  return {
    name: infinity ? 'PancakeSwap InfinityRouter' : 'PancakeSwap smart-router',
    prepare: ({ specs, tokens }) => {
      const known = new Map(
        tokens.map(
          ({ id, decimals, symbol }) => [id, new sdk.Token(1, getAddress(id), decimals, symbol)] as const,
        ),
      )
      const get = (id: string) => known.get(id) as CakeToken
      const idOf = new Map([...known].map(([id, token]) => [token.address, id] as const))
      const pools = specs.map((spec) => toCakePool(sdk, v3, spec, get))
      const poolProvider = router.SmartRouter.createStaticPoolProvider(pools)
      const quoteProvider = router.SmartRouter.createOffChainQuoteProvider()
      const toAnswer = (trade: CakeTrade | null | undefined): PeerAnswer | undefined => {
        if (!trade) return undefined
        const paths = trade.routes.map((route) => ({
          amountIn: route.inputAmount.quotient,
          poolIds: route.pools.map(({ benchId }) => benchId),
          tokens: route.path.map(({ address }) => idOf.get(address) as string),
        }))
        return { kind: 'paths', paths, claim: trade.outputAmount.quotient }
      }
      const prices = (tokenOut: BenchToken, gwei: number) => ({
        gasPriceWei: BigInt(Math.round(gwei * 1e9)),
        quoteCurrencyUsdPrice: tokenOut.usd,
        nativeCurrencyUsdPrice: ETHER_USD,
      })
      return {
        answer: async ({ tokenIn, tokenOut, amountIn }, { gwei }) => {
          const amount = sdk.CurrencyAmount.fromRawAmount(get(tokenIn.id), amountIn)
          const out = get(tokenOut.id)
          const limits = { ...prices(tokenOut, gwei), maxHops: 4, maxSplits: 4 }
          if (infinity) {
            return toAnswer(
              await router.InfinityRouter.getBestTrade(amount, out, sdk.TradeType.EXACT_INPUT, {
                ...limits,
                candidatePools: pools,
              }),
            )
          }
          return toAnswer(
            await router.SmartRouter.getBestTrade(amount, out, sdk.TradeType.EXACT_INPUT, {
              ...limits,
              maxHops: 3,
              poolProvider,
              quoteProvider,
              blockNumber: 1,
            }),
          )
        },
      }
    },
  }
}

function toCakePool(sdk: Sdk, v3: CakeV3Sdk, spec: PoolSpec, get: (id: string) => CakeToken): CakePool {
  const amount = (id: string, units: bigint) => sdk.CurrencyAmount.fromRawAmount(get(id), units)
  if (spec.kind === 'v2') {
    const { tokens, reserves } = spec.state
    return Object.assign(
      { type: V2, benchId: spec.state.id },
      { reserve0: amount(tokens[0], reserves[0]), reserve1: amount(tokens[1], reserves[1]) },
    )
  }
  if (spec.kind === 'stable') {
    const { id, tokens, balances, amplificationE3, feeE18 } = spec.state
    const held = tokens.map((token, at) => amount(token, balances[at] as bigint))
    const fee = new sdk.Percent(feeE18, 10n ** 18n)
    return Object.assign(
      { type: STABLE, benchId: id },
      { address: id, balances: held, amplifier: amplificationE3 / 1_000n, fee },
    )
  }
  const { id, tokens, feePips, liquidity, sqrtPriceX96, tick, ticks } = spec.state
  const none = new sdk.Percent(0n, 100n)
  const [reserve0, reserve1] = reservesOf(spec)
  return Object.assign(
    { type: V3, benchId: id },
    {
      address: id,
      token0: get(tokens[0]),
      token1: get(tokens[1]),
      fee: feePips,
      liquidity,
      sqrtRatioX96: sqrtPriceX96,
      tick,
      token0ProtocolFee: none,
      token1ProtocolFee: none,
      reserve0: amount(tokens[0], reserve0),
      reserve1: amount(tokens[1], reserve1),
      ticks: ticks.map(
        ({ tick: index, liquidityNet }) =>
          new v3.Tick({
            index,
            liquidityNet,
            liquidityGross: liquidityNet < 0n ? -liquidityNet : liquidityNet,
          }),
      ),
    },
  )
}
