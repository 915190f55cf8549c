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

/** What became of a trade in its block. */
const tradeExecutionSchema = z.strictObject({
  /** From 0. */
  position: z.int().nonnegative(),
  transactionsInBlock: z.int().positive(),
  /** What the same transaction would have moved on the state before the block; absent where no node could tell. */
  atBlockStart: z.strictObject({ bought: baseUnitsSchema, sold: baseUnitsSchema }).optional(),
  /** Somebody traded before and after it and closed his position: found by what is stated, not proven. */
  sandwich: z
    .strictObject({
      evidence: z.enum(['sameSender', 'sameContract', 'sameAmount']),
      attacker: addressSchema,
      frontRun: hashSchema,
      backRun: hashSchema,
      /** In the token that is not exact, by running the block again without the front-run; absent where no node could. */
      loss: baseUnitsSchema.optional(),
    })
    .optional(),
})
export type TradeExecution = z.infer<typeof tradeExecutionSchema>

/** What a trade was said to cost when it was signed. */
const tradeCostsSchema = z.strictObject({
  exact: z.enum(['sell', 'buy']),
  /** What the input would have bought at the market price, without fees and impact; and what each takes of it. */
  atMarket: baseUnitsSchema,
  impact: baseUnitsSchema,
  poolFees: baseUnitsSchema,
  /** The most that an attacker could have taken had he seen it: his profit in the token sold, the loss in the one that is not exact. */
  publicProfit: baseUnitsSchema,
  publicLoss: baseUnitsSchema,
})
export type TradeCosts = z.infer<typeof tradeCostsSchema>

const tokenAmountSchema = z.strictObject({ token: tokenSchema, units: baseUnitsSchema })

/** What attacks cost in a month, and what was spared them. */
export const protectionMonthSchema = z.strictObject({
  /** Year and month, as `2026-11`. */
  month: z.string().regex(/^\d{4}-\d{2}$/),
  trades: z.int().nonnegative(),
  privately: z.int().nonnegative(),
  attacked: z.int().nonnegative(),
  /** Trades whose block could not be looked at. */
  unexamined: z.int().nonnegative(),
  lost: z.array(tokenAmountSchema),
  spared: z.array(tokenAmountSchema),
})
export type ProtectionMonth = z.infer<typeof protectionMonthSchema>

export const activitySchema = z.strictObject({
  id: z.string(),
  /**
   * `approve`: lets `to` take at most `units`; of nothing, it ends an allowance. `swap`: `units` of `token` for another one.
   * `undelegate`: takes back that `to` acted for the account (EIP-7702).
   * `cancelOrder`: signed orders that gave `token` are ended; `units` of it were still to be had.
   * `call`: of any other contract, with so much coin.
   */
  kind: z.enum(['send', 'approve', 'swap', 'undelegate', 'cancelOrder', 'call']),
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
      costs: tradeCostsSchema.optional(),
      execution: tradeExecutionSchema.optional(),
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
  /** What attacks cost and what was spared them, newest month first. */
  listProtection: query(
    z.strictObject({ accountId: accountIdSchema.optional() }),
    z.array(protectionMonthSchema),
  ),
  changed: event(activitySchema),
} as const
