import { z } from 'zod'
import { accountIdSchema, addressSchema, chainIdSchema } from '../identity/identity.ts'
import { tokenSchema } from '../identity/token.ts'
import { baseUnitsSchema, weiSchema } from '../money/units.ts'
import { nothing, timestampMsSchema } from './common.ts'
import { command, event, query } from './route.ts'

export const ruleIdSchema = z.string().min(1).max(64).brand<'RuleId'>()
export type RuleId = z.infer<typeof ruleIdSchema>

/** First four bytes of a call's data, or `none` for a plain sending of coin. */
export const selectorSchema = z.union([z.literal('none'), z.string().regex(/^0x[0-9a-f]{8}$/)])

/**
 * What a rule for exchanging allows besides its bounds: `token`, at most `maximumUnits` of it in all, for `buy`, which only the
 * account itself may receive.
 */
export const swapBoundsSchema = z.strictObject({
  buy: tokenSchema,
  /** Never worse than so many smallest units of `buy` for so many of `token`: an exact ratio. */
  limit: z.strictObject({ sold: baseUnitsSchema, bought: baseUnitsSchema }),
  /** The contracts that may carry it out; the first is the rule's `contract`. */
  venues: z.array(addressSchema).min(1).max(4),
})
export type SwapBounds = z.infer<typeof swapBoundsSchema>

/** What the user allows to be signed without being asked each time: everything that is not listed is refused. */
export const ruleScopeSchema = z.strictObject({
  name: z.string().trim().min(1).max(64),
  accountId: accountIdSchema,
  chainId: chainIdSchema,
  /** The only contract that may be called, or for a plain sending of coin the recipient. */
  contract: addressSchema,
  selector: selectorSchema,
  /** The only parties that may receive; for transfers there must be one. */
  recipients: z.array(addressSchema).max(16),
  /** The only thing that may be spent. */
  token: tokenSchema,
  /** In all uses together. */
  maximumUnits: baseUnitsSchema,
  /** In one use. */
  maximumUnitsPerUse: baseUnitsSchema,
  /** Highest fee of one use (gas limit times fee per gas). */
  maximumFee: weiSchema,
  maximumUses: z.int().min(1).max(10_000),
  /** With these it is a rule for exchanging, and for nothing else. */
  swap: swapBoundsSchema.exactOptional(),
  startsAtMs: timestampMsSchema,
  expiresAtMs: timestampMsSchema,
})
export type RuleScope = z.infer<typeof ruleScopeSchema>

/** A standing rule as the vault keeps it, with what was used of it. */
export const standingRuleSchema = ruleScopeSchema.extend({
  id: ruleIdSchema,
  createdAtMs: timestampMsSchema,
  spentUnits: baseUnitsSchema,
  uses: z.int().nonnegative(),
  revokedAtMs: timestampMsSchema.optional(),
  /**
   * What was signed for exchanging, by nonce. Of transactions with one nonce at most one can ever be carried out, so that the
   * largest counts; `spentUnits` and `uses` are the sums over the nonces.
   */
  signedByNonce: z
    .array(z.strictObject({ nonce: z.int().nonnegative(), units: baseUnitsSchema }))
    .exactOptional(),
})
export type StandingRule = z.infer<typeof standingRuleSchema>

/** Rules are made in the approval window only; here they are looked at and ended. */
export const rulesContract = {
  list: query(nothing, z.array(standingRuleSchema)),
  /** From the next moment on nothing is signed under it. */
  revoke: command(z.strictObject({ ruleId: ruleIdSchema }), z.array(standingRuleSchema)),
  changed: event(z.array(standingRuleSchema)),
} as const
