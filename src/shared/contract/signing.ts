import { z } from 'zod'
import { accountIdSchema, addressSchema, chainIdSchema, hashSchema } from '../identity/identity.ts'
import { tokenSchema } from '../identity/token.ts'
import { baseUnitsSchema, gasUnitsSchema, weiSchema } from '../money/units.ts'
import { timestampMsSchema } from './common.ts'

const partySchema = z.strictObject({
  address: addressSchema,
  /** The user's own name for it, from the vault. */
  ownAccountName: z.string().optional(),
})

/** What a transaction does, as read by the signer from the bytes themselves. */
export const signingIntentSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('nativeTransfer'),
    token: tokenSchema,
    to: partySchema,
    units: baseUnitsSchema,
  }),
  z.strictObject({
    kind: z.literal('tokenTransfer'),
    /** `source: 'contract'` marks a token that no shipped or user-loaded list knows: its name is only a claim. */
    token: tokenSchema,
    to: partySchema,
    units: baseUnitsSchema,
  }),
])
export type SigningIntent = z.infer<typeof signingIntentSchema>

export const signingRequestSchema = z.strictObject({
  requestId: z.string(),
  /** keccak256 of the unsigned transaction: an approval is for exactly these bytes. */
  digest: hashSchema,
  expiresAtMs: timestampMsSchema,
  chainId: chainIdSchema,
  chainName: z.string(),
  accountId: accountIdSchema,
  from: partySchema,
  intent: signingIntentSchema,
  nonce: z.int().nonnegative(),
  gasLimit: gasUnitsSchema,
  maxFeePerGas: weiSchema,
  maxPriorityFeePerGas: weiSchema,
  /** Gas limit times maximum fee, in the chain's coin. */
  maximumFee: weiSchema,
  nativeToken: tokenSchema,
  /** The unsigned transaction (EIP-2718 envelope) for whoever wants to see it. */
  rawTransaction: z.instanceof(Uint8Array),
})
export type SigningRequest = z.infer<typeof signingRequestSchema>
