import { z } from 'zod'
import chainsJson from '../../../../resources/chains.json' with { type: 'json' }
import tokensJson from '../../../../resources/tokens.json' with { type: 'json' }
import { addressSchema, chainIdSchema } from '../../../shared/identity/identity.ts'
import { assetClassSchema } from '../../../shared/identity/token.ts'
import type { ChainDefinition, ListedToken } from '../../capabilities/chains/chains.ports.ts'
import { parseRpcUrl } from './parseRpcUrl.ts'

const decimalString = z
  .string()
  .regex(/^\d{1,30}$/)
  .transform((text) => BigInt(text))

const chainSchema = z.strictObject({
  chainId: chainIdSchema,
  name: z.string().min(1),
  nativeCurrency: z.strictObject({ name: z.string(), symbol: z.string(), decimals: z.literal(18) }),
  rpcUrls: z.array(z.string().refine((url) => parseRpcUrl(url).host !== '')).min(2),
  blockTimeSeconds: z.number().positive(),
  minimumPriorityFeePerGas: decimalString,
  contracts: z.strictObject({
    multicall3: addressSchema,
    ensRegistry: addressSchema.exactOptional(),
    dataFeeOracle: addressSchema.exactOptional(),
  }),
})

const tokenSchema = z.strictObject({
  chainId: chainIdSchema,
  address: addressSchema,
  symbol: z.string().min(1).max(32),
  name: z.string().min(1).max(64),
  decimals: z.int().min(0).max(255),
  tags: z.tuple([assetClassSchema]),
  extensions: z.strictObject({ pegCurrency: z.string().length(3) }).exactOptional(),
})
/** The shipped list, in the Token Lists format. */
const listSchema = z.object({
  name: z.string(),
  timestamp: z.iso.datetime(),
  version: z.strictObject({ major: z.int(), minor: z.int(), patch: z.int() }),
  tokens: z.array(tokenSchema),
})

/** Which edition of the list of tokens is shipped. */
export function describeBundledList() {
  const { name, timestamp, version } = listSchema.parse(tokensJson)
  return {
    name,
    version: `${version.major}.${version.minor}.${version.patch}`,
    writtenAt: timestamp,
  }
}

/** The real chains and their listed tokens as shipped in `resources/`; all off until the user turns them on. @throws ZodError on damaged data. */
export function loadRealChains(): ChainDefinition[] {
  const tokens = listSchema.parse(tokensJson).tokens.map(
    ({ chainId, address, symbol, name, decimals, tags: [assetClass], extensions }): ListedToken => ({
      ref: { chainId, address },
      symbol,
      name,
      // An address that was written down wrongly must not show a stranger's token under a trusted name.
      confirmedBy: { decimals },
      assetClass,
      ...extensions,
    }),
  )
  return z
    .array(chainSchema)
    .parse(chainsJson)
    .map((chain) => ({
      chainId: chain.chainId,
      name: chain.name,
      kind: 'real',
      nativeToken: {
        ref: { chainId: chain.chainId, address: 'native' },
        ...chain.nativeCurrency,
        assetClass: 'coin',
        source: 'native',
      },
      defaultRpcUrls: chain.rpcUrls,
      blockTimeSeconds: chain.blockTimeSeconds,
      hasSteadyBlocks: true,
      hasStandardHeaders: true,
      enabledByDefault: false,
      ...chain.contracts,
      minimumPriorityFeePerGas: chain.minimumPriorityFeePerGas,
      tokens: tokens.filter(({ ref }) => ref.chainId === chain.chainId),
    }))
}
