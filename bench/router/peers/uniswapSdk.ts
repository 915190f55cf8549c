import type { BenchToken, PoolSpec } from '../createPoolSet.ts'
import type { Peer, PeerAnswer } from '../Peer.ts'
import { loadPeer } from './loadPeer.ts'

interface SdkToken {
  address: string
}
interface Core {
  Token: new (chainId: number, address: string, decimals: number, symbol: string) => SdkToken
  CurrencyAmount: { fromRawAmount(token: SdkToken, amount: string): unknown }
}
interface V2Sdk {
  Pair: new (...amounts: unknown[]) => object
  Trade: {
    bestTradeExactIn(
      pairs: object[],
      amount: unknown,
      out: SdkToken,
      options: { maxNumResults: number; maxHops: number },
    ): { route: { pairs: object[]; path: SdkToken[] }; outputAmount: { quotient: { toString(): string } } }[]
  }
}
interface V3Sdk {
  Pool: new (...args: unknown[]) => object
  Trade: {
    bestTradeExactIn(
      pools: object[],
      amount: unknown,
      out: SdkToken,
      options: { maxNumResults: number; maxHops: number },
    ): Promise<
      {
        swaps: { route: { pools: object[]; tokenPath: SdkToken[] } }[]
        outputAmount: { quotient: { toString(): string } }
      }[]
    >
  }
}

const OPTIONS = { maxNumResults: 1, maxHops: 3 }

/** The SDK's token, by our address; it demands checksums that random addresses do not have, so they are told apart by number. */
function createTokens(core: Core, tokens: readonly BenchToken[]) {
  const sdkTokens = new Map(
    tokens.map(({ id, decimals, symbol }) => [id, new core.Token(1, id, decimals, symbol)] as const),
  )
  const idOf = new Map([...sdkTokens].map(([id, token]) => [token.address, id] as const))
  return {
    get: (id: string) => sdkTokens.get(id) as SdkToken,
    idOf: (token: SdkToken) => idOf.get(token.address) as string,
  }
}

/** `bestTradeExactIn` of Uniswap's v2-sdk, over the set's V2 pools. */
export function createV2SdkPeer(): Peer {
  const core = loadPeer<Core>('@uniswap/sdk-core')
  const sdk = loadPeer<V2Sdk>('@uniswap/v2-sdk')
  return {
    name: '@uniswap/v2-sdk (V2 pools only)',
    prepare: ({ specs, tokens }) => {
      const known = createTokens(core, tokens)
      const amount = (id: string, units: bigint) =>
        core.CurrencyAmount.fromRawAmount(known.get(id), units.toString())
      const ids = new Map<object, string>()
      for (const { kind, state } of specs) {
        if (kind !== 'v2') continue
        const { tokens: pair, reserves } = state
        ids.set(new sdk.Pair(amount(pair[0], reserves[0]), amount(pair[1], reserves[1])), state.id)
      }
      const pairs = [...ids.keys()]
      return {
        answer: ({ tokenIn, tokenOut, amountIn }): PeerAnswer | undefined => {
          const [best] = sdk.Trade.bestTradeExactIn(
            pairs,
            amount(tokenIn.id, amountIn),
            known.get(tokenOut.id),
            OPTIONS,
          )
          if (best === undefined) return undefined
          const path = {
            amountIn,
            poolIds: best.route.pairs.map((pair) => ids.get(pair) as string),
            tokens: best.route.path.map(known.idOf),
          }
          return { kind: 'paths', paths: [path], claim: BigInt(best.outputAmount.quotient.toString()) }
        },
      }
    },
  }
}

/** `bestTradeExactIn` of Uniswap's v3-sdk, over the set's V3 pools. */
export function createV3SdkPeer(): Peer {
  const core = loadPeer<Core>('@uniswap/sdk-core')
  const sdk = loadPeer<V3Sdk>('@uniswap/v3-sdk')
  return {
    name: '@uniswap/v3-sdk (V3 pools only)',
    prepare: ({ specs, tokens }) => {
      const known = createTokens(core, tokens)
      const ids = new Map<object, string>()
      for (const spec of specs) if (spec.kind === 'v3') ids.set(toV3Pool(sdk, spec, known.get), spec.state.id)
      const pools = [...ids.keys()]
      return {
        answer: async ({ tokenIn, tokenOut, amountIn }): Promise<PeerAnswer | undefined> => {
          const amount = core.CurrencyAmount.fromRawAmount(known.get(tokenIn.id), amountIn.toString())
          const [best] = await sdk.Trade.bestTradeExactIn(pools, amount, known.get(tokenOut.id), OPTIONS)
          const route = best?.swaps[0]?.route
          if (best === undefined || route === undefined) return undefined
          const path = {
            amountIn,
            poolIds: route.pools.map((pool) => ids.get(pool) as string),
            tokens: route.tokenPath.map(known.idOf),
          }
          return { kind: 'paths', paths: [path], claim: BigInt(best.outputAmount.quotient.toString()) }
        },
      }
    },
  }
}

export function toV3Pool(
  sdk: V3Sdk,
  { state }: PoolSpec & { kind: 'v3' },
  get: (id: string) => SdkToken,
): object {
  const { tokens, feePips, sqrtPriceX96, liquidity, tick, ticks } = state
  const sdkTicks = ticks.map(({ tick: index, liquidityNet }) => ({
    index,
    liquidityNet: liquidityNet.toString(),
    liquidityGross: (liquidityNet < 0n ? -liquidityNet : liquidityNet).toString(),
  }))
  return new sdk.Pool(
    get(tokens[0]),
    get(tokens[1]),
    feePips,
    sqrtPriceX96.toString(),
    liquidity.toString(),
    tick,
    sdkTicks,
  )
}
