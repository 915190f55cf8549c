import { bytesToHex } from 'viem/utils'
import type { StandingRule } from '../../../shared/contract/rules.ts'
import type { SigningIntent } from '../../../shared/contract/signing.ts'
import { type Address, isSameAddress, type TokenRef, tokenKey } from '../../../shared/identity/identity.ts'
import { baseUnits } from '../../../shared/money/units.ts'
import type { DecodedTransaction } from '../signing/transactionType.ts'
import { notCovered } from './notCovered.ts'

/** What a transaction spends, by the signer's own reading. */
interface Spending {
  readonly token: TokenRef
  readonly units: bigint
  readonly recipient: Address
}

/**
 * The rule as it is after this use.
 *
 * @param intent what the transaction does, read from its bytes.
 * @throws AppError `rule.notCovered` with what the rule does not allow.
 */
export function applyRule(
  rule: StandingRule,
  transaction: DecodedTransaction,
  intent: SigningIntent,
  nowMs: number,
): StandingRule {
  // What may exchange may not send.
  if (rule.swap) throw notCovered('selector')
  if (rule.revokedAtMs !== undefined) throw notCovered('revoked')
  if (nowMs < rule.startsAtMs || nowMs >= rule.expiresAtMs) throw notCovered('time')
  if (rule.uses >= rule.maximumUses) throw notCovered('uses')
  if (transaction.chainId !== rule.chainId) throw notCovered('chain')
  if (!isSameAddress(transaction.to, rule.contract)) throw notCovered('contract')
  const selector = transaction.data.length === 0 ? 'none' : bytesToHex(transaction.data.subarray(0, 4))
  if (selector !== rule.selector) throw notCovered('selector')
  if (transaction.gasLimit * transaction.maxFeePerGas > rule.maximumFee) throw notCovered('fee')

  const spending = spendingOf(intent)
  if (!spending || tokenKey(spending.token) !== tokenKey(rule.token.ref)) throw notCovered('token')
  const { recipients } = rule
  if (recipients.length > 0 && !recipients.some((each) => isSameAddress(each, spending.recipient))) {
    throw notCovered('recipient')
  }
  const spentUnits = rule.spentUnits + spending.units
  if (spending.units > rule.maximumUnitsPerUse || spentUnits > rule.maximumUnits) throw notCovered('amount')
  return { ...rule, spentUnits: baseUnits(spentUnits), uses: rule.uses + 1 }
}

/** Only what is fully understood can be counted; everything else no rule covers. */
function spendingOf(intent: SigningIntent): Spending | undefined {
  switch (intent.kind) {
    case 'nativeTransfer':
    case 'tokenTransfer':
      return { token: intent.token.ref, units: intent.units, recipient: intent.to.address }
    default:
      return undefined
  }
}
