import { z } from 'zod'
import { accountIdSchema, addressSchema, chainIdSchema, hashSchema } from '../identity/identity.ts'
import { tokenSchema } from '../identity/token.ts'
import { baseUnitsSchema, weiSchema } from '../money/units.ts'
import { assetWarnings } from './assets.ts'
import { nothing, timestampMsSchema } from './common.ts'
import { command, event, query } from './route.ts'
import { ruleIdSchema } from './rules.ts'

export const orderIdSchema = z.string().min(1).max(64).brand<'OrderId'>()
export type OrderId = z.infer<typeof orderIdSchema>

const tokenAddressSchema = z.union([z.literal('native'), addressSchema])
/** A plain decimal in shown units, as it was typed. */
const decimalSchema = z.string().min(1).max(100)
/** Hundredths of a percent. */
const bpsSchema = z.int().min(1).max(9_999)

/** So many smallest units of the quote token for so many of the base token: exact, never divided. */
export const orderPriceSchema = z.strictObject({ quote: z.bigint().positive(), base: z.bigint().positive() })
export type OrderPrice = z.infer<typeof orderPriceSchema>

const pairShape = { chainId: chainIdSchema, base: tokenAddressSchema, quote: tokenAddressSchema }
export const orderSideSchema = z.enum(['buy', 'sell'])
export type OrderSide = z.infer<typeof orderSideSchema>

/** When an order acts, and at which price. Prices are shown units of the quote token for one shown unit of the base token. */
export const orderTermsSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('limit'), price: decimalSchema }),
  /** At the market, at most the tolerance away from it. */
  z.strictObject({ type: z.literal('market') }),
  /** Acts when the price has moved against the side; without a price at the market, at most the tolerance beyond the trigger. */
  z.strictObject({ type: z.literal('stop'), trigger: decimalSchema, price: decimalSchema.exactOptional() }),
  /** The same when the price has moved in favour of the side. */
  z.strictObject({
    type: z.literal('takeProfit'),
    trigger: decimalSchema,
    price: decimalSchema.exactOptional(),
  }),
  /** A stop that follows the best price seen at this distance. */
  z.strictObject({
    type: z.literal('trailingStop'),
    distanceBps: bpsSchema,
    price: decimalSchema.exactOptional(),
  }),
  /** The amount in equal slices over time (TWAP, DCA), each at a moment that nobody can foresee. */
  z.strictObject({
    type: z.literal('schedule'),
    slices: z.int().min(2).max(200),
    intervalSeconds: z
      .int()
      .min(12)
      .max(31 * 86_400),
    /** Each slice waits up to this share of the interval longer. */
    jitterPercent: z.int().min(0).max(90),
    /** No slice trades beyond this; absent: the tolerance from the price at placing. */
    price: decimalSchema.exactOptional(),
    /** Whether what a slice could not trade is added to the next one. */
    carriesOver: z.boolean(),
  }),
  /** A limit order and a stop for the same amount: the fill of one ends the other. */
  z.strictObject({
    type: z.literal('oneCancelsOther'),
    price: decimalSchema,
    trigger: decimalSchema,
    stopPrice: decimalSchema.exactOptional(),
  }),
  /** Buys at `price`, then sells what it bought at the take-profit or at the stop-loss, whichever comes first. */
  z.strictObject({
    type: z.literal('bracket'),
    price: decimalSchema,
    takeProfit: decimalSchema,
    stopLoss: decimalSchema,
  }),
])
export type OrderTerms = z.infer<typeof orderTermsSchema>

export const timeInForceSchema = z.discriminatedUnion('kind', [
  /** At most as long as a standing rule may last, which is a year. */
  z.strictObject({ kind: z.literal('goodTillCancelled') }),
  z.strictObject({ kind: z.literal('goodTillTime'), expiresAtMs: timestampMsSchema }),
  /** What can be filled now, and nothing later. */
  z.strictObject({ kind: z.literal('immediateOrCancel') }),
  /** All of it now, or nothing. */
  z.strictObject({ kind: z.literal('fillOrKill') }),
])
export type TimeInForce = z.infer<typeof timeInForceSchema>

export const orderRequestSchema = z.strictObject({
  accountId: accountIdSchema,
  ...pairShape,
  side: orderSideSchema,
  /** Always of the token that is given: the base token when selling, the quote token when buying. */
  amount: z.union([z.literal('max'), decimalSchema]),
  terms: orderTermsSchema,
  timeInForce: timeInForceSchema,
  /** Refused where it could be filled at once. */
  postOnly: z.boolean(),
  /** Least of the token given in one fill; a smaller rest is filled as a whole. */
  minimumFill: decimalSchema.exactOptional(),
  /** How far a fill may be from the trigger, or the market, where there is no price. */
  toleranceBps: z.int().min(1).max(5_000),
  /** Needed where a chain has nothing but a public pool: it is never used silently. */
  allowPublic: z.boolean(),
})
export type OrderRequest = z.infer<typeof orderRequestSchema>

/** How a fill will be sent. `sequencer`: the chain's one sequencer, which shows nothing to others. */
export const orderSendingSchema = z.enum(['private', 'sequencer', 'public'])
export type OrderSending = z.infer<typeof orderSendingSchema>

export const orderNoteSchema = z.enum([
  /** Always: an armed order acts while Minato is open and unlocked, and waits otherwise. */
  'runsWhileOpen',
  /** All or a part would be filled at once. */
  'executesNow',
  /** A fill of this size gains less than its fee costs: it waits for a better price than its own. */
  'smallForFee',
  /** The trigger is on the side of the price where it fires at once. */
  'triggersNow',
  /** The trigger acts on a price that held over several blocks, so that a short spike does not fire it. */
  'triggerNeedsBlocks',
  /** A stop at the market may be filled as far beyond the trigger as the tolerance says, and waits beyond that. */
  'stopMayWait',
  /** Without an end it holds for a year. */
  'endsAfterAYear',
  /** A fill would be seen by everybody before it is in a block. */
  'sentPublicly',
  /** The account does not hold this much now. */
  'balanceTooLow',
  /** The account holds too little coin for the fee of a fill. */
  'feeBalanceTooLow',
  /** Other open orders of the account want the same tokens. */
  'sharedBalance',
])
export type OrderNote = z.infer<typeof orderNoteSchema>

/** What would happen to the user's money, before anything is asked of him. */
export const orderPreviewSchema = z.strictObject({
  base: tokenSchema,
  quote: tokenSchema,
  side: orderSideSchema,
  /** Leaves at most, in the token given. */
  size: baseUnitsSchema,
  /** Arrives at least when all of it is filled, in the token received; rounded up as the signer demands it. */
  minimumReceived: baseUnitsSchema,
  /** No fill is worse than this; of orders in a group, the worst of them. */
  worstPrice: orderPriceSchema,
  /** Where the pools stand now, for a small amount, fees of pools included; absent where nothing joins the two. */
  marketPrice: orderPriceSchema.exactOptional(),
  /** What the pools would fill at once at the price, in the token given. */
  availableNow: baseUnitsSchema,
  /** The fee of one fill, expected at present, and the most that is ever paid for one. */
  expectedFee: weiSchema,
  maximumFee: weiSchema,
  sending: orderSendingSchema,
  expiresAtMs: timestampMsSchema,
  /** When the first and last slice are due at the latest. */
  schedule: z
    .strictObject({ firstAtMs: timestampMsSchema, lastAtMs: timestampMsSchema, sliceSize: baseUnitsSchema })
    .exactOptional(),
  notes: z.array(orderNoteSchema),
  /** What should be known of stablecoins and real-world assets in it. */
  assetWarnings: z.array(z.enum(assetWarnings)),
})
export type OrderPreview = z.infer<typeof orderPreviewSchema>

/** Why an order, or a part of it, is not filled yet. */
export const orderWaitingSchema = z.discriminatedUnion('reason', [
  /** The market is so far from the price, in hundredths of a percent, rounded up. */
  z.strictObject({ reason: z.literal('priceAway'), distanceBps: z.int().nonnegative() }),
  /** At its price it would gain `gain`, and the fee is worth `fee`, both in the token received. */
  z.strictObject({
    reason: z.literal('gasWouldEatGain'),
    gain: baseUnitsSchema,
    fee: baseUnitsSchema,
  }),
  z.strictObject({
    reason: z.literal('trigger'),
    trigger: orderPriceSchema,
    /** Absent until enough blocks have been seen. */
    distanceBps: z.int().nonnegative().exactOptional(),
  }),
  z.strictObject({ reason: z.literal('slice'), atMs: timestampMsSchema }),
  /** The way out of a bracket waits for its way in. */
  z.strictObject({ reason: z.literal('entry') }),
  /** The order beside it is being filled. */
  z.strictObject({ reason: z.literal('otherLeg') }),
  /** A fill is signed and sent, and in no block yet. */
  z.strictObject({ reason: z.literal('sent'), activityId: z.string() }),
  z.strictObject({ reason: z.literal('belowMinimumFill'), available: baseUnitsSchema }),
  z.strictObject({ reason: z.literal('balance'), available: baseUnitsSchema }),
  z.strictObject({ reason: z.literal('feeBalance') }),
  /** The chain asks for a higher fee than was allowed. */
  z.strictObject({ reason: z.literal('feeTooHigh'), maximumFee: weiSchema, fee: weiSchema }),
  z.strictObject({ reason: z.literal('noRoute') }),
  /** The fill was tried and would have failed; it is tried again with later blocks. */
  z.strictObject({ reason: z.literal('trialFailed'), code: z.string() }),
  /** Another transaction of the account is on its way; one after the other. */
  z.strictObject({ reason: z.literal('accountBusy') }),
  z.strictObject({ reason: z.literal('noPrivateChannel') }),
  /** The standing rule was revoked, or is used up by fills that were sent and never came: it needs a new approval. */
  z.strictObject({ reason: z.literal('ruleEnded') }),
  z.strictObject({ reason: z.literal('chainUnreachable') }),
  /** The next block decides. */
  z.strictObject({ reason: z.literal('nextBlock') }),
])
export type OrderWaiting = z.infer<typeof orderWaitingSchema>

export const orderFillSchema = z.strictObject({
  id: z.string(),
  atMs: timestampMsSchema,
  /** Which of the order's parts it belongs to. */
  legId: z.string(),
  sold: baseUnitsSchema,
  bought: baseUnitsSchema,
  /** More than the price asked for, in the token received; absent where nobody set a price. */
  improvement: baseUnitsSchema.exactOptional(),
  /** Paid to the chain. */
  fee: weiSchema,
  activityId: z.string(),
  transactionHash: hashSchema,
})
export type OrderFill = z.infer<typeof orderFillSchema>

export const orderLegSchema = z.strictObject({
  id: z.string(),
  role: z.enum(['order', 'limit', 'stop', 'entry', 'takeProfit', 'stopLoss', 'slices']),
  side: orderSideSchema,
  /** `waiting`: for the entry. `armed`: for the trigger. `working`: may be filled. `held`: the one beside it is being filled. */
  state: z.enum(['waiting', 'armed', 'working', 'held', 'ended']),
  /** Absent where the order acts without a trigger. */
  trigger: orderPriceSchema.exactOptional(),
  /** No fill of this part is worse. */
  limit: orderPriceSchema,
  /** Not filled yet, in the token that this part gives. */
  open: baseUnitsSchema,
  waiting: orderWaitingSchema.exactOptional(),
})
export type OrderLeg = z.infer<typeof orderLegSchema>

export const orderSchema = z.strictObject({
  id: orderIdSchema,
  accountId: accountIdSchema,
  chainId: chainIdSchema,
  base: tokenSchema,
  quote: tokenSchema,
  side: orderSideSchema,
  terms: orderTermsSchema,
  timeInForce: timeInForceSchema,
  postOnly: z.boolean(),
  minimumFill: baseUnitsSchema,
  /** In the token given. */
  size: baseUnitsSchema,
  filledSold: baseUnitsSchema,
  filledBought: baseUnitsSchema,
  status: z.enum(['open', 'filled', 'cancelled', 'expired', 'ended']),
  /** Of `ended`: why. */
  endedBecause: z
    .enum(['notFilledAtOnce', 'ruleEnded', 'completed', 'replaced', 'entryEnded'])
    .exactOptional(),
  createdAtMs: timestampMsSchema,
  expiresAtMs: timestampMsSchema,
  endedAtMs: timestampMsSchema.exactOptional(),
  sending: orderSendingSchema,
  worstPrice: orderPriceSchema,
  maximumFee: weiSchema,
  ruleIds: z.array(ruleIdSchema),
  legs: z.array(orderLegSchema),
  fills: z.array(orderFillSchema),
})
export type Order = z.infer<typeof orderSchema>

/** One price at which somebody would trade, and how much of the base token. */
export const bookLevelSchema = z.strictObject({ price: orderPriceSchema, base: baseUnitsSchema })
export type BookLevel = z.infer<typeof bookLevelSchema>

export const orderBookSchema = z.strictObject({
  blockNumber: z.bigint(),
  base: tokenSchema,
  quote: tokenSchema,
  /** The middle between the pools' best bid and ask; absent where nothing joins the two. */
  marketPrice: orderPriceSchema.exactOptional(),
  /** The user's own open orders with a price, all accounts; the best first. */
  own: z.strictObject({ bids: z.array(bookLevelSchema), asks: z.array(bookLevelSchema) }),
  /** Signed orders, of others and of the user's, that can be filled now; the best first. */
  peers: z.strictObject({ bids: z.array(bookLevelSchema), asks: z.array(bookLevelSchema) }),
  /** What the pools would take and give, as levels, fees of pools included; the best first. */
  pools: z.strictObject({ bids: z.array(bookLevelSchema), asks: z.array(bookLevelSchema) }),
})
export type OrderBook = z.infer<typeof orderBookSchema>

/** Orders that pay each other: each gives what the one before it gets, the first what the last gets. */
export const orderRingSchema = z.strictObject({
  orders: z
    .array(
      z.strictObject({
        /** Of the order, or of its part. */
        id: z.string(),
        /** `armed`: the user's, filled by the app. `signed`: filled by whoever has it. */
        source: z.enum(['armed', 'signed']),
        isOwn: z.boolean(),
        give: tokenSchema,
        get: tokenSchema,
        sold: baseUnitsSchema,
        bought: baseUnitsSchema,
        /** More than it asks for, of what it gets. */
        surplus: baseUnitsSchema,
      }),
    )
    .min(2)
    .max(4),
})
export type OrderRing = z.infer<typeof orderRingSchema>

/** Where a pair stood at a moment; for drawing, so to about sixteen digits. */
export const pairPriceSchema = z.strictObject({ atMs: timestampMsSchema, price: orderPriceSchema })
export type PairPrice = z.infer<typeof pairPriceSchema>

/** What came of an order that was asked for: the approval window decides. */
export const placeOutcomeSchema = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('placed'), order: orderSchema }),
  z.strictObject({ status: z.literal('rejected') }),
])
export type PlaceOutcome = z.infer<typeof placeOutcomeSchema>

export const ordersContract = {
  /** What the order would do, at the newest block; nothing is kept. */
  preview: command(orderRequestSchema, orderPreviewSchema),
  /** Opens the approval window with the standing rule of the order, which is armed once the user approved it there. */
  place: command(orderRequestSchema, placeOutcomeSchema),
  /** Nothing more is filled; what is already sent may still be, and is shown when it was. */
  cancel: command(z.strictObject({ orderId: orderIdSchema }), orderSchema),
  /** All open orders, or those of one account. */
  cancelAll: command(z.strictObject({ accountId: accountIdSchema.exactOptional() }), z.array(orderSchema)),
  /**
   * Takes `reduceBy` off what is open, gives a limit order another price, or both at once. A price that is worse for the user needs a new
   * approval; either way the order goes on under its own id.
   */
  edit: command(
    z.strictObject({
      orderId: orderIdSchema,
      reduceBy: decimalSchema.exactOptional(),
      price: decimalSchema.exactOptional(),
    }),
    placeOutcomeSchema,
  ),
  /** For an order whose rule was revoked or is used up: asks for a new one, of as much as is still open. */
  renew: command(z.strictObject({ orderId: orderIdSchema }), placeOutcomeSchema),
  listOpen: query(nothing, z.array(orderSchema)),
  /** Ended orders, newest first. `cursor` is what the previous page returned. */
  listHistory: query(
    z.strictObject({ cursor: z.string().optional(), limit: z.int().min(1).max(200) }),
    z.strictObject({ items: z.array(orderSchema), nextCursor: z.string().optional() }),
  ),
  /** Past prices of a pair, the oldest first; empty where nothing tells them. */
  getPrices: query(z.strictObject(pairShape), z.array(pairPriceSchema)),
  getBook: query(z.strictObject({ ...pairShape, levels: z.int().min(1).max(50) }), orderBookSchema),
  /** Rings among the user's open orders and the signed ones of a chain, the largest surplus first; shown, and not carried out. */
  findRings: query(z.strictObject({ chainId: chainIdSchema }), z.array(orderRingSchema)),
  changed: event(orderSchema),
  filled: event(z.strictObject({ order: orderSchema, fill: orderFillSchema })),
} as const
