import { z } from 'zod'
import { addressSchema, tokenRefSchema } from '../identity/identity.ts'
import { usdE18Schema } from '../money/units.ts'
import { nothing, timestampMsSchema } from './common.ts'
import { event, query } from './route.ts'
import { referenceCurrencies } from './settings.ts'
import { swapVenueSchema } from './swaps.ts'

/** Why something that names a price was not believed. */
export const refusalSchema = z.enum([
  /** A feed without a report for longer than it promises. */
  'stale',
  /** A feed that is another one than expected, or answered nonsense. */
  'invalid',
  /** A market so thin that a little money moves it. */
  'thin',
  /** A market far from where it has been lately: its settled price counts until the new one has lasted. */
  'moved',
  /** Far from what the others say. */
  'disagrees',
])
export type Refusal = z.infer<typeof refusalSchema>

const saysSchema = {
  /** What this source says one whole token is worth; absent where it said nothing usable. */
  usd: usdE18Schema.optional(),
  /** Set where the price does not rest on this source. */
  refused: refusalSchema.optional(),
}

export const priceSourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('feed'),
    name: z.string().max(100),
    address: addressSchema,
    /** `underlying`: of what the token stands for, such as the share behind a tokenised one; no price of the token itself. */
    measures: z.enum(['token', 'underlying']),
    updatedAtMs: timestampMsSchema.optional(),
    ...saysSchema,
  }),
  z.strictObject({
    kind: z.literal('pool'),
    venue: swapVenueSchema,
    /** The fork that the pool belongs to; absent for the protocol that the venue is named after. */
    fork: z.string().max(40).exactOptional(),
    id: z.string().max(66),
    quoteSymbol: z.string().max(64),
    /** A trade of this size, both ways, costs at most a few percent. */
    depthUsd: usdE18Schema,
    ...saysSchema,
  }),
  /** What the vault would pay out for a share (ERC-4626). */
  z.strictObject({ kind: z.literal('redemption'), assetSymbol: z.string().max(64), ...saysSchema }),
])
export type PriceSource = z.infer<typeof priceSourceSchema>

export const tokenPriceSchema = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('known'),
    token: tokenRefSchema,
    /** Of one whole token: 10^decimals base units. */
    usd: usdE18Schema,
    confidence: z.enum(['high', 'medium', 'low']),
    /** How far the market and the feed or redemption are apart, in hundredths of a percent of the latter; above where positive. */
    disagreementBps: z.int().optional(),
    asOfMs: timestampMsSchema,
    sources: z.array(priceSourceSchema).max(32),
  }),
  z.strictObject({
    state: z.literal('unknown'),
    token: tokenRefSchema,
    reason: z.enum(['noMarket', 'thinMarket', 'staleFeed', 'disagreement', 'unreadable']),
    asOfMs: timestampMsSchema,
    sources: z.array(priceSourceSchema).max(32),
  }),
])
export type TokenPrice = z.infer<typeof tokenPriceSchema>
export type KnownPrice = Extract<TokenPrice, { state: 'known' }>

export const fiatRateSchema = z.strictObject({
  currency: z.enum(referenceCurrencies),
  /** What one unit of the currency is worth. */
  usd: usdE18Schema,
  /** `low`: older than promised, as over a weekend, or read from a stablecoin's market. */
  confidence: z.enum(['high', 'low']),
  /** A feed's or a stablecoin's name. */
  source: z.string().max(100),
  asOfMs: timestampMsSchema,
})
export type FiatRate = z.infer<typeof fiatRateSchema>

/** Prices and rates; in an event only those that changed. */
export const priceBookSchema = z.strictObject({
  tokens: z.array(tokenPriceSchema),
  /** Currencies that are missing have no known rate. USD is always there. */
  rates: z.array(fiatRateSchema),
})
export type PriceBook = z.infer<typeof priceBookSchema>

/** What something was worth at a time. */
export const priceSampleSchema = z.strictObject({ atMs: timestampMsSchema, usd: usdE18Schema })
export type PriceSample = z.infer<typeof priceSampleSchema>

export const priceHistorySchema = z.strictObject({
  /** Oldest first, in the order of the request; empty where nothing reliable was known. */
  tokens: z.array(z.strictObject({ token: tokenRefSchema, samples: z.array(priceSampleSchema) })),
  /** Of one unit of the currency that was asked for; empty for US dollars. */
  rates: z.array(priceSampleSchema),
})
export type PriceHistory = z.infer<typeof priceHistorySchema>

export const pricesContract = {
  /** Every price that is followed: of the coins, of what the accounts hold, and of what was asked for in this session. */
  get: query(nothing, priceBookSchema),
  /** The prices of these tokens, which are followed from now on. */
  follow: query(z.strictObject({ tokens: z.array(tokenRefSchema).max(200) }), z.array(tokenPriceSchema)),
  /** What tokens and a currency were worth since a time, as it was seen on this machine or read from a node that keeps old states. */
  getHistory: query(
    z.strictObject({
      tokens: z.array(tokenRefSchema).max(1_000),
      currency: z.enum(referenceCurrencies),
      sinceMs: timestampMsSchema,
      /** About as many samples as are wanted of each. */
      points: z.int().min(2).max(500),
    }),
    priceHistorySchema,
  ),
  changed: event(priceBookSchema),
  /** History was added to, by the minute or by reading an archive. */
  historyChanged: event(nothing),
} as const
