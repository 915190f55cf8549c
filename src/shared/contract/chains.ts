import { z } from 'zod'
import { accountIdSchema, chainIdSchema, hashSchema } from '../identity/identity.ts'
import { nothing, timestampMsSchema } from './common.ts'
import { command, event, query } from './route.ts'

export const chainSchema = z.strictObject({
  chainId: chainIdSchema,
  name: z.string(),
  /** `practice`: coins without value on a chain of one's own. */
  kind: z.enum(['practice', 'real']),
  nativeSymbol: z.string(),
  enabled: z.boolean(),
  rpcUrls: z.array(z.string()),
  /** A node of the user's choice that keeps what it is sent to itself, for private trades. */
  privateRpcUrl: z.string().optional(),
  hasFaucet: z.boolean(),
  /** Added by the user, who may take it away again. */
  isOwn: z.boolean(),
  /** Where the chain can be looked at in a browser; shown as text, never opened by itself. */
  explorerUrl: z.string().optional(),
  /** Seconds between blocks, as a rule. */
  blockTimeSeconds: z.number().positive(),
})
export type Chain = z.infer<typeof chainSchema>

/** What the user chose for a chain, where it differs from the chain's data: as it is stored, and kept in backups. */
export const chainSettingsSchema = z.strictObject({
  enabled: z.boolean().exactOptional(),
  rpcUrls: z.array(z.string().max(512)).max(8).exactOptional(),
  privateRpcUrl: z.string().max(512).exactOptional(),
})

/** How one of a chain's nodes does. */
export const nodeHealthSchema = z.strictObject({
  /** Host, without path or query, which may hold a key. */
  node: z.string(),
  /**
   * `limited`: it asked to be left alone for a while. `contradicted`: something that it said was shown to be false. `behind`: some blocks behind
   * the others.
   */
  state: z.enum(['unasked', 'ok', 'behind', 'failing', 'limited', 'wrongChain', 'contradicted']),
  isInUse: z.boolean(),
  latencyMs: z.number().nonnegative().optional(),
  blockNumber: z.bigint().optional(),
  /** Blocks behind the furthest of the chain's nodes; absent where it is there itself. */
  lagBlocks: z.int().positive().optional(),
  /** Of the last fifty answers. */
  errorsPercent: z.int().min(0).max(100),
  lastFailure: z.enum(['timeout', 'network', 'rateLimited', 'garbage', 'tooLarge', 'closed']).optional(),
})
export type NodeHealth = z.infer<typeof nodeHealthSchema>

export const chainStatusSchema = z.strictObject({
  chainId: chainIdSchema,
  /** `behind`: the newest block is much older than the chain's rhythm. `wrongChain`: the node serves another chain. */
  health: z.enum(['connecting', 'ok', 'behind', 'down', 'wrongChain']),
  blockNumber: z.bigint().optional(),
  blockTimestampMs: timestampMsSchema.optional(),
  latencyMs: z.number().nonnegative().optional(),
  checkedAtMs: timestampMsSchema.optional(),
  /** Host of the node in use, without path or query, which may hold a key. */
  node: z.string().optional(),
  /** In the user's order. */
  nodes: z.array(nodeHealthSchema).max(8).optional(),
})
export type ChainStatus = z.infer<typeof chainStatusSchema>

/** A chain as sites and lists describe it (EIP-3085), with the chain id as a number. */
export const chainFieldsSchema = z.strictObject({
  chainId: chainIdSchema,
  chainName: z.string().trim().min(1).max(64),
  nativeCurrency: z.strictObject({
    name: z.string().trim().min(1).max(64),
    symbol: z.string().trim().min(1).max(16),
    decimals: z.literal(18),
  }),
  rpcUrls: z.array(z.string().trim().min(1).max(512)).min(1).max(8),
  blockExplorerUrls: z.array(z.string().max(512)).max(8).optional(),
})
export type ChainFields = z.infer<typeof chainFieldsSchema>

export const chainsContract = {
  list: query(nothing, z.array(chainSchema)),
  listStatus: query(nothing, z.array(chainStatusSchema)),
  setEnabled: command(z.strictObject({ chainId: chainIdSchema, enabled: z.boolean() }), z.array(chainSchema)),
  /** Replaces a chain's nodes; each is asked for its chain id first. An empty list restores the defaults. */
  setRpcUrls: command(
    z.strictObject({ chainId: chainIdSchema, rpcUrls: z.array(z.string().max(512)).max(8) }),
    z.array(chainSchema),
  ),
  /** Adds a chain of the user's; every node is asked for its chain id first, and the chain for what it offers. It is in use at once. */
  add: command(chainFieldsSchema, z.array(chainSchema)),
  /** Takes a chain of the user's away, with its settings. */
  remove: command(z.strictObject({ chainId: chainIdSchema }), z.array(chainSchema)),
  /** Sets the node for private trades after asking it for its chain id; an empty text takes it away. */
  setPrivateRpcUrl: command(
    z.strictObject({ chainId: chainIdSchema, url: z.string().max(512) }),
    z.array(chainSchema),
  ),
  /** Asks a practice chain's faucet to fill an account. */
  requestPracticeFunds: command(
    z.strictObject({ chainId: chainIdSchema, accountId: accountIdSchema }),
    z.strictObject({ transactionHashes: z.array(hashSchema) }),
  ),
  listChanged: event(z.array(chainSchema)),
  statusChanged: event(chainStatusSchema),
} as const
