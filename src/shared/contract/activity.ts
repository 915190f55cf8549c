import { z } from 'zod'
import { accountIdSchema, addressSchema, chainIdSchema, hashSchema } from '../identity/identity.ts'
import { tokenSchema } from '../identity/token.ts'
import { baseUnitsSchema, gasUnitsSchema, weiSchema } from '../money/units.ts'
import { mostPayments } from '../multiSend/multiSendAbi.ts'
import { nothing, timestampMsSchema } from './common.ts'
import { command, event, query } from './route.ts'
import { referenceCurrencies } from './settings.ts'
import { feeSpeeds, sendOutcomeSchema } from './transfers.ts'

/**
 * `signed`: written down, not yet accepted by a node. `pending`: accepted, in no block. `confirmed` and `failed`: in a block.
 * `replaced`: another transaction took its nonce. `unsent`: no node took it, and its nonce is free again.
 * `expired`: sent privately, and no block took it in time; nothing was paid. `cancelled`: the same, by the user's wish.
 * `dropped`: seen on the chain, in a block that the chain has undone since.
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
  'dropped',
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
  /** What that was worth when it happened, in units of 10^-18 of a currency. */
  worth: z.strictObject({
    currency: z.enum(referenceCurrencies),
    lost: z.bigint().nonnegative(),
    spared: z.bigint().nonnegative(),
    /** Amounts that are not in it, because nothing is known of their price then. */
    unpriced: z.int().nonnegative(),
  }),
})
export type ProtectionMonth = z.infer<typeof protectionMonthSchema>

/** Why an entry that somebody else put into the history may be meant to deceive. */
export const suspicions = ['zeroValue', 'fakeToken', 'lookalike', 'advertisement'] as const
export type Suspicion = (typeof suspicions)[number]

/** What somebody has to say about an entry; kept on this machine. */
const noteSchema = z.strictObject({
  note: z.string().max(1000).exactOptional(),
  labels: z.array(z.string().min(1).max(40)).max(8).exactOptional(),
})
export type ActivityNote = z.infer<typeof noteSchema>

export const activityKinds = [
  'send',
  'receive',
  'swap',
  'approve',
  'call',
  'cancel',
  'undelegate',
  'cancelOrder',
] as const
export type ActivityKind = (typeof activityKinds)[number]

/** `list`: what the app knows of contracts. */
export const nameSourceSchema = z.enum(['account', 'contact', 'ens', 'list'])
export type NameSource = z.infer<typeof nameSourceSchema>

export const activitySchema = z.strictObject({
  id: z.string(),
  /**
   * `approve`: lets `to` take at most `units`; of nothing, it ends an allowance. `swap`: `units` of `token` for another one. `call`:
   * anything else that a contract was asked for. `cancel`: does nothing but use up a transaction number.
   * `undelegate`: takes back that `to` acted for the account (EIP-7702).
   * `cancelOrder`: signed orders that gave `token` are ended; `units` of it were still to be had.
   */
  kind: z.enum(activityKinds),
  status: activityStatusSchema,
  chainId: chainIdSchema,
  accountId: accountIdSchema,
  from: addressSchema,
  to: addressSchema,
  toName: z.string().optional(),
  /** Where that name came from, when it was written down; entries of older versions do not tell. */
  toNameFrom: nameSourceSchema.optional(),
  token: tokenSchema,
  units: baseUnitsSchema,
  /** Of a send to several recipients, which `to` handed it on to. */
  payments: z
    .array(z.strictObject({ to: addressSchema, units: baseUnitsSchema }))
    .max(mostPayments)
    .exactOptional(),
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
  /** Absent where the account did not send the transaction itself. */
  nonce: z.int().nonnegative().optional(),
  transactionHash: hashSchema,
  /** When it was signed; of what was only seen on the chain, its block's time. */
  createdAtMs: timestampMsSchema,
  /** Found on the chain: signed by somebody else, or elsewhere with the same key. */
  observed: z.literal(true).optional(),
  /** What an observed transaction moved for the account in all, fees left aside: positive for what arrived. */
  effects: z
    .array(z.strictObject({ token: tokenSchema, delta: z.bigint() }))
    .max(32)
    .optional(),
  /** Of a call: the function's name where the selector is a known one, else the selector. */
  method: z.string().max(80).optional(),
  suspicion: z.enum(suspicions).optional(),
  /** The address of the user's own that a suspicious one imitates. */
  imitates: addressSchema.optional(),
  /** The activity whose transaction number this one takes. */
  replaces: z.string().optional(),
  ...noteSchema.shape,
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

/** What part of the history is asked for. */
export const activityFilterSchema = z.strictObject({
  accountId: accountIdSchema.optional(),
  /** Words that an entry's tokens, names, addresses, hash, note or labels contain, all of them. */
  search: z.string().max(200).optional(),
  kinds: z.array(z.enum(activityKinds)).max(activityKinds.length).optional(),
  /** `only`: nothing but the suspicious ones; else they are left out. */
  suspicious: z.literal('only').optional(),
})
export type ActivityFilter = z.infer<typeof activityFilterSchema>

const replacementSchema = z.discriminatedUnion('kind', [
  /** The same once more, for a higher fee. */
  z.strictObject({ kind: z.literal('speedUp'), activityId: z.string(), speed: z.enum(feeSpeeds) }),
  /** Nothing in its place. */
  z.strictObject({ kind: z.literal('cancel'), activityId: z.string(), speed: z.enum(feeSpeeds) }),
  /** Nothing where a transaction number is missing, so that the later ones no longer wait. */
  z.strictObject({
    kind: z.literal('fill'),
    chainId: chainIdSchema,
    accountId: accountIdSchema,
    nonce: z.int().nonnegative(),
    speed: z.enum(feeSpeeds),
  }),
])
export type Replacement = z.infer<typeof replacementSchema>

export const replacementPreviewSchema = z.strictObject({
  previewId: z.string(),
  expiresAtMs: timestampMsSchema,
  kind: z.enum(['speedUp', 'cancel', 'fill']),
  chainId: chainIdSchema,
  nonce: z.int().nonnegative(),
  fee: z.strictObject({
    maxFeePerGas: weiSchema,
    /** What it costs if the base fee stays as it is, and at most. */
    expected: weiSchema,
    maximum: weiSchema,
  }),
  /** What the replaced one could have cost at most; of the two, only one is ever paid. */
  replacedMaximum: weiSchema.exactOptional(),
})
export type ReplacementPreview = z.infer<typeof replacementPreviewSchema>

/** A transaction number that nobody uses, and for which later transactions of the account wait. */
const nonceGapSchema = z.strictObject({
  chainId: chainIdSchema,
  accountId: accountIdSchema,
  nonce: z.int().nonnegative(),
  waiting: z.int().positive(),
})
export type NonceGap = z.infer<typeof nonceGapSchema>

/** Blocks with more transactions of an account than were read at once: the older ones are missing from its history. */
const historyGapSchema = z.strictObject({
  chainId: chainIdSchema,
  accountId: accountIdSchema,
  /** Both counted in; of the last block some were read. */
  firstBlock: z.bigint(),
  lastBlock: z.bigint(),
  firstMs: timestampMsSchema,
  lastMs: timestampMsSchema,
})
export type HistoryGap = z.infer<typeof historyGapSchema>

export const activityContract = {
  /** Newest first. `cursor` is what the previous page returned. */
  list: query(
    activityFilterSchema.extend({ cursor: z.string().optional(), limit: z.int().min(1).max(200) }),
    z.strictObject({ items: z.array(activitySchema), nextCursor: z.string().optional() }),
  ),
  find: query(z.strictObject({ activityId: z.string() }), activitySchema.nullable()),
  /** How many entries are kept apart as suspicious. */
  countSuspicious: query(
    z.strictObject({ accountId: accountIdSchema.optional() }),
    z.strictObject({ count: z.int().nonnegative() }),
  ),
  /** Replaces note and labels of an entry; empty ones take them away. */
  annotate: command(noteSchema.extend({ activityId: z.string() }), activitySchema),
  /** The filtered history as CSV (RFC 4180, UTF-8), oldest first: every column, or the ones that tax programs read. */
  exportCsv: query(
    activityFilterSchema.extend({ format: z.enum(['full', 'tax']) }),
    z.strictObject({ suggestedName: z.string(), content: z.instanceof(Uint8Array) }),
  ),
  /** Builds what takes a pending transaction's place; what it returns can be signed once, within its time. */
  previewReplacement: command(replacementSchema, replacementPreviewSchema),
  /** Opens the approval window with it, and broadcasts what the user approved there. */
  replace: command(z.strictObject({ previewId: z.string() }), sendOutcomeSchema),
  listNonceGaps: query(nothing, z.array(nonceGapSchema)),
  listHistoryGaps: query(
    z.strictObject({ accountId: accountIdSchema.optional() }),
    z.array(historyGapSchema),
  ),
  /** Reads on from the end of a gap; what is still missing afterwards is a smaller gap. */
  readHistoryGap: command(
    historyGapSchema.pick({ chainId: true, accountId: true, lastBlock: true }),
    nothing,
  ),
  /** What attacks cost and what was spared them, newest month first. */
  listProtection: query(
    z.strictObject({ accountId: accountIdSchema.optional() }),
    z.array(protectionMonthSchema),
  ),
  changed: event(activitySchema),
} as const
