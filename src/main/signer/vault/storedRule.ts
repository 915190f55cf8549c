import { z } from 'zod'
import { type StandingRule, standingRuleSchema, swapBoundsSchema } from '../../../shared/contract/rules.ts'
import { baseUnits, wei } from '../../../shared/money/units.ts'

/** Amounts as decimal digits: JSON's numbers are not exact. */
const amountSchema = z.string().regex(/^\d{1,78}$/)

const storedBoundsSchema = swapBoundsSchema.extend({
  limit: z.strictObject({ sold: amountSchema, bought: amountSchema }),
})

export const storedRuleSchema = standingRuleSchema.extend({
  maximumUnits: amountSchema,
  maximumUnitsPerUse: amountSchema,
  maximumFee: amountSchema,
  spentUnits: amountSchema,
  swap: storedBoundsSchema.exactOptional(),
  signedByNonce: z
    .array(z.strictObject({ nonce: z.int().nonnegative(), units: amountSchema }))
    .exactOptional(),
})
export type StoredRule = z.infer<typeof storedRuleSchema>

export function encodeRule({ swap, signedByNonce, ...rule }: StandingRule): StoredRule {
  return {
    ...rule,
    maximumUnits: String(rule.maximumUnits),
    maximumUnitsPerUse: String(rule.maximumUnitsPerUse),
    maximumFee: String(rule.maximumFee),
    spentUnits: String(rule.spentUnits),
    ...(swap && {
      swap: { ...swap, limit: { sold: String(swap.limit.sold), bought: String(swap.limit.bought) } },
    }),
    ...(signedByNonce && {
      signedByNonce: signedByNonce.map(({ nonce, units }) => ({ nonce, units: String(units) })),
    }),
  }
}

export function decodeRule({ swap, signedByNonce, ...rule }: StoredRule): StandingRule {
  return {
    ...rule,
    maximumUnits: toUnits(rule.maximumUnits),
    maximumUnitsPerUse: toUnits(rule.maximumUnitsPerUse),
    maximumFee: wei(BigInt(rule.maximumFee)),
    spentUnits: toUnits(rule.spentUnits),
    ...(swap && {
      swap: { ...swap, limit: { sold: toUnits(swap.limit.sold), bought: toUnits(swap.limit.bought) } },
    }),
    ...(signedByNonce && {
      signedByNonce: signedByNonce.map(({ nonce, units }) => ({ nonce, units: toUnits(units) })),
    }),
  }
}

const toUnits = (digits: string) => baseUnits(BigInt(digits))
