import { z } from 'zod'
import { accountIdSchema, addressSchema, chainIdSchema, hashSchema } from '../identity/identity.ts'
import { tokenSchema } from '../identity/token.ts'
import { baseUnitsSchema, weiSchema } from '../money/units.ts'
import { nothing, timestampMsSchema } from './common.ts'
import { command, event, query } from './route.ts'

export const signedOrderIdSchema = z.string().min(1).max(100).brand<'SignedOrderId'>()
export type SignedOrderId = z.infer<typeof signedOrderIdSchema>

const amountSchema = z.strictObject({ token: tokenSchema, units: baseUnitsSchema })
/** A plain decimal in shown units, as it was typed. */
const decimalSchema = z.string().min(1).max(100)

/** Where a signed order stands, by what the chain says about it at one block. */
export const signedOrderStateSchema = z.discriminatedUnion('kind', [
  /** No node has answered yet. */
  z.strictObject({ kind: z.literal('unchecked') }),
  /** `making` of what is given can be had now, for `taking`. */
  z.strictObject({ kind: z.literal('fillable'), making: baseUnitsSchema, taking: baseUnitsSchema }),
  /** The maker holds, or lets the contract take, too little. */
  z.strictObject({
    kind: z.literal('unfunded'),
    remaining: baseUnitsSchema,
    available: baseUnitsSchema,
    limit: z.enum(['balance', 'allowance']),
  }),
  z.strictObject({ kind: z.literal('forSomebodyElse') }),
  z.strictObject({ kind: z.literal('predicateFails') }),
  z.strictObject({ kind: z.literal('contractPaused') }),
  z.strictObject({ kind: z.literal('expired') }),
  z.strictObject({ kind: z.literal('filled') }),
  z.strictObject({ kind: z.literal('cancelled') }),
  /** Filled or cancelled: the chain does not say which. */
  z.strictObject({ kind: z.literal('usedUp') }),
  z.strictObject({ kind: z.literal('badSignature') }),
  /** It does more than exchange two amounts, or contradicts itself. */
  z.strictObject({ kind: z.literal('unsupported') }),
])
export type SignedOrderState = z.infer<typeof signedOrderStateSchema>

/** An order after 1inch Limit Order Protocol v4, signed, which whoever holds it may fill. */
export const signedOrderSchema = z.strictObject({
  id: signedOrderIdSchema,
  chainId: chainIdSchema,
  /** The contract's name for it. */
  hash: hashSchema,
  maker: addressSchema,
  /** The account that signed it, where it is one of the user's. */
  accountId: accountIdSchema.exactOptional(),
  /** What the maker gives and receives, for all of it; parts at the same rate. */
  give: amountSchema,
  receive: amountSchema,
  fills: z.enum(['parts', 'once', 'whole']),
  /** The last ten bytes of the only address that may fill it. */
  onlyFor: z.string().exactOptional(),
  /** Absent where it never ends by itself. */
  expiresAtMs: timestampMsSchema.exactOptional(),
  addedAtMs: timestampMsSchema,
  /** Of what is given; as far as the chain tells. */
  filled: baseUnitsSchema,
  state: signedOrderStateSchema,
  /** Orders with the same one are alternatives: the fill of one ends the others on the chain. */
  alternativesId: z.string().exactOptional(),
  /** Its cancellation is on its way. */
  isCancelling: z.literal(true).exactOptional(),
})
export type SignedOrder = z.infer<typeof signedOrderSchema>

/** What came of what was asked for: the approval window decides. */
const sentOutcomeSchema = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('sent'), activityId: z.string() }),
  z.strictObject({ status: z.literal('rejected') }),
])
export type SentOutcome = z.infer<typeof sentOutcomeSchema>

/** What a fill would pay and bring, tried on the chain's present state. */
export const orderFillPreviewSchema = z.strictObject({
  pay: amountSchema,
  receive: amountSchema,
  /** What the pools would give for the same payment; absent where nothing joins the two. */
  atMarket: baseUnitsSchema.exactOptional(),
  needsAllowance: z.boolean(),
  expectedFee: weiSchema,
  maximumFee: weiSchema,
  obstacle: z.enum(['sellBalance', 'feeBalance']).exactOptional(),
})
export type OrderFillPreview = z.infer<typeof orderFillPreviewSchema>

export const signedOrderRequestSchema = z.strictObject({
  accountId: accountIdSchema,
  chainId: chainIdSchema,
  give: addressSchema,
  amount: decimalSchema,
  /** More than one: alternatives, of which one fill ends the others on the chain. Each is then filled as a whole. */
  receive: z
    .array(z.strictObject({ token: addressSchema, amount: decimalSchema }))
    .min(1)
    .max(4),
  expiresAtMs: timestampMsSchema,
  fills: z.enum(['parts', 'whole']),
  /** The only address that may fill it. */
  onlyFor: addressSchema.exactOptional(),
})
export type SignedOrderRequest = z.infer<typeof signedOrderRequestSchema>

const fillRequestSchema = z.strictObject({
  id: signedOrderIdSchema,
  accountId: accountIdSchema,
  /** Of what is paid. */
  amount: z.union([z.literal('all'), decimalSchema]),
})

export const signedOrdersContract = {
  list: query(nothing, z.array(signedOrderSchema)),
  /** Opens the approval window once for each order. Nothing leaves this machine. */
  create: command(
    signedOrderRequestSchema,
    z.discriminatedUnion('status', [
      z.strictObject({ status: z.literal('signed'), orders: z.array(signedOrderSchema) }),
      z.strictObject({ status: z.literal('rejected') }),
    ]),
  ),
  /** Lets the contract take as much as the account's open signed orders give of this one's token, where it may not yet. */
  allow: command(z.strictObject({ id: signedOrderIdSchema }), sentOutcomeSchema),
  /** The order as whoever is to fill it needs it: from here on he can. */
  export: query(
    z.strictObject({ id: signedOrderIdSchema }),
    z.strictObject({ link: z.string(), file: z.string(), fileName: z.string() }),
  ),
  /** Reads a link or a file's text, checks it on its chain, and keeps it. */
  import: command(z.strictObject({ text: z.string().max(100_000) }), signedOrderSchema),
  previewFill: command(fillRequestSchema, orderFillPreviewSchema),
  fill: command(fillRequestSchema, sentOutcomeSchema),
  /** Ends it on the chain, with its alternatives. Until that is in a block it can still be filled. */
  cancel: command(z.strictObject({ id: signedOrderIdSchema }), sentOutcomeSchema),
  /** Ends all orders of an account on a chain that can be filled in parts, known here or not, with one transaction. */
  cancelAll: command(
    z.strictObject({ accountId: accountIdSchema, chainId: chainIdSchema }),
    sentOutcomeSchema,
  ),
  /** Forgets it here. What is signed and given away stays valid. */
  remove: command(z.strictObject({ id: signedOrderIdSchema }), nothing),
  changed: event(signedOrderSchema),
  removed: event(z.strictObject({ id: signedOrderIdSchema })),
  /** Somebody filled one of the user's. */
  filled: event(z.strictObject({ order: signedOrderSchema, making: baseUnitsSchema })),
} as const
