import type { StandingRule } from '../contract/rules.ts'

/** Whether a rule was revoked or its time is over: then nothing is signed under it any more, whatever it is. */
export function isRuleOver(rule: StandingRule, nowMs: number): boolean {
  return rule.revokedAtMs !== undefined || rule.expiresAtMs <= nowMs
}

/**
 * Whether all that a rule allows was signed. Under one for exchanging a transaction can still be signed in the place of one
 * that has its nonce, of which only one can happen.
 */
export function isRuleUsedUp(rule: StandingRule): boolean {
  return rule.uses >= rule.maximumUses || rule.spentUnits >= rule.maximumUnits
}
