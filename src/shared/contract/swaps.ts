import { z } from 'zod'
import { accountIdSchema, addressSchema, chainIdSchema } from '../identity/identity.ts'
import { tokenSchema } from '../identity/token.ts'
import { baseUnitsSchema, gasUnitsSchema, weiSchema } from '../money/units.ts'
import { privateChannels } from './activity.ts'
import { assetWarnings } from './assets.ts'
import { timestampMsSchema } from './common.ts'
import { command, event, query } from './route.ts'
import { balanceChangeSchema, feeSpeeds, sendOutcomeSchema } from './transfers.ts'

const tokenAddressSchema = z.union([z.literal('native'), addressSchema])
/** Hundredths of a percent, 0 to 10,000. */
const shareBpsSchema = z.int().min(0).max(10_000)

/**
 * Who sees a transaction before it is in a block. `private`: only block builders that the chain's own relay gives it to.
 * `mevBlocker`: the same by MEV Blocker. `custom`: a private node of the user's choice. `public`: everybody; where a chain has one
 * sequencer and no public pool, the sequencer alone.
 */
export const swapChannelSchema = z.enum([...privateChannels, 'public'])
export type SwapChannel = z.infer<typeof swapChannelSchema>

export const swapVenueSchema = z.enum([
  'uniswapV2',
  'uniswapV3',
  'uniswapV4',
  'balancerStable',
  'balancerWeighted',
  'curve',
  /** Shares of a vault at its own rate (ERC-4626). */
  'erc4626',
  /** The wrapped coin's own contract: one to one, without fee. */
  'weth',
])
export type SwapVenue = z.infer<typeof swapVenueSchema>

/** What a route may be, where the user wants less than everything. */
export const routeLimitsSchema = z.strictObject({
  /** Pools that one unit of money may pass through. */
  maxHops: z.int().min(1).max(4).optional(),
  /** Swaps in the whole trade. */
  maxLegs: z.int().min(1).max(32).optional(),
  excludedVenues: z
    .array(swapVenueSchema.exclude(['weth']))
    .max(8)
    .optional(),
  /** Forks by name. */
  excludedForks: z.array(z.string().max(40)).max(8).optional(),
})
export type RouteLimits = z.infer<typeof routeLimitsSchema>

export const swapRequestSchema = z.strictObject({
  accountId: accountIdSchema,
  chainId: chainIdSchema,
  sell: tokenAddressSchema,
  buy: tokenAddressSchema,
  /** Which side `amount` is of; the other one is found. */
  exact: z.enum(['sell', 'buy']),
  /** A plain decimal in the token's shown unit; `max`, for selling only, is all that the fee leaves. */
  amount: z.union([z.literal('max'), z.string().max(200)]),
  /** How much worse than quoted the trade may end, in hundredths of a percent. */
  slippage: z.union([z.literal('auto'), z.int().min(0).max(5_000)]),
  /** For which channel an automatic tolerance is chosen, and for which `mev.publicRisk` matters. */
  channel: swapChannelSchema,
  speed: z.enum(feeSpeeds),
  route: routeLimitsSchema.optional(),
})
export type SwapRequest = z.infer<typeof swapRequestSchema>

/**
 * What the vault pays for its shares, where those are sold: it redeems them itself, which is no part of a route, as its contract
 * enforces no minimum then.
 */
const redeemsForSchema = tokenSchema.optional()

/** One pool that the trade goes through. Legs stand in the order in which they run. */
export const swapLegSchema = z.strictObject({
  venue: swapVenueSchema,
  /** The fork that the pool belongs to, where it is one. */
  fork: z.string().max(40).optional(),
  /** Its mathematics agrees with published vectors and was never compared with the deployed contract; the node tries every trade. */
  isUnproven: z.boolean(),
  /** The pool's contract, or its id (32 bytes) where pools share one contract. */
  poolId: z.string().max(66),
  /** The contract that holds the pool's tokens. */
  address: addressSchema,
  /** Millionths of what goes in. */
  feePips: z.int().min(0).max(1_000_000),
  tokenIn: tokenSchema,
  tokenOut: tokenSchema,
  amountIn: baseUnitsSchema,
  amountOut: baseUnitsSchema,
  /** Share of all that the trade exchanges from `tokenIn`. */
  shareBps: shareBpsSchema,
  /** How much worse than the pool's own price before the trade, without its fee, in hundredths of a percent; rounded up. */
  impactBps: shareBpsSchema,
})
export type SwapLeg = z.infer<typeof swapLegSchema>

/** What the user signs and sends, in this order, all under one approval. */
export const swapStepSchema = z.enum([
  /** Sets an old allowance to zero first, for tokens that refuse to change one (USDT). */
  'resetAllowance',
  /** Lets the spender take exactly what is sold. */
  'approve',
  /** A signature without a transaction: lets the router take exactly what is sold, for half an hour. */
  'permit',
  'swap',
])
export type SwapStep = z.infer<typeof swapStepSchema>

export const swapWarningSchema = z.enum([
  /** Impact of 2% and more. */
  'highImpact',
  /** Impact of 10% and more. */
  'extremeImpact',
  /** Fee for the chain above 2% of what is bought. */
  'highGas',
  /** In public, with this tolerance, somebody could profit from attacking the trade. */
  'attackable',
  /** Smaller than the price is likely to move until the trade is in a block: it may well fail. */
  'toleranceTight',
  /** A token that no list knows: its name is only its own claim. */
  'unlistedToken',
  /** Selling all of the coin that pays fees, but for what this one costs. */
  'emptiesAccount',
  /** The trade could not be tried on the node, so what it does is computed, not observed. */
  'notSimulated',
  ...assetWarnings,
])
export type SwapWarning = z.infer<typeof swapWarningSchema>

const channelOptionSchema = z.strictObject({
  channel: swapChannelSchema,
  /** `relay`: a private relay. `mempool`: the public pool. `sequencer`: the chain's one sequencer, which shows nothing. */
  kind: z.enum(['relay', 'mempool', 'sequencer']),
  /** Chosen unless the user says otherwise. */
  isDefault: z.boolean(),
  /** Host of the relay, where there is one. */
  operator: z.string().optional(),
  /** Whether a trade that would fail costs its gas. */
  paysForFailure: z.boolean(),
  canCancel: z.boolean(),
  /** Whether what searchers pay for trading after it is shared with the user; absent where nobody says. */
  sharesProfit: z.boolean().optional(),
  /** Seconds until the trade is in a block, as a rule. */
  usualSeconds: z.number().positive(),
})

/** What somebody could gain by trading around this one in the same block. */
const sandwichSchema = z.strictObject({
  /** At most, after gas, in the token sold; zero when an attack does not pay. */
  attackerProfit: baseUnitsSchema,
  /** What the user gets less in that case, in the token bought; for an exact purchase, what he pays more, in the token sold. */
  userLoss: baseUnitsSchema,
  /**
   * The largest tolerance at which no attack pays, in hundredths of a percent; absent where one pays even without any, out of what
   * rounding to whole units leaves.
   */
  safeToleranceBps: shareBpsSchema.optional(),
})

/** What would help where price and attacker leave no room between them. */
const toleranceSuggestionSchema = z.discriminatedUnion('kind', [
  /** Nobody sees it there, so it may take the tolerance that the price requires. */
  z.strictObject({ kind: z.literal('privateChannel'), toleranceBps: shareBpsSchema }),
  /** So much of it, in thousandths, is too small to be worth attacking. */
  z.strictObject({ kind: z.literal('smallerSize'), thousandths: z.int().min(1).max(1_000) }),
  /** The same as several trades, with time for the pools to recover in between. */
  z.strictObject({ kind: z.literal('splitOverTime'), parts: z.int().min(2).max(1_000) }),
  /** Waits for its price and leaves nothing to take. */
  z.strictObject({ kind: z.literal('limitOrder') }),
])
export type ToleranceSuggestion = z.infer<typeof toleranceSuggestionSchema>

/** What the tolerance has to survive, for the channel that was asked for. */
const toleranceFactsSchema = z.strictObject({
  /** `measured`: from the pools' own past prices. `assumed`: from the kind of the tokens, until there is enough history. */
  basis: z.enum(['measured', 'assumed']),
  /** Changes of the price that a measurement rests on; also told while they are too few. */
  observations: z.int().nonnegative(),
  /** Standard deviation of the price over a day, in hundredths of a percent; rounded up. */
  dailyBps: z.int().nonnegative(),
  /** The least that survives what the price does until the trade is in a block, in 99 of 100 cases. */
  neededBps: shareBpsSchema,
  /** Chance that the trade fails at the chosen tolerance, in hundredths of a percent; rounded up. */
  failureBps: shareBpsSchema,
  /** In public, where what the price needs is more than what no attacker can profit from; `safeBps` absent where he always can. */
  conflict: z
    .strictObject({ safeBps: shareBpsSchema.optional(), suggestions: z.array(toleranceSuggestionSchema) })
    .optional(),
})

export const swapQuoteSchema = z.strictObject({
  status: z.literal('quote'),
  quoteId: z.string(),
  /** It can be executed until then, once. */
  expiresAtMs: timestampMsSchema,
  chainId: chainIdSchema,
  accountId: accountIdSchema,
  /** All amounts hold at the state after this block. */
  blockNumber: z.bigint(),
  blockTimestampMs: timestampMsSchema,
  exact: z.enum(['sell', 'buy']),
  sell: tokenSchema,
  buy: tokenSchema,
  sellUnits: baseUnitsSchema,
  buyUnits: baseUnitsSchema,
  /** Enforced on chain: the trade fails rather than take more. For `exact: 'sell'` it is `sellUnits`, or for shares of a vault what was to be sold. */
  maximumSold: baseUnitsSchema,
  /** Enforced on chain: the trade fails rather than give less. For `exact: 'buy'` it is `buyUnits`. */
  minimumBought: baseUnitsSchema,
  toleranceBps: z.int().min(0).max(5_000),
  /** Who chose the tolerance: the user; what the price is likely to move; or what no attacker can profit from. */
  toleranceFrom: z.enum(['user', 'volatility', 'safety']),
  legs: z.array(swapLegSchema).min(1),
  /** The best that one pool alone would do, where the route uses more than one. */
  bestSinglePool: z
    .strictObject({
      venue: swapVenueSchema,
      fork: z.string().max(40).optional(),
      poolId: z.string().max(66),
      /** In the token that is not exact. */
      units: baseUnitsSchema,
    })
    .optional(),
  /** What `sellUnits` would buy at the route's market price before this trade, without fee and impact. */
  unitsAtMarket: baseUnitsSchema,
  cost: z.strictObject({
    /** In the token bought: what moving the price costs. */
    impact: baseUnitsSchema,
    /** In the token bought: what the pools keep. */
    poolFees: baseUnitsSchema,
    /** The chain's fee, expected, in the token bought; absent where no route prices it. */
    gas: baseUnitsSchema.optional(),
    /** The sum, as a share of `unitsAtMarket`; rounded up. */
    totalBps: z.int().nonnegative(),
  }),
  /** Of all transactions together. */
  fee: z.strictObject({
    gasLimit: gasUnitsSchema,
    maxFeePerGas: weiSchema,
    maxPriorityFeePerGas: weiSchema,
    expected: weiSchema,
    maximum: weiSchema,
  }),
  steps: z.array(swapStepSchema).min(1),
  /** Who is allowed to take the token sold, where an allowance is part of the steps. */
  spender: z.strictObject({ address: addressSchema, name: z.string() }).optional(),
  /** What the account holds of the token sold. */
  sellBalance: baseUnitsSchema,
  redeemsFor: redeemsForSchema,
  /** Why the trade can be looked at but not executed. */
  obstacle: z
    .enum([
      'sellBalance',
      'feeBalance',
      /** The signer names only tokens that a list knows, and signs nothing that it cannot name. */
      'unlistedToken',
    ])
    .optional(),
  /** Read by executing the very steps on the node's pending state; absent with an obstacle. */
  simulation: z
    .strictObject({
      blockNumber: z.bigint(),
      gasUsed: gasUnitsSchema,
      /** What really arrived, in the token bought. */
      bought: baseUnitsSchema,
      /** What really left, in the token sold. */
      sold: baseUnitsSchema,
      changes: z.array(balanceChangeSchema),
    })
    .optional(),
  mev: z.strictObject({
    /** What an attacker could do to this trade, with this tolerance, if it were public. */
    publicRisk: sandwichSchema,
    tolerance: toleranceFactsSchema,
    /** Best first. */
    channels: z.array(channelOptionSchema).min(1),
  }),
  warnings: z.array(swapWarningSchema),
})
export type SwapQuote = z.infer<typeof swapQuoteSchema>

export const noRouteReasonSchema = z.enum([
  /** Both sides are the same token. */
  'sameToken',
  /** The chain has no venue that Minato knows. */
  'noVenue',
  /** No pool, nor a chain of pools, joins the two. */
  'noPool',
  /** Pools of several exchanges join the two, and only within one of them can exactly so much be bought. */
  'notExactly',
  /** There are pools, but not for this amount. */
  'noLiquidity',
  /** So little that nothing would come out. */
  'amountTooSmall',
  /** The token's contract does not let this account receive or give it. */
  'tokenRefusesTransfers',
  /** The token keeps a part of every transfer, so that no amount could be promised. */
  'tokenTakesFee',
])
export type NoRouteReason = z.infer<typeof noRouteReasonSchema>

export const noRouteSchema = z.strictObject({
  status: z.literal('noRoute'),
  reason: noRouteReasonSchema,
  blockNumber: z.bigint(),
  sell: tokenSchema,
  buy: tokenSchema,
  /** The token that stands in the way, where it is one. */
  token: tokenSchema.optional(),
  redeemsFor: redeemsForSchema,
})
export type NoRoute = z.infer<typeof noRouteSchema>

export const swapOfferSchema = z.discriminatedUnion('status', [swapQuoteSchema, noRouteSchema])
export type SwapOffer = z.infer<typeof swapOfferSchema>

export const depthSchema = z.strictObject({
  blockNumber: z.bigint(),
  /** What selling so much buys, by rising size; ends where the pools end. */
  points: z.array(
    z.strictObject({
      sellUnits: baseUnitsSchema,
      buyUnits: baseUnitsSchema,
      /** Fees of pools and impact, against the market price; rounded up. */
      costBps: z.int().nonnegative(),
    }),
  ),
})
export type Depth = z.infer<typeof depthSchema>

/** What one tolerance would mean, if everybody saw the trade. */
const tolerancePointSchema = z.strictObject({
  toleranceBps: shareBpsSchema,
  /** After gas, in the token sold; zero where no attack pays. */
  attackerProfit: baseUnitsSchema,
  /** In the token that is not exact. */
  userLoss: baseUnitsSchema,
  /** Chance of failing for the price, in hundredths of a percent; rounded up. */
  failureBps: shareBpsSchema,
})
export type TolerancePoint = z.infer<typeof tolerancePointSchema>

/** What a trade in the open does to the price of the pool that an attack would hit: costs of one unit, the one before being 1. */
const sandwichDrawingSchema = z.strictObject({
  poolId: z.string().max(66),
  isAttacked: z.boolean(),
  afterFrontRun: z.number().positive(),
  afterTrade: z.number().positive(),
  afterBackRun: z.number().positive(),
  /** On average over the trade: as quoted, as paid under attack, and the most that is accepted. */
  quoted: z.number().positive(),
  paid: z.number().positive(),
  limit: z.number().positive(),
  /** What the attacker puts in, in that pool's input token. */
  frontRunUnits: baseUnitsSchema,
  /** What his two transactions cost, in the token sold. */
  gasUnits: baseUnitsSchema,
})
export type SandwichDrawing = z.infer<typeof sandwichDrawingSchema>

export const exposureSchema = z.strictObject({
  /** By rising tolerance. */
  points: z.array(tolerancePointSchema).min(2),
  drawing: sandwichDrawingSchema,
})
export type SwapExposure = z.infer<typeof exposureSchema>

export const swapsContract = {
  /** Finds the best execution at the newest block, tries it on the node and keeps it for a short time. */
  quote: command(swapRequestSchema, swapOfferSchema),
  /** Opens the approval window with what the signer decoded, and sends what the user approved there by this channel and no other. */
  execute: command(z.strictObject({ quoteId: z.string(), channel: swapChannelSchema }), sendOutcomeSchema),
  /** Withdraws a private trade that is in no block yet; false when it is too late. */
  cancel: command(z.strictObject({ activityId: z.string() }), z.boolean()),
  /** Cost against size for the pair of a quote, around its size. */
  getDepth: query(z.strictObject({ quoteId: z.string() }), depthSchema),
  /** What each tolerance would offer an attacker, and what his attack would do to the price. */
  getExposure: query(z.strictObject({ quoteId: z.string() }), exposureSchema),
  /** A newer block came after the quote's own: ask again. At most once a block, and only for the newest quote. */
  quoteOutdated: event(z.strictObject({ quoteId: z.string(), blockNumber: z.bigint() })),
} as const
