import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { addressSchema, chainIdSchema } from '../../../shared/identity/identity.ts'
import type { AssetClass } from '../../../shared/identity/token.ts'
import { toSafeText } from '../../../shared/text/toSafeText.ts'
import type { ChainDefinition } from '../../capabilities/chains/chains.ports.ts'
import { parseRpcUrl } from './parseRpcUrl.ts'

/** The published phrase of a practice chain, under which nothing of value may ever stand. */
export interface PracticeWallet {
  readonly mnemonic: string
  readonly accountIndex: number
  readonly label: string
}

export interface ChainManifest {
  readonly definition: ChainDefinition
  readonly practice: PracticeWallet | undefined
}

const text = (maxLength: number) =>
  z
    .string()
    .min(1)
    .transform((value) => toSafeText(value, maxLength))

const manifestSchema = z.object({
  // The practice chain alone: a manifest must not be able to pass itself off as a chain of value.
  chainId: chainIdSchema.refine((chainId) => chainId === 31337),
  name: text(64),
  rpcUrls: z
    .array(z.string().refine((url) => isLoopback(url)))
    .min(1)
    .max(8),
  nativeCurrency: z.object({ name: text(64), symbol: text(16), decimals: z.literal(18) }),
  contracts: z.object({
    multicall3: addressSchema.exactOptional(),
    ensRegistry: addressSchema.exactOptional(),
  }),
  tokenList: z.object({
    tokens: z
      .array(
        z.object({
          chainId: z.number(),
          address: addressSchema,
          name: text(64),
          symbol: text(32),
          decimals: z.int().min(0).max(255),
          tags: z.array(z.string()).optional(),
          extensions: z.object({ pegCurrency: z.string().length(3).optional().catch(undefined) }).optional(),
        }),
      )
      .max(10_000),
  }),
  faucetMethod: z
    .string()
    .regex(/^[a-z][A-Za-z0-9]*_[A-Za-z0-9]+$/)
    .optional(),
  /** Given where blocks come at a rhythm rather than on demand. */
  blockTimeSeconds: z.number().positive().optional(),
  practice: z
    .object({ mnemonic: z.string(), accountIndex: z.int().min(0).max(1_000_000), label: text(64) })
    .optional(),
})

/** 0.1 gwei: enough that the local builder puts a plain transfer into the next block. */
const practiceTip = 100_000_000n

/** Reads the description of a local chain that was started beside the app. @throws Error when the file is missing or is none. */
export function readChainManifest(path: string): ChainManifest {
  return parseChainManifest(JSON.parse(readFileSync(path, 'utf8')))
}

/** @throws ZodError when it is no manifest of a local chain. */
export function parseChainManifest(json: unknown): ChainManifest {
  const manifest = manifestSchema.parse(json)
  const { chainId } = manifest
  return {
    practice: manifest.practice,
    definition: {
      chainId,
      name: manifest.name,
      kind: 'practice',
      nativeToken: {
        ref: { chainId, address: 'native' },
        ...manifest.nativeCurrency,
        assetClass: 'coin',
        source: 'native',
      },
      defaultRpcUrls: manifest.rpcUrls,
      blockTimeSeconds: manifest.blockTimeSeconds ?? 1,
      hasSteadyBlocks: manifest.blockTimeSeconds !== undefined,
      hasStandardHeaders: true,
      enabledByDefault: true,
      ...manifest.contracts,
      ...(manifest.faucetMethod === undefined ? {} : { faucetMethod: manifest.faucetMethod }),
      minimumPriorityFeePerGas: practiceTip,
      tokens: manifest.tokenList.tokens
        .filter((token) => token.chainId === chainId)
        .map(({ address, symbol, name, decimals, tags, extensions }) => ({
          ref: { chainId, address },
          symbol,
          name,
          decimals,
          assetClass: classify(tags ?? []),
          ...(extensions?.pegCurrency === undefined ? {} : { pegCurrency: extensions.pegCurrency }),
        })),
    },
  }
}

function classify(tags: readonly string[]): AssetClass {
  const known = (['stablecoin', 'rwa', 'coin'] as const).find((tag) => tags.includes(tag))
  return known ?? 'token'
}

function isLoopback(url: string): boolean {
  const { hostname } = new URL(parseRpcUrl(url).href)
  return hostname === '127.0.0.1' || hostname === 'localhost' || hostname === '[::1]'
}
