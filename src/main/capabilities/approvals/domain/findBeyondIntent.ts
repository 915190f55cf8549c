import type { SigningIntent, SigningPreparation } from '../../../../shared/contract/signing.ts'
import { type Address, isSameAddress } from '../../../../shared/identity/identity.ts'
import type { Token } from '../../../../shared/identity/token.ts'
import type { GrantedRight, Inspection } from './Inspection.ts'

/** In what a transaction does more, or other, than what the signer reads in it. */
export type BeyondIntent =
  | 'otherTokenLeaves'
  | 'leavesMore'
  | 'otherRecipient'
  | 'arrivesLess'
  | 'otherAllowance'
  | 'givesAll'
  | 'givesOwnership'

/**
 * Compares what a transaction did when it was tried with what the signer read in its bytes: whatever leaves the account, to whom,
 * what arrives, and every right that the account gives. What merely arrives besides is no harm.
 */
export function findBeyondIntent(
  intent: SigningIntent,
  preparations: readonly SigningPreparation[],
  inspection: Inspection,
  account: Address,
): BeyondIntent | undefined {
  const net = sumByToken(inspection, account)
  const granted = inspection.granted.filter(({ by }) => isSameAddress(by, account))
  if (granted.some(({ kind }) => kind === 'all')) return 'givesAll'
  if (granted.some(({ kind }) => kind === 'ownership')) return 'givesOwnership'
  if (!granted.every((right) => isExpected(right, intent, preparations))) return 'otherAllowance'
  const allowed = mayLeave(intent)
  for (const [token, units] of net) {
    if (units >= 0n) continue
    if (!allowed || token !== keyOf(allowed.token)) return 'otherTokenLeaves'
    if (-units > allowed.units) return 'leavesMore'
  }
  if (intent.kind === 'nativeTransfer' || intent.kind === 'tokenTransfer') {
    const key = keyOf(intent.token)
    const sent = inspection.moved.filter(
      ({ token, from }) => token.toLowerCase() === key && isSameAddress(from, account),
    )
    if (!sent.every(({ to }) => isSameAddress(to, intent.to.address))) return 'otherRecipient'
  }
  // Wrapped coins of the first kind tell a conversion by no transfer; it is one to one, by the contract that the signer knows.
  if (intent.kind === 'swap' && intent.through.name !== '') {
    if ((net.get(keyOf(intent.buy)) ?? 0n) < intent.minimumBought) return 'arrivesLess'
  }
  return undefined
}

const keyOf = ({ ref }: Token): string => ref.address.toLowerCase()

function sumByToken({ moved }: Inspection, account: Address): ReadonlyMap<string, bigint> {
  const net = new Map<string, bigint>()
  for (const { token, from, to, units } of moved) {
    const key = token.toLowerCase()
    if (isSameAddress(from, account)) net.set(key, (net.get(key) ?? 0n) - units)
    if (isSameAddress(to, account)) net.set(key, (net.get(key) ?? 0n) + units)
  }
  return net
}

function mayLeave(intent: SigningIntent): { token: Token; units: bigint } | undefined {
  switch (intent.kind) {
    case 'nativeTransfer':
    case 'tokenTransfer':
      return { token: intent.token, units: intent.units }
    case 'swap':
      return { token: intent.sell, units: intent.maximumSold }
    default:
      return undefined
  }
}

/** Ending an allowance is never more than was asked for; neither is what using one leaves of it. */
function isExpected(
  { token, to, units }: GrantedRight,
  intent: SigningIntent,
  preparations: readonly SigningPreparation[],
): boolean {
  if (units === 0n) return true
  if (intent.kind === 'allowance') {
    const isSame = token.toLowerCase() === keyOf(intent.token) && isSameAddress(to, intent.spender.address)
    return isSame && units <= intent.units
  }
  if (intent.kind !== 'swap' || token.toLowerCase() !== keyOf(intent.sell)) return false
  const { permit } = intent
  return (
    preparations.some(
      ({ spender, units: prepared }) => isSameAddress(spender.address, to) && units <= prepared,
    ) ||
    (permit !== undefined && isSameAddress(permit.spender, to) && units <= permit.units)
  )
}
