import { z } from 'zod'
import { accountIdSchema, addressSchema, chainIdSchema } from '../identity/identity.ts'
import { tokenSchema } from '../identity/token.ts'
import { baseUnitsSchema } from '../money/units.ts'
import { assetContractSchema, assetFactSchema, feedReadingSchema, transferRuleSchema } from './assets.ts'
import { nothing, timestampMsSchema } from './common.ts'
import { query } from './route.ts'

const usdE8Schema = z.bigint().nonnegative()
const assetRefSchema = z.strictObject({ chainId: chainIdSchema, address: addressSchema })

/** What an asset trades at against what it stands for. */
export const assetPriceSchema = z.strictObject({
  token: tokenSchema,
  blockNumber: z.bigint(),
  atMs: timestampMsSchema,
  /** Of one whole token by its pools; absent where no pool is deep enough to say. */
  usdE8: usdE8Schema.optional(),
  depthUsdE8: usdE8Schema,
  reference: feedReadingSchema.optional(),
  /** What one token is worth by its reference and multiplier. */
  fairUsdE8: usdE8Schema.optional(),
  /** In hundredths of a percent, rounded away from zero; negative for a discount. */
  premiumBps: z.int().optional(),
  referenceState: z.enum(['live', 'drifting', 'marketClosed', 'unknown']),
  market: z
    .strictObject({
      name: z.string(),
      isOpen: z.boolean(),
      nextOpeningMs: timestampMsSchema.optional(),
      closesAtMs: timestampMsSchema.optional(),
    })
    .optional(),
  /** How balances are to be shown (ERC-8056), scaled by 1e18. */
  multiplier: z.bigint().positive().optional(),
  scheduledMultiplier: z
    .strictObject({ multiplier: z.bigint().positive(), atMs: timestampMsSchema })
    .optional(),
})
export type AssetPrice = z.infer<typeof assetPriceSchema>

export const realWorldAssetSchema = z.strictObject({
  id: z.string(),
  symbol: z.string(),
  name: z.string(),
  kind: z.enum(['treasury', 'fund', 'equity', 'commodity', 'realEstate', 'credit']),
  facts: z.array(assetFactSchema),
  contracts: z.array(assetContractSchema),
  prices: z.array(assetPriceSchema),
  holdings: z.array(
    z.strictObject({
      accountId: accountIdSchema,
      token: tokenSchema,
      units: baseUnitsSchema,
      usdE8: usdE8Schema.optional(),
    }),
  ),
})
export type RealWorldAsset = z.infer<typeof realWorldAssetSchema>

/** How long the money is bound until a gap is closed by the issuer. */
const waitSchema = z.strictObject({
  /** From the request to the money, as the registry has it; absent where nobody says how long it takes. */
  days: z.int().nonnegative().optional(),
  /** What the result is a year over these days, in hundredths of a percent, without compounding; rounded down. */
  yearlyBps: z.int().optional(),
})

/** An asset that trades further from what it stands for than a round trip in it costs. */
export const assetGapSchema = z.strictObject({
  token: tokenSchema,
  premiumBps: z.int(),
  /** Buying it and selling it again at once, pools and gas, in hundredths of a percent; rounded up. */
  roundTripBps: z.int().nonnegative(),
  money: tokenSchema,
  spend: baseUnitsSchema,
  /**
   * `priceReturn`: the price would have to come back, and nobody says that it will. The others go through the issuer:
   * bought here and redeemed there, or issued there and sold here.
   */
  closing: z.enum(['priceReturn', 'buyAndRedeem', 'depositAndSell']),
  /** Where the issuer answers on request. */
  wait: waitSchema.optional(),
  /** What is left of this much, after all cost. */
  result: z.bigint(),
  resultBps: z.int(),
})
export type AssetGap = z.infer<typeof assetGapSchema>

export const realWorldAssetOverviewSchema = z.strictObject({
  assets: z.array(realWorldAssetSchema),
  gaps: z.array(assetGapSchema),
  failures: z.array(z.strictObject({ chainId: chainIdSchema, code: z.string() })),
  registryProblems: z.array(z.strictObject({ file: z.string(), reason: z.string() })),
})
export type RealWorldAssetOverview = z.infer<typeof realWorldAssetOverviewSchema>

export const assetPermissionsSchema = z.strictObject({
  /** Why the account could not receive one token from the asset's deepest pool. */
  receiving: z.strictObject({ rule: transferRuleSchema, words: z.string().optional() }).optional(),
  /** Why it could not send one away. */
  sending: z.strictObject({ rule: transferRuleSchema, words: z.string().optional() }).optional(),
})

export const realWorldAssetReportSchema = z.strictObject({
  price: assetPriceSchema,
  permissions: assetPermissionsSchema,
  /** What can be sold at an average price this much worse than the best; absent where no pool takes it. */
  exits: z.array(z.strictObject({ limitBps: z.int().positive(), units: baseUnitsSchema, into: tokenSchema })),
  /** Absent where the contract does not tell, as of an asset in partitions. */
  supply: baseUnitsSchema.optional(),
  /** Of an asset in partitions (ERC-7518): each has rules and balances of its own. */
  partitions: z
    .array(
      z.strictObject({
        /** As the contract numbers it; decimal. */
        id: z.string(),
        name: z.string(),
        /** What the account holds of it, and what of that is not locked. */
        held: baseUnitsSchema.optional(),
        free: baseUnitsSchema.optional(),
        permissions: assetPermissionsSchema,
      }),
    )
    .optional(),
  /** By the token's own transfers; absent where the chain has too many to read. */
  holders: z
    .strictObject({
      holders: z.int().nonnegative(),
      hhi: z.int().min(0).max(10_000),
      largestBps: z.int().min(0).max(10_000),
      /** In base units, through the pools, in the last day. */
      dailyVolume: baseUnitsSchema,
      /** Days to sell what the account holds at a tenth of that volume; absent without holding or volume. */
      daysToExit: z.int().nonnegative().optional(),
    })
    .optional(),
  /** Money for one share at any time, of a vault (ERC-4626, ERC-7540). */
  vault: z
    .strictObject({
      asset: tokenSchema,
      /** For one whole share, in base units of the asset, rounded down. */
      assetsPerShare: baseUnitsSchema,
      /** What the account can redeem now. */
      redeemable: baseUnitsSchema.optional(),
      isAsynchronous: z.boolean(),
      pending: baseUnitsSchema.optional(),
      claimable: baseUnitsSchema.optional(),
    })
    .optional(),
  /** What closing the distance between the price and the redemption value would bring for this much, after all cost. */
  gap: z
    .strictObject({
      direction: z.enum(['buyAndRedeem', 'depositAndSell']),
      money: tokenSchema,
      spend: baseUnitsSchema,
      wait: waitSchema.optional(),
      result: z.bigint(),
      resultBps: z.int(),
    })
    .optional(),
  /** What the contract itself shows that its issuer can do; a power that leaves no read behind is not seen. */
  powers: z.strictObject({
    freeze: z.boolean(),
    freezePart: z.boolean(),
    forceTransfer: z.boolean(),
    pause: z.boolean(),
  }),
  /** A majority's right to make the rest sell (ERC20Draggable); absent where the contract shows none. */
  dragAlong: z
    .strictObject({
      quorumBps: z.int().min(1).max(10_000),
      votePeriodSeconds: z.int().nonnegative(),
      isBinding: z.boolean(),
    })
    .optional(),
})
export type RealWorldAssetReport = z.infer<typeof realWorldAssetReportSchema>

export const holdOutSchema = z.strictObject({
  money: tokenSchema,
  supply: baseUnitsSchema,
  owned: baseUnitsSchema,
  curve: z.array(z.strictObject({ shareBps: z.int().nonnegative(), cost: baseUnitsSchema })),
  costToThreshold: baseUnitsSchema.optional(),
  missing: baseUnitsSchema,
  blockingHolders: z.int().positive().optional(),
  blockingUnits: baseUnitsSchema.optional(),
})
export type HoldOut = z.infer<typeof holdOutSchema>

export const realWorldAssetsContract = {
  /** Every asset that the registry knows, priced on the networks that are turned on. */
  getOverview: query(nothing, realWorldAssetOverviewSchema),
  /** One asset on one chain: rules for this account, depth, holders, redemption. */
  getReport: query(
    assetRefSchema.extend({ accountId: accountIdSchema.optional() }),
    realWorldAssetReportSchema,
  ),
  /** What its reference has been: of a fund the value of a share. */
  getHistory: query(
    assetRefSchema,
    z.strictObject({
      points: z.array(z.strictObject({ atMs: timestampMsSchema, usdE8: usdE8Schema })).max(200),
      from: z.enum(['reports', 'blocks']),
    }),
  ),
  /** What it costs to collect a share of the supply through the pools and known offers, and who can prevent it. */
  computeHoldOut: query(
    assetRefSchema.extend({
      accountId: accountIdSchema.optional(),
      thresholdBps: z.int().min(1).max(10_000),
      /** Known from elsewhere: so many tokens, each for so much of the money; plain decimals. */
      offers: z
        .array(z.strictObject({ amount: z.string().min(1).max(60), price: z.string().min(1).max(60) }))
        .max(50),
    }),
    holdOutSchema,
  ),
} as const
