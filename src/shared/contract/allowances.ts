import { z } from 'zod'
import { failureSchema } from '../errors/Result.ts'
import { accountIdSchema, addressSchema, chainIdSchema } from '../identity/identity.ts'
import { tokenSchema } from '../identity/token.ts'
import { baseUnitsSchema, weiSchema } from '../money/units.ts'
import { timestampMsSchema } from './common.ts'
import { command, query } from './route.ts'
import { sendOutcomeSchema } from './transfers.ts'

const takingSchema = {
  /** The same for the same right, whenever it is asked for. */
  id: z.string(),
  chainId: chainIdSchema,
  accountId: accountIdSchema,
  token: tokenSchema,
  spender: addressSchema,
  /** Where the spender is a contract that the app knows. */
  spenderName: z.string().exactOptional(),
  /** A plain account may take it at any time; a contract only as its code allows. */
  isSpenderContract: z.boolean(),
  units: baseUnitsSchema,
  isUnlimited: z.boolean(),
  /** What could be taken right now: the smallest of the allowance, what the account holds, and by way of Permit2 what that may take. */
  atRisk: baseUnitsSchema,
}

export const allowanceSchema = z.discriminatedUnion('kind', [
  /** ERC-20: the spender may take tokens from the account. */
  z.strictObject({ kind: z.literal('token'), ...takingSchema }),
  /** The same by way of Permit2, which the token's own allowance lets take them. */
  z.strictObject({ kind: z.literal('permit2'), ...takingSchema, expiresAtMs: timestampMsSchema }),
])
export type Allowance = z.infer<typeof allowanceSchema>

export const allowancesOverviewSchema = z.strictObject({
  allowances: z.array(allowanceSchema),
  chains: z.array(
    z.strictObject({
      chainId: chainIdSchema,
      /** The first block whose logs have been read for every account; what was given before it may be missing. */
      completeSince: z.bigint(),
      /** Why the node gave no older logs, where it was asked for them. */
      refusal: failureSchema.exactOptional(),
    }),
  ),
  failures: z.array(z.strictObject({ chainId: chainIdSchema, error: failureSchema })),
})
export type AllowancesOverview = z.infer<typeof allowancesOverviewSchema>

export const revocationPreviewSchema = z.strictObject({
  previewId: z.string(),
  expiresAtMs: timestampMsSchema,
  chainId: chainIdSchema,
  accountId: accountIdSchema,
  /** How many rights end, and by how many transactions, all under one approval. */
  rights: z.int().positive(),
  transactions: z.int().positive(),
  maximumFee: weiSchema,
})
export type RevocationPreview = z.infer<typeof revocationPreviewSchema>

export const allowancesContract = {
  /** Every right that the accounts have given and not taken back: found by the chains' logs, told as the contracts tell it now. */
  list: query(
    z.strictObject({
      accountId: accountIdSchema.optional(),
      /** Looks further into the past than the last time. */
      reachesFurther: z.literal(true).optional(),
    }),
    allowancesOverviewSchema,
  ),
  /** Builds what ends these rights, which must be of one account on one chain. */
  previewRevocation: command(
    z.strictObject({ ids: z.array(z.string().max(300)).min(1).max(20) }),
    revocationPreviewSchema,
  ),
  /** Opens the approval window with it, and broadcasts what the user approved there. */
  revoke: command(z.strictObject({ previewId: z.string() }), sendOutcomeSchema),
} as const
