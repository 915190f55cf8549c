import type { StandingRule } from '../../../shared/contract/rules.ts'
import { isSameAddress, tokenKey } from '../../../shared/identity/identity.ts'
import { baseUnits } from '../../../shared/money/units.ts'
import type { DecodedSwap, Preparation } from '../signing/swap/decodeSwap.ts'
import type { DecodedTransaction } from '../signing/transactionType.ts'
import { notCovered } from './notCovered.ts'

/** A swap that is valid for longer could be held back, and sent when the user has long forgotten it. */
const longestValidMs = 60 * 60_000

/**
 * A rule for exchanging as it is after this use. What the transaction sells counts by its nonce: of several signed with one nonce at
 * most one can be carried out, so that one that never came may be signed anew without being paid for twice.
 *
 * @param swap what the transaction and its preparations do, read from their bytes; it pays the account itself or nobody.
 * @throws AppError `rule.notCovered` with what the rule does not allow.
 */
export function applySwapRule(
  rule: StandingRule,
  transaction: DecodedTransaction,
  preparations: readonly Preparation[],
  swap: DecodedSwap,
  nowMs: number,
): StandingRule {
  const { swap: bounds, signedByNonce = [] } = rule
  if (!bounds) throw notCovered('selector')
  if (rule.revokedAtMs !== undefined) throw notCovered('revoked')
  if (nowMs < rule.startsAtMs || nowMs >= rule.expiresAtMs) throw notCovered('time')
  if (transaction.chainId !== rule.chainId) throw notCovered('chain')
  if (!bounds.venues.some((venue) => isSameAddress(venue, transaction.to))) throw notCovered('contract')

  const { sell, buy, maximumSold, minimumBought, validUntilMs, order } = swap.intent
  if (tokenKey(sell.ref) !== tokenKey(rule.token.ref)) throw notCovered('token')
  if (tokenKey(buy.ref) !== tokenKey(bounds.buy.ref)) throw notCovered('token')
  // Cross-multiplied, so that nothing is rounded: bought / sold is at least the limit.
  if (minimumBought * bounds.limit.sold < maximumSold * bounds.limit.bought) throw notCovered('price')
  // How long somebody's signed order lasts is his choice; what is paid for it is counted until then, and never beyond the rule.
  const latestMs = order ? rule.expiresAtMs : Math.min(rule.expiresAtMs, nowMs + longestValidMs)
  if (validUntilMs === undefined || validUntilMs > latestMs) {
    throw notCovered('time')
  }
  const fee = [...preparations.map(({ decoded }) => decoded), transaction].reduce(
    (sum, { gasLimit, maxFeePerGas }) => sum + gasLimit * maxFeePerGas,
    0n,
  )
  if (fee > rule.maximumFee) throw notCovered('fee')

  if (maximumSold > rule.maximumUnitsPerUse) throw notCovered('amount')
  const before = signedByNonce.find(({ nonce }) => nonce === transaction.nonce)
  const units = before && before.units > maximumSold ? before.units : maximumSold
  const signed = [
    ...signedByNonce.filter(({ nonce }) => nonce !== transaction.nonce),
    { nonce: transaction.nonce, units: baseUnits(units) },
  ]
  const spentUnits = signed.reduce((sum, each) => sum + each.units, 0n)
  if (spentUnits > rule.maximumUnits) throw notCovered('amount')
  if (signed.length > rule.maximumUses) throw notCovered('uses')
  return { ...rule, spentUnits: baseUnits(spentUnits), uses: signed.length, signedByNonce: signed }
}
