import { z } from 'zod'
import { accountIdSchema, addressSchema, chainIdSchema } from '../identity/identity.ts'
import { tokenSchema } from '../identity/token.ts'
import { baseUnitsSchema } from '../money/units.ts'
import {
  assetContractSchema,
  assetFactSchema,
  attributionSchema,
  feedReadingSchema,
  transferRuleSchema,
} from './assets.ts'
import { nothing, timestampMsSchema } from './common.ts'
import { command, event, query } from './route.ts'

const usdE8Schema = z.bigint().nonnegative()
export const pegBandSchema = z.union([z.literal(25), z.literal(50), z.literal(100)])

/** The price of a coin against its peg on one chain, at one block. */
export const pegReadingSchema = z.strictObject({
  token: tokenSchema,
  blockNumber: z.bigint(),
  atMs: timestampMsSchema,
  /** In 1e-8 of the currency that the coin follows; absent where nothing deep enough and nothing fresh prices it. */
  priceE8: z.bigint().optional(),
  /** In hundredths of a percent, rounded away from the peg. */
  deviationBps: z.int().optional(),
  /** The widest band that the price has left. */
  outside: pegBandSchema.optional(),
  from: z.enum(['pools', 'feed', 'nothing']),
  poolsE8: z.bigint().optional(),
  feed: feedReadingSchema.optional(),
  /** What one unit of the currency costs; absent for US dollars. */
  currencyFeed: feedReadingSchema.optional(),
  /** Of the pools that count, until the price is 0.5% worse. */
  depthUsdE8: usdE8Schema,
  pools: z.array(
    z.strictObject({
      venue: z.string(),
      poolId: z.string(),
      counter: z.string(),
      usdE8: usdE8Schema,
      depthUsdE8: usdE8Schema,
      /** Deep enough to have a say. */
      counts: z.boolean(),
    }),
  ),
})
export type PegReading = z.infer<typeof pegReadingSchema>

export const stablecoinSchema = z.strictObject({
  id: z.string(),
  symbol: z.string(),
  name: z.string(),
  currency: z.string(),
  facts: z.array(assetFactSchema),
  contracts: z.array(assetContractSchema),
  superseded: z.array(
    z.strictObject({
      chainId: chainIdSchema,
      addressPrefix: z.string(),
      kind: z.string(),
      source: attributionSchema,
    }),
  ),
  /** On the networks that are turned on. */
  readings: z.array(pegReadingSchema),
  holdings: z.array(
    z.strictObject({
      accountId: accountIdSchema,
      token: tokenSchema,
      units: baseUnitsSchema,
      /** In 1e-8 US dollars, rounded down; absent where no price is known. */
      usdE8: usdE8Schema.optional(),
    }),
  ),
})
export type Stablecoin = z.infer<typeof stablecoinSchema>

export const stablecoinOverviewSchema = z.strictObject({
  coins: z.array(stablecoinSchema),
  /** Networks that could not be measured now. */
  failures: z.array(z.strictObject({ chainId: chainIdSchema, code: z.string() })),
  /** Files of the user's own that could not be read. */
  registryProblems: z.array(z.strictObject({ file: z.string(), reason: z.string() })),
})
export type StablecoinOverview = z.infer<typeof stablecoinOverviewSchema>

const coinRefSchema = z.strictObject({ chainId: chainIdSchema, address: addressSchema })

export const stablecoinReportSchema = z.strictObject({
  reading: pegReadingSchema,
  /** What can be sold now at an average price at most this much worse than the best; absent where no pool buys it. */
  exits: z.array(z.strictObject({ limitBps: z.int().positive(), units: baseUnitsSchema, into: tokenSchema })),
  /** Absent where the contract has no such read. */
  isPaused: z.boolean().optional(),
  accounts: z.array(z.strictObject({ accountId: accountIdSchema, isFrozen: z.boolean() })),
  supply: baseUnitsSchema,
  /** Against about a day ago; absent where the node keeps no state that old. */
  supplyChange: z.bigint().optional(),
})
export type StablecoinReport = z.infer<typeof stablecoinReportSchema>

export const pegHistorySchema = z.strictObject({
  samples: z.array(z.strictObject({ atMs: timestampMsSchema, deviationBps: z.int() })),
  /** How long anybody was looking. */
  watchedMs: z.int().nonnegative(),
  bands: z.array(z.strictObject({ bandBps: pegBandSchema, outsideMs: z.int().nonnegative() })),
})
export type PegHistory = z.infer<typeof pegHistorySchema>

export const alertRuleSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('peg'), bps: z.int().min(1).max(5_000) }),
  z.strictObject({ kind: z.literal('depth'), minimumUsdE8: usdE8Schema }),
  z.strictObject({ kind: z.literal('freeze') }),
])

export const stablecoinAlertSchema = z.strictObject({
  id: z.string(),
  coin: coinRefSchema,
  symbol: z.string(),
  rule: alertRuleSchema,
  /** Since when it rings; absent while all is well. */
  raisedAtMs: timestampMsSchema.optional(),
  /** What it rang for. */
  raisedBps: z.int().optional(),
})
export type StablecoinAlert = z.infer<typeof stablecoinAlertSchema>

export const stablecoinsContract = {
  /** Every coin that the registry knows, measured on the networks that are turned on. */
  getOverview: query(nothing, stablecoinOverviewSchema),
  /** One coin on one chain in depth: what can be sold, who is frozen, how much there is. */
  getReport: query(coinRefSchema, stablecoinReportSchema),
  /** What Minato saw of a coin's peg since then, while it was open. */
  getHistory: query(coinRefSchema.extend({ sinceMs: timestampMsSchema }), pegHistorySchema),
  /** Whether the coin's own rules would let an address receive it; absent where nothing stands against it. */
  checkAddress: query(
    coinRefSchema.extend({ holder: addressSchema }),
    z.strictObject({ rule: transferRuleSchema.optional() }),
  ),
  listAlerts: query(nothing, z.array(stablecoinAlertSchema)),
  addAlert: command(
    z.strictObject({ coin: coinRefSchema, rule: alertRuleSchema }),
    z.array(stablecoinAlertSchema),
  ),
  removeAlert: command(z.strictObject({ id: z.string() }), z.array(stablecoinAlertSchema)),
  /** Alerts began to ring (`raised`), or fell silent. */
  alertsChanged: event(
    z.strictObject({ alerts: z.array(stablecoinAlertSchema), raised: z.array(z.string()) }),
  ),
} as const
