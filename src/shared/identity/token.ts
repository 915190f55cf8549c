import { z } from 'zod'
import { tokenRefSchema } from './identity.ts'

/** What kind of thing a token is; decides where it is shown and what is said about it. */
export const assetClassSchema = z.enum(['coin', 'stablecoin', 'rwa', 'token'])
export type AssetClass = z.infer<typeof assetClassSchema>

export const tokenSchema = z.strictObject({
  ref: tokenRefSchema,
  symbol: z.string().max(64),
  name: z.string().max(128),
  /** Power of ten between the base unit and the shown unit, 0 to 255 as ERC-20's uint8. */
  decimals: z.int().min(0).max(255),
  assetClass: assetClassSchema,
  /** ISO 4217 code of the currency that a stablecoin follows. */
  pegCurrency: z.string().length(3).optional(),
  /** Where name and decimals come from: a list shipped or loaded, the chain's definition, or the contract itself. */
  source: z.enum(['native', 'list', 'contract']),
})
export type Token = z.infer<typeof tokenSchema>
