import { z } from 'zod'
import { addressSchema, chainIdSchema } from '../identity/identity.ts'
import { timestampMsSchema } from './common.ts'

/** Whose word a statement is, and of which day (`YYYY-MM-DD`). */
export const attributionSchema = z.strictObject({
  title: z.string(),
  url: z.string().optional(),
  asOf: z.string(),
})
export type Attribution = z.infer<typeof attributionSchema>

export const assetFactTopics = [
  'issuer',
  'backing',
  'redemption',
  'regulation',
  'freezePower',
  'pausePower',
  'standard',
  'whoMayHold',
  'redemptionDelay',
  'market',
  'classification',
] as const

/** One thing that is said of an asset. Topics without an entry are not known, which is not the same as absent. */
export const assetFactSchema = z.strictObject({
  topic: z.enum(assetFactTopics),
  /** A key that the screens have words for, or a proper name. */
  value: z.string(),
  /** Who regulates or classifies it so. */
  authority: z.string().optional(),
  source: attributionSchema,
})
export type AssetFact = z.infer<typeof assetFactSchema>

export const assetContractSchema = z.strictObject({
  chainId: chainIdSchema,
  address: addressSchema,
  /** `confirmed`: the contract itself bears this symbol; `unconfirmed`: nobody has asked it yet; `otherSymbol`: it bears another. */
  confirmation: z.enum(['confirmed', 'unconfirmed', 'otherSymbol']),
  source: attributionSchema,
})
export type AssetContract = z.infer<typeof assetContractSchema>

/** What a price oracle says, with its age. */
export const feedReadingSchema = z.strictObject({
  description: z.string(),
  /** In 1e-8 US dollars. */
  usdE8: z.bigint(),
  updatedAtMs: timestampMsSchema,
  /** Older than the feed may be. */
  isStale: z.boolean(),
})
export type FeedReading = z.infer<typeof feedReadingSchema>

/** The rule for which a token's own contract refuses a transfer. */
export const transferRuleSchema = z.enum([
  'paused',
  'senderFrozen',
  'recipientFrozen',
  'amountFrozen',
  'senderNotVerified',
  'recipientNotVerified',
  'senderMayNotSend',
  'recipientMayNotReceive',
  'partitionClosed',
  'complianceRefused',
  'restricted',
  'deprecated',
])

/** What should be known before a stablecoin or a real-world asset is traded or sent. */
export const assetWarnings = [
  /** More than 1% away from its peg on this chain. */
  'offPeg',
  /** More than 2% above, or below, what it stands for. */
  'premium',
  /** The market of the underlying is closed, or its price is old: nobody knows what it is worth now. */
  'referenceResting',
  /** How many units a token stands for is about to change. */
  'multiplierChanges',
  /** More than its pools take before their prices are 0.5% worse. */
  'thinDepth',
  /** An older contract of a known name. */
  'superseded',
] as const
export type AssetWarning = (typeof assetWarnings)[number]
