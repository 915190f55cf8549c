import { z } from 'zod'
import { addressSchema, chainIdSchema } from '../identity/identity.ts'
import { nothing } from './common.ts'
import { command, query } from './route.ts'

/** What a user added to the registry, besides what a file of his may hold. */
export const ownEntrySchema = z.strictObject({
  kind: z.enum(['stablecoin', 'realWorldAsset']),
  id: z.string(),
  symbol: z.string(),
  name: z.string(),
  /** The currency of a stablecoin, the class of an asset. */
  of: z.string(),
})
export type OwnEntry = z.infer<typeof ownEntrySchema>

const commonShape = {
  chainId: chainIdSchema,
  address: addressSchema,
  issuer: z.string().trim().max(200),
  /** Where all of this is said; a statement without a source is none. */
  source: z.string().trim().min(1).max(200),
  url: z.union([z.literal(''), z.url({ protocol: /^https$/ })]),
}

export const newEntrySchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('stablecoin'),
    ...commonShape,
    /** ISO 4217. */
    currency: z.string().regex(/^[A-Z]{3}$/),
  }),
  z.strictObject({
    kind: z.literal('realWorldAsset'),
    ...commonShape,
    assetClass: z.enum(['treasury', 'fund', 'equity', 'commodity', 'realEstate', 'credit']),
  }),
])
export type NewEntry = z.infer<typeof newEntrySchema>

export const registryContract = {
  listOwn: query(nothing, z.array(ownEntrySchema)),
  /** The contract is asked for its symbol, name and decimals, and must answer. */
  add: command(newEntrySchema, z.array(ownEntrySchema)),
  remove: command(ownEntrySchema.pick({ kind: true, id: true }), z.array(ownEntrySchema)),
} as const
