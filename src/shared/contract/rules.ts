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
})
export type StandingRule = z.infer<typeof standingRuleSchema>

/** Rules are made in the approval window only; here they are looked at and ended. */
export const rulesContract = {
  list: query(nothing, z.array(standingRuleSchema)),
  /** From the next moment on nothing is signed under it. */
  revoke: command(z.strictObject({ ruleId: ruleIdSchema }), z.array(standingRuleSchema)),
  changed: event(z.array(standingRuleSchema)),
} as const
