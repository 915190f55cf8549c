import { readFileSync } from 'node:fs'
import { z } from 'zod'
import venuesJson from '../../../../../resources/swapVenues.json' with { type: 'json' }
import { addressSchema, chainIdSchema, hashSchema } from '../../../../shared/identity/identity.ts'
import type { SwapVenues, VenueDirectory } from '../../../capabilities/swaps/index.ts'

/** keccak256 of the creation code of Uniswap's V2 pair and V3 pool, the same on every chain where Uniswap deployed them. */
const uniswapV2InitCodeHash = '0x96e8ac4277198ff8b6f785478aa9a39f403cb768dd02cbee326c3e7da348845f'
const uniswapV3InitCodeHash = '0xe34f199b19b2b4f47f68442619d555527d244f78a3297ea89325f843f87b8b54'

const feeSchema = z.int().min(0).max(1_000_000)
const pairsSchema = z.strictObject({
  factory: addressSchema,
  initCodeHash: hashSchema,
  feePips: feeSchema.exactOptional(),
})
const rangedSchema = z.strictObject({
  factory: addressSchema,
  initCodeHash: hashSchema,
  tiers: z.array(z.tuple([feeSchema, z.int().positive()])).exactOptional(),
})
const forkSchema = z.strictObject({
  name: z.string().min(1).max(40),
  universalRouter: addressSchema,
  permit2: addressSchema,
  uniswapV2: pairsSchema.exactOptional(),
  uniswapV3: rangedSchema.exactOptional(),
})

const venuesSchema = z.strictObject({
  chainId: chainIdSchema,
  wrappedNative: addressSchema,
  permit2: addressSchema,
  universalRouter: addressSchema,
  connectors: z.array(addressSchema).min(1).max(8),
  uniswapV2: pairsSchema.exactOptional(),
  uniswapV3: rangedSchema.exactOptional(),
  uniswapV4: z.strictObject({ poolManager: addressSchema, stateView: addressSchema }).exactOptional(),
  forks: z.array(forkSchema).exactOptional(),
  curve: z.strictObject({ metaRegistry: addressSchema, router: addressSchema }).exactOptional(),
  vaults: z.array(z.strictObject({ share: addressSchema, asset: addressSchema })).exactOptional(),
  balancer: z
    .strictObject({
      vault: addressSchema,
      pools: z.array(
        z.strictObject({
          kind: z.enum(['stable', 'weighted']),
          multipliesWholePowers: z.boolean().exactOptional(),
          poolId: hashSchema,
          address: addressSchema,
          tokens: z.array(addressSchema).min(2).max(8),
        }),
      ),
    })
    .exactOptional(),
  limitOrderProtocol: addressSchema.exactOptional(),
  publicRouters: z.array(addressSchema).default([]),
  relays: z
    .array(
      z.discriminatedUnion('channel', [
        z.strictObject({
          channel: z.literal('private'),
          kind: z.literal('protect'),
          rpcUrl: z.url(),
          statusUrl: z.url(),
          fast: z.boolean(),
          sharesProfit: z.boolean(),
        }),
        z.strictObject({
          channel: z.literal('mevBlocker'),
          kind: z.literal('node'),
          rpcUrl: z.url(),
          paysForFailure: z.boolean(),
          sharesProfit: z.boolean(),
        }),
      ]),
    )
    .default([]),
  publicChannel: z.enum(['mempool', 'sequencer']),
})

/** Only what trading needs of a local chain's manifest; what else it must be, `readChainManifest` checks. */
const manifestSchema = z.object({
  chainId: chainIdSchema.refine((chainId) => chainId === 31337),
  contracts: z.object({
    weth: addressSchema.optional(),
    permit2: addressSchema.optional(),
    universalRouter: addressSchema.optional(),
    uniswapV2Router02: addressSchema.optional(),
    uniswapV2Factory: addressSchema.optional(),
    uniswapV3Factory: addressSchema.optional(),
    uniswapV4PoolManager: addressSchema.optional(),
    uniswapV4StateView: addressSchema.optional(),
    balancerVault: addressSchema.optional(),
    limitOrderProtocol: addressSchema.optional(),
  }),
  forks: z.array(forkSchema).exactOptional(),
  tokenList: z.object({ tokens: z.array(z.object({ symbol: z.string(), address: addressSchema })) }),
  pools: z
    .array(
      z.object({
        kind: z.string(),
        tokens: z.array(addressSchema),
        address: addressSchema.optional(),
        poolId: hashSchema.optional(),
      }),
    )
    .default([]),
})

/** The tokens of a local chain that most of its others have a pool with. */
const localConnectors = ['USDC', 'USDT', 'DAI', 'WBTC']

/** The local chain's fund, which gives shares for deposits (ERC-4626). */
const localFund = { share: 'TBILL', asset: 'USDC' }

/** The venues of a local chain by its manifest; `undefined` where it lacks the contracts that every trade needs. */
export function parseLocalVenues(json: unknown): SwapVenues | undefined {
  const { chainId, contracts, tokenList, pools, forks } = manifestSchema.parse(json)
  const { weth, permit2, universalRouter, balancerVault, uniswapV4PoolManager, uniswapV4StateView } =
    contracts
  if (!weth || !permit2 || !universalRouter) return undefined
  const connectors = tokenList.tokens
    .filter(({ symbol }) => localConnectors.includes(symbol))
    .map(({ address }) => address)
  const addressOf = (wanted: string) => tokenList.tokens.find(({ symbol }) => symbol === wanted)?.address
  const [fund, money] = [addressOf(localFund.share), addressOf(localFund.asset)]
  return {
    chainId,
    wrappedNative: weth,
    permit2,
    universalRouter,
    connectors,
    ...(contracts.uniswapV2Factory
      ? { uniswapV2: { factory: contracts.uniswapV2Factory, initCodeHash: uniswapV2InitCodeHash } }
      : {}),
    ...(contracts.uniswapV3Factory
      ? { uniswapV3: { factory: contracts.uniswapV3Factory, initCodeHash: uniswapV3InitCodeHash } }
      : {}),
    ...(uniswapV4PoolManager && uniswapV4StateView
      ? { uniswapV4: { poolManager: uniswapV4PoolManager, stateView: uniswapV4StateView } }
      : {}),
    ...(balancerVault
      ? {
          balancer: {
            vault: balancerVault,
            pools: pools.flatMap(({ kind, tokens, address, poolId }) =>
              kind === 'balancerStable' && address && poolId
                ? [{ kind: 'stable', poolId, address, tokens }]
                : [],
            ),
          },
        }
      : {}),
    ...(forks ? { forks } : {}),
    ...(fund && money ? { vaults: [{ share: fund, asset: money }] } : {}),
    ...(contracts.limitOrderProtocol ? { limitOrderProtocol: contracts.limitOrderProtocol } : {}),
    publicRouters: contracts.uniswapV2Router02 ? [contracts.uniswapV2Router02] : [],
    relays: [{ channel: 'private', kind: 'node' }],
    publicChannel: 'mempool',
  }
}

/** The venues of the real chains as shipped in `resources/`, and of the local chain beside the app. @throws ZodError on damaged data. */
export function loadSwapVenues(localManifest: string | undefined): VenueDirectory {
  const shipped: readonly SwapVenues[] = z.array(venuesSchema).parse(venuesJson)
  const local =
    localManifest === undefined
      ? undefined
      : parseLocalVenues(JSON.parse(readFileSync(localManifest, 'utf8')))
  return createVenueDirectory(local ? [...shipped, local] : shipped)
}

/** Looks venues up by chain. */
export function createVenueDirectory(all: readonly SwapVenues[]): VenueDirectory {
  const byChain = new Map(all.map((venues) => [venues.chainId, venues]))
  return { find: (chainId) => byChain.get(chainId) }
}
