import { keccak256 } from 'viem/utils'
import type { RuleId, RuleScope, StandingRule, SwapBounds } from '../../../shared/contract/rules.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import { type Hash, isSameAddress, tokenKey } from '../../../shared/identity/identity.ts'
import { baseUnits } from '../../../shared/money/units.ts'
import { encodeUtf8 } from '../memory/bytes.ts'
import { encodeRule } from '../vault/storedRule.ts'

/** keccak256("transfer(address,uint256)"), first four bytes (ERC-20). */
const transferSelector = '0xa9059cbb'
/** keccak256("execute(bytes,bytes[],uint256)"), first four bytes (Uniswap's Universal Router). */
const executeSelector = '0x3593564c'
/** A rule that outlives the memory of its making protects nobody. */
const longestMs = 366 * 24 * 60 * 60_000

/**
 * Refuses rules that could never be used, and those that say less than they seem to.
 *
 * @throws AppError `rule.invalid`
 */
export function assertRuleScope(scope: RuleScope, nowMs: number): void {
  const { token, contract, selector, recipients } = scope
  if (scope.expiresAtMs <= Math.max(nowMs, scope.startsAtMs)) throw invalid('time')
  if (scope.expiresAtMs - nowMs > longestMs) throw invalid('time')
  if (scope.maximumUnits === 0n || scope.maximumUnitsPerUse > scope.maximumUnits) throw invalid('amount')
  if (scope.maximumUnitsPerUse === 0n) throw invalid('amount')
  if (token.ref.chainId !== scope.chainId) throw invalid('token')
  if (scope.swap) {
    assertSwapBounds(scope, scope.swap)
    return
  }
  if ((selector === 'none') !== (token.ref.address === 'native')) throw invalid('selector')
  if (selector === transferSelector) {
    // A transfer to anybody would be the whole account.
    if (recipients.length === 0) throw invalid('recipients')
    if (token.ref.address === 'native' || !isSameAddress(token.ref.address, contract))
      throw invalid('contract')
  }
}

function assertSwapBounds({ token, contract, selector, recipients }: RuleScope, swap: SwapBounds): void {
  const { buy, limit, venues } = swap
  if (buy.ref.chainId !== token.ref.chainId || tokenKey(buy.ref) === tokenKey(token.ref))
    throw invalid('token')
  // Without a price the whole amount could be given away.
  if (limit.sold === 0n || limit.bought === 0n) throw invalid('price')
  if (selector !== executeSelector) throw invalid('selector')
  if (!venues[0] || !isSameAddress(venues[0], contract)) throw invalid('contract')
  // It is the account itself, which the reading of a swap demands; another name here would promise what cannot be.
  if (recipients.length > 0) throw invalid('recipients')
}

/** What an approval of a rule is bound to: every word and number of it. */
export function digestOfRule(scope: RuleScope): Hash {
  const whole = toStandingRule(scope, 'pending' as RuleId, 0)
  const stored: Record<string, unknown> = { ...encodeRule(whole) }
  const sorted = Object.keys(stored)
    .sort()
    .map((name) => [name, stored[name]])
  return keccak256(encodeUtf8(`minato/standing-rule\n${JSON.stringify(sorted)}`))
}

export function toStandingRule(scope: RuleScope, id: RuleId, createdAtMs: number): StandingRule {
  return { ...scope, id, createdAtMs, spentUnits: baseUnits(0n), uses: 0 }
}

function invalid(reason: string): AppError {
  return new AppError('rule.invalid', { reason })
}
