import { z } from 'zod'
import { type StandingRule, standingRuleSchema } from '../../../shared/contract/rules.ts'
import { baseUnits, wei } from '../../../shared/money/units.ts'

/** Amounts as decimal digits: JSON's numbers are not exact. */
const amountSchema = z.string().regex(/^\d{1,78}$/)

export const storedRuleSchema = standingRuleSchema.extend({
  maximumUnits: amountSchema,
  maximumUnitsPerUse: amountSchema,
  maximumFee: amountSchema,
  spentUnits: amountSchema,
})
export type StoredRule = z.infer<typeof storedRuleSchema>

export function encodeRule(rule: StandingRule): StoredRule {
  return {
    ...rule,
    maximumUnits: String(rule.maximumUnits),
    maximumUnitsPerUse: String(rule.maximumUnitsPerUse),
    maximumFee: String(rule.maximumFee),
    spentUnits: String(rule.spentUnits),
  }
}

export function decodeRule(rule: StoredRule): StandingRule {
  return {
    ...rule,
    maximumUnits: baseUnits(BigInt(rule.maximumUnits)),
    maximumUnitsPerUse: baseUnits(BigInt(rule.maximumUnitsPerUse)),
    maximumFee: wei(BigInt(rule.maximumFee)),
    spentUnits: baseUnits(BigInt(rule.spentUnits)),
  }
}
