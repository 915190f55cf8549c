import { type BenchToken, ETHER_USD, type PoolSpec } from '../createPoolSet.ts'
import type { Peer, PeerPath, PreparedPeer } from '../Peer.ts'
import { loadPeer } from './loadPeer.ts'

interface BigNumberish {
  toString(): string
}
interface SwapInfo {
  readonly tokenAddresses: readonly string[]
  readonly swaps: readonly {
    readonly poolId: string
    readonly assetInIndex: number
    readonly assetOutIndex: number
    /** Zero where the swap takes what the one before gave. */
    readonly amount: string
  }[]
  readonly returnAmount: BigNumberish
}
interface Sor {
  fetchPools(): Promise<boolean>
  getSwaps(from: string, to: string, type: number, amount: BigNumberish, options: object): Promise<SwapInfo>
}
interface SorModule {
  readonly SOR: new (provider: unknown, config: unknown, pools: unknown, prices: unknown) => Sor
  readonly SwapTypes: { readonly SwapExactIn: number }
}
interface BigNumberModule {
  readonly BigNumber: { from(value: string): BigNumberish }
}

const swapGas = '100000'

/** Balancer's router over its own kinds of pool: pairs as weighted halves, and stable pools. It knows no V3. */
export function createBalancerPeer(): Peer {
  const { SOR, SwapTypes } = loadPeer<SorModule>('@balancer-labs/sor')
  const { BigNumber } = loadPeer<BigNumberModule>('@ethersproject/bignumber')
  return {
    name: '@balancer-labs/sor (no V3 pools)',
    prepare({ specs, tokens }): PreparedPeer {
      const known = new Map(tokens.map((token) => [token.id, token]))
      const pools = specs.flatMap((spec) => toPool(spec, (id) => known.get(id) as BenchToken))
      const config = {
        chainId: 1,
        vault: '0xba12222222228d8ba445958a75a0704d566bf2c8',
        weth: (tokens[0] as BenchToken).id,
        connectingTokens: tokens.slice(0, 8).map(({ id }) => ({ symbol: id, address: id })),
      }
      const prices = {
        getNativeAssetPriceInToken: async (id: string) =>
          String(ETHER_USD / (known.get(id.toLowerCase())?.usd ?? ETHER_USD)),
      }
      const sor = new SOR({}, config, { getPools: async () => pools }, prices)
      const ready = sor.fetchPools()
      return {
        async answer({ tokenIn, tokenOut, amountIn }, { gwei }) {
          await ready
          const info = await sor.getSwaps(
            tokenIn.id,
            tokenOut.id,
            SwapTypes.SwapExactIn,
            BigNumber.from(String(amountIn)),
            {
              gasPrice: BigNumber.from(String(Math.round(gwei * 1e9))),
              swapGas: BigNumber.from(swapGas),
              maxPools: 8,
              timestamp: 1_700_000_000,
            },
          )
          const claim = BigInt(info.returnAmount.toString())
          return claim === 0n ? undefined : { kind: 'paths', paths: readPaths(info), claim }
        },
      }
    },
  }
}

function readPaths({ swaps, tokenAddresses }: SwapInfo): PeerPath[] {
  const paths: { amountIn: bigint; poolIds: string[]; tokens: string[] }[] = []
  for (const { poolId, assetInIndex, assetOutIndex, amount } of swaps) {
    const [from, to] = [tokenAddresses[assetInIndex], tokenAddresses[assetOutIndex]]
    if (from === undefined || to === undefined) continue
    if (BigInt(amount) > 0n) {
      paths.push({
        amountIn: BigInt(amount),
        poolIds: [poolId],
        tokens: [from.toLowerCase(), to.toLowerCase()],
      })
    } else {
      paths.at(-1)?.poolIds.push(poolId)
      paths.at(-1)?.tokens.push(to.toLowerCase())
    }
  }
  return paths
}

function toPool(spec: PoolSpec, get: (id: string) => BenchToken): object[] {
  if (spec.kind === 'v3') return []
  const isPair = spec.kind === 'v2'
  const { id, tokens } = spec.state
  const balances = isPair ? spec.state.reserves : spec.state.balances
  return [
    {
      id,
      address: id,
      poolType: isPair ? 'Weighted' : 'Stable',
      swapFee: isPair ? '0.003' : String(Number(spec.state.feeE18) / 1e18),
      swapEnabled: true,
      totalShares: '1000000',
      totalWeight: '1',
      tokensList: [...tokens],
      ...(isPair ? {} : { amp: String(Number(spec.state.amplificationE3) / 1_000) }),
      tokens: tokens.map((token, index) => {
        const { decimals } = get(token)
        const digits = String(balances[index] ?? 0n).padStart(decimals + 1, '0')
        return {
          address: token,
          balance: decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`,
          decimals,
          priceRate: '1',
          ...(isPair ? { weight: '0.5' } : { weight: null }),
        }
      }),
    },
  ]
}
