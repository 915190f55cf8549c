import { z } from 'zod'
import { addressSchema, chainIdSchema } from '../../../shared/identity/identity.ts'
import { assetKinds } from '../../capabilities/assets/index.ts'

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const text = z.string().min(1).max(200)
const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,40}$/)
const sources = z.record(
  z.string(),
  z.strictObject({ title: text, url: z.url({ protocol: /^https$/ }).exactOptional() }),
)
const claimOf = <Value extends z.ZodType>(value: Value) =>
  z.strictObject({ value, source: z.string(), asOf: day })
const claim = claimOf(text)

/** Of an asset in partitions (ERC-7518): the number by which its contract knows one, and what it is called. */
const partitions = z
  .array(z.strictObject({ id: z.string().regex(/^(0|[1-9]\d{0,77})$/), name: text }))
  .min(1)
  .max(20)
const deployment = z.union([
  z.strictObject({
    chainId: chainIdSchema,
    address: addressSchema,
    confirmed: z.boolean(),
    partitions: partitions.exactOptional(),
    source: z.string(),
    asOf: day,
  }),
  // A token of the local chain, whose address stands in that chain's manifest.
  z.strictObject({ localSymbol: text, source: z.string(), asOf: day }),
  // What stands there beside the list of tokens, by its name in the manifest.
  z.strictObject({
    localContract: text,
    partitions: partitions.exactOptional(),
    source: z.string(),
    asOf: day,
  }),
])
const powers = z.strictObject({
  freeze: claim.exactOptional(),
  pause: claim.exactOptional(),
  deprecated: claim.exactOptional(),
})
const base = {
  id,
  symbol: z.string().min(1).max(32),
  name: z.string().min(1).max(100),
  issuer: claim.exactOptional(),
  backing: claim.exactOptional(),
  redemption: claim.exactOptional(),
  powers: powers.exactOptional(),
  deployments: z.array(deployment).min(1).max(40),
}

/** A list of stablecoins as shipped, or as a user adds to it. */
export const stablecoinFileSchema = z.strictObject({
  version: z.literal(1),
  sources,
  coins: z.array(
    z.strictObject({
      ...base,
      currency: z.string().regex(/^[A-Z]{3}$/),
      regulation: z
        .array(
          claimOf(
            z.strictObject({ kind: text, regulator: text, country: z.string().length(2).exactOptional() }),
          ),
        )
        .exactOptional(),
      superseded: z
        .array(
          z.strictObject({
            chainId: chainIdSchema,
            addressPrefix: z.string().regex(/^0x[0-9a-f]{8,40}$/),
            kind: text,
            source: z.string(),
            asOf: day,
          }),
        )
        .exactOptional(),
    }),
  ),
  feeds: z
    .array(
      z.strictObject({
        chainId: chainIdSchema,
        base: text,
        description: text,
        address: addressSchema,
        confirmed: z.boolean(),
        source: z.string(),
        asOf: day,
      }),
    )
    .exactOptional(),
})

/** A list of real-world assets as shipped, or as a user adds to it. */
export const realWorldAssetFileSchema = z.strictObject({
  version: z.literal(1),
  sources,
  assets: z.array(
    z.strictObject({
      ...base,
      assetClass: z.enum(assetKinds),
      standard: claim.exactOptional(),
      whoMayHold: claim.exactOptional(),
      // In days, from the request to the money.
      redemptionDelay: claimOf(z.int().min(0).max(3_650)).exactOptional(),
      market: claim.exactOptional(),
      classification: claimOf(z.strictObject({ status: text, regulator: text })).exactOptional(),
      reference: z.strictObject({ localFeed: text, source: z.string(), asOf: day }).exactOptional(),
    }),
  ),
})

/** Opening hours as shipped. */
export const marketCalendarFileSchema = z.strictObject({
  version: z.literal(1),
  sources,
  markets: z.array(
    z.strictObject({
      id: z.string().regex(/^[A-Z0-9]{4}$/),
      name: text,
      timeZone: text,
      open: time,
      close: time,
      weekdays: z.array(z.int().min(1).max(7)).min(1).max(7),
      holidays: z.array(day),
      earlyCloses: z.array(z.strictObject({ date: day, close: time })),
      knownFrom: day,
      knownUntil: day,
      source: z.string(),
      asOf: day,
    }),
  ),
})

/** What the registry needs of a local chain's manifest. */
export const localAssetsSchema = z.object({
  chainId: chainIdSchema.refine((chainId) => chainId === 31337),
  contracts: z.record(z.string(), addressSchema).default({}),
  tokenList: z.object({ tokens: z.array(z.object({ symbol: z.string(), address: addressSchema })) }),
  feeds: z
    .array(z.object({ description: text, base: text, quote: z.string(), address: addressSchema }))
    .default([]),
})
