import { z } from 'zod'
import { accountIdSchema, addressSchema, chainIdSchema, hashSchema } from '../identity/identity.ts'
import { tokenSchema } from '../identity/token.ts'
import { baseUnitsSchema, gasUnitsSchema, weiSchema } from '../money/units.ts'
import { timestampMsSchema } from './common.ts'
import { event, query } from './route.ts'

/**
 * `signed`: written down, not yet accepted by a node. `pending`: accepted, in no block. `confirmed` and `failed`: in a block.
 * `replaced`: another transaction took its nonce. `unsent`: no node took it, and its nonce is free again.
 * `expired`: sent privately, and no block took it in time; nothing was paid. `cancelled`: the same, by the user's wish.
 */
export const activityStatusSchema = z.enum([
  'signed',
  'pending',
  'confirmed',
  'failed',
  'replaced',
  'unsent',
  'expired',
  'cancelled',
])
export type ActivityStatus = z.infer<typeof activityStatusSchema>

/** Ways to a block past the public pool: the chain's own relay, MEV Blocker, and a node of the user's choice. */
export const privateChannels = ['private', 'mevBlocker', 'custom'] as const
export type PrivateChannelName = (typeof privateChannels)[number]

export const activitySchema = z.strictObject({
  id: z.string(),
  /** `approve`: lets `to` take at most `units`; of nothing, it ends an allowance. `swap`: `units` of `token` for another one. */
  kind: z.enum(['send', 'approve', 'swap']),
  status: activityStatusSchema,
  chainId: chainIdSchema,
  accountId: accountIdSchema,
  from: addressSchema,
  to: addressSchema,
  toName: z.string().optional(),
  token: tokenSchema,
  units: baseUnitsSchema,
  /** Of a swap. */
  swap: z
    .strictObject({
      buy: tokenSchema,
      quoted: baseUnitsSchema,
      minimum: baseUnitsSchema,
      /** What really arrived and left, once it is in a block and could be read there. */
      bought: baseUnitsSchema.optional(),
      sold: baseUnitsSchema.optional(),
    })
    .optional(),
  /** How it was sent, where that was not in public. */
  channel: z.enum(privateChannels).optional(),
  /** It was sent privately, and yet a node saw it in the public pool before it was in a block. */
  seenInPublic: z.literal(true).optional(),
  nonce: z.int().nonnegative(),
  transactionHash: hashSchema,
  createdAtMs: timestampMsSchema,
  receipt: z
    .strictObject({
      blockNumber: z.bigint(),
      blockTimestampMs: timestampMsSchema,
      gasUsed: gasUnitsSchema,
      effectiveGasPrice: weiSchema,
      fee: weiSchema,
      confirmations: z.int().nonnegative(),
    })
    .optional(),
  /** Why a failed or unsent transaction failed, in the node's or contract's words, made safe to show. */
  failureReason: z.string().max(500).optional(),
})
export type Activity = z.infer<typeof activitySchema>

export const activityContract = {
  /** Newest first. `cursor` is what the previous page returned. */
  list: query(
    z.strictObject({
      accountId: accountIdSchema.optional(),
      cursor: z.string().optional(),
      limit: z.int().min(1).max(200),
    }),
    z.strictObject({ items: z.array(activitySchema), nextCursor: z.string().optional() }),
  ),
  changed: event(activitySchema),
} as const
