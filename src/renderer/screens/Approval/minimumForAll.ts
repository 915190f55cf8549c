import type { RuleScope, SwapBounds } from '../../../shared/contract/rules.ts'
import { mulDivUp } from '../../../shared/money/mulDiv.ts'

/** What all that a rule may exchange brings at least, in the token received; rounded up as the signer demands it. */
export function minimumForAll(rule: RuleScope, { limit }: SwapBounds): bigint {
  return mulDivUp(rule.maximumUnits, limit.bought, limit.sold)
}
