import { z } from 'zod'
import { accountIdSchema, addressSchema, chainIdSchema, tokenRefSchema } from '../identity/identity.ts'
import { tokenSchema } from '../identity/token.ts'
import { baseUnitsSchema, gasUnitsSchema, weiSchema } from '../money/units.ts'
import { mostPayments } from '../multiSend/multiSendAbi.ts'
import { assetWarnings } from './assets.ts'
import { timestampMsSchema } from './common.ts'
import { command, query } from './route.ts'

export const recipientSchema = z.strictObject({
  address: addressSchema,
  /** ENS name that was typed or that the address claims and that resolves back to it. */
  ensName: z.string().optional(),
  /** Name of the user's own account, where it is one. */
  ownAccountName: z.string().optional(),
  /** Name in the user's address book. */
  contactName: z.string().optional(),
  isContract: z.boolean(),
  /** Symbol of the token whose contract it is: what is sent there is lost. */
  tokenSymbol: z.string().optional(),
  /** Whether the user has sent to it before. */
  isKnown: z.boolean(),
  /** A known address that it could be mistaken for. */
  resembles: z.strictObject({ address: addressSchema, name: z.string().optional() }).optional(),
  /** A name that the address claims although the name is somebody else's. */
  falseName: z.string().optional(),
  /** The name that the address goes by, where it is another one than was typed. */
  primaryName: z.string().optional(),
})
export type Recipient = z.infer<typeof recipientSchema>

export const feeSpeeds = ['slow', 'normal', 'fast'] as const

export const transferRequestSchema = z.strictObject({
  accountId: accountIdSchema,
  token: tokenRefSchema,
  /** A plain decimal in the token's shown unit, or all that can be sent after the fee. */
  amount: z.union([z.literal('max'), z.string().max(200)]),
  /** An address or an ENS name. */
  recipient: z.string().max(300),
  speed: z.enum(feeSpeeds),
})
export type TransferRequest = z.infer<typeof transferRequestSchema>

export const balanceChangeSchema = z.strictObject({
  address: addressSchema,
  token: tokenSchema,
  /** Positive for what arrives, negative for what leaves; the fee is not part of it. */
  delta: z.bigint(),
})
export type BalanceChange = z.infer<typeof balanceChangeSchema>

export const transferPreviewSchema = z.strictObject({
  previewId: z.string(),
  expiresAtMs: timestampMsSchema,
  chainId: chainIdSchema,
  accountId: accountIdSchema,
  token: tokenSchema,
  units: baseUnitsSchema,
  recipient: recipientSchema,
  fee: z.strictObject({
    gasLimit: gasUnitsSchema,
    maxFeePerGas: weiSchema,
    maxPriorityFeePerGas: weiSchema,
    /** What it costs if the base fee stays as it is, with the data fee. */
    expected: weiSchema,
    /** What it can cost at most: gas limit times the maximum fee, with what the data fee may rise to. */
    maximum: weiSchema,
    /** What a rollup takes for publishing the transaction; part of `expected`. */
    data: weiSchema.optional(),
  }),
  /** What each speed would cost, and how long it would likely wait, by what recent blocks took. */
  feeOptions: z.array(
    z.strictObject({
      speed: z.enum(feeSpeeds),
      expected: weiSchema,
      maximum: weiSchema,
      waitSeconds: z.number().nonnegative(),
    }),
  ),
  nonce: z.int().nonnegative(),
  /** Read by executing the very transaction on the node's pending state. */
  simulation: z.strictObject({
    blockNumber: z.bigint(),
    gasUsed: gasUnitsSchema,
    changes: z.array(balanceChangeSchema),
    /** The node could only execute the transaction, not report what it moves: `changes` is empty because nobody knows, not because nothing moves. */
    balanceChangesUnknown: z.literal(true).exactOptional(),
  }),
  balanceAfter: baseUnitsSchema,
  nativeBalanceAfter: weiSchema,
  warnings: z.array(
    z.enum([
      'recipientIsContract',
      'recipientIsNew',
      'recipientIsOwnAccount',
      'recipientResemblesKnown',
      'nameIsFalse',
      'nameDiffers',
      'emptiesAccount',
      ...assetWarnings,
    ]),
  ),
})
export type TransferPreview = z.infer<typeof transferPreviewSchema>

export const sendOutcomeSchema = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('sent'), activityId: z.string() }),
  z.strictObject({ status: z.literal('rejected') }),
])
export type SendOutcome = z.infer<typeof sendOutcomeSchema>

export const multiSendRequestSchema = z.strictObject({
  accountId: accountIdSchema,
  chainId: chainIdSchema,
  /** Of the chain's coin, to different recipients: addresses or ENS names. */
  payments: z
    .array(z.strictObject({ recipient: z.string().max(300), amount: z.string().max(200) }))
    .min(1)
    .max(mostPayments),
  speed: z.enum(feeSpeeds),
})
export type MultiSendRequest = z.infer<typeof multiSendRequestSchema>

export const multiSendPreviewSchema = z.strictObject({
  previewId: z.string(),
  expiresAtMs: timestampMsSchema,
  chainId: chainIdSchema,
  accountId: accountIdSchema,
  token: tokenSchema,
  payments: z.array(z.strictObject({ recipient: recipientSchema, units: baseUnitsSchema })),
  /** In all. */
  units: baseUnitsSchema,
  fee: z.strictObject({ expected: weiSchema, maximum: weiSchema }),
  balanceAfter: baseUnitsSchema,
})
export type MultiSendPreview = z.infer<typeof multiSendPreviewSchema>

export const transfersContract = {
  /** Reads an address or an ENS name as the user typed it. */
  resolveRecipient: query(
    z.strictObject({ chainId: chainIdSchema, text: z.string().max(300) }),
    recipientSchema,
  ),
  /** Builds and simulates the transfer; what it returns can be sent once, within its time. */
  preview: command(transferRequestSchema, transferPreviewSchema),
  /** Builds one transaction that pays several recipients, all or none, where the chain has Multicall3. */
  previewMany: command(multiSendRequestSchema, multiSendPreviewSchema),
  /** The same as `send`, of what `previewMany` returned. */
  sendMany: command(z.strictObject({ previewId: z.string() }), sendOutcomeSchema),
  /** Opens the approval window with what the signer decoded, and broadcasts what the user approved there. */
  send: command(z.strictObject({ previewId: z.string() }), sendOutcomeSchema),
} as const
