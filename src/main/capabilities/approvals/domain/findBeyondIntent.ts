import type { ReadingEffects } from '../../../../shared/contract/readings.ts'
import type { SigningIntent, SigningPreparation } from '../../../../shared/contract/signing.ts'
import { type Address, isSameAddress } from '../../../../shared/identity/identity.ts'
import type { Token } from '../../../../shared/identity/token.ts'
import type { GrantedRight, Inspection } from './Inspection.ts'

/** In what a transaction does more, or other, than what the signer reads in it. */
export type BeyondIntent =
  | 'otherTokenLeaves'
  | 'leavesMore'
  | 'otherRecipient'
  | 'movesNothing'
  | 'arrivesLess'
  | 'otherAllowance'
  | 'givesAll'
  | 'givesOwnership'
  | 'delegateCall'

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
  const effects = intent.kind === 'call' ? intent.reading?.effects : undefined
  if (inspection.delegateCalls.length > 0) return 'delegateCall'
  if (
    granted.some(
      ({ kind, to }) => kind === 'all' && !effects?.grantsAll.some((each) => isSameAddress(each.to, to)),
    )
  )
    return 'givesAll'
  if (
    granted.some(
      ({ kind, to }) => kind === 'ownership' && !effects?.ownership.some((each) => isSameAddress(each, to)),
    )
  )
    return 'givesOwnership'
  // What nobody could read, and the user signs all the same, has no bounds to compare with.
  if (intent.kind === 'call' && !effects) return undefined
  if (
    !granted.every(
      (right) =>
        right.kind !== 'allowance' ||
        (effects ? isReadGrant(right, effects) : isExpected(right, intent, preparations)),
    )
  ) {
    return 'otherAllowance'
  }
  const left = [...net].filter(([, units]) => units < 0n)
  if (effects) return findBeyondReading(left, effects)
  const allowed = mayLeave(intent)
  for (const [token, units] of left) {
    if (!allowed || token !== keyOf(allowed.token)) return 'otherTokenLeaves'
    if (-units > allowed.units) return 'leavesMore'
  }
  if (intent.kind === 'nativeTransfer' || intent.kind === 'tokenTransfer') {
    const key = keyOf(intent.token)
    const sent = inspection.moved.filter(
      ({ token, from }) => token.toLowerCase() === key && isSameAddress(from, account),
    )
    if (!sent.every(({ to }) => isSameAddress(to, intent.to.address))) return 'otherRecipient'
    // A token that only says yes, or a node that ran something else. Of coin, not every node tells where it goes.
    if (intent.kind === 'tokenTransfer' && sent.length === 0 && intent.units > 0n) return 'movesNothing'
  }
  if (intent.kind === 'multiSend' && !isHandedOn(intent, inspection, account)) return 'otherRecipient'
  // Wrapped coins of the first kind tell a conversion by no transfer; it is one to one, by the contract that the signer knows.
  if (intent.kind === 'swap' && intent.through.name !== '') {
    if ((net.get(keyOf(intent.buy)) ?? 0n) < intent.minimumBought) return 'arrivesLess'
  }
  return undefined
}

/** What leaves must be among what the reading says may leave; an amount that it names without a token covers one token. */
function findBeyondReading(
  left: readonly [string, bigint][],
  { spends }: ReadingEffects,
): BeyondIntent | undefined {
  const anyToken = spends.filter(({ token }) => token === undefined)
  for (const [token, units] of left) {
    const own = spends.filter((each) => each.token?.toLowerCase() === token)
    const isWithin =
      own.some((each) => each.units === undefined) ||
      own.reduce((sum, each) => sum + (each.units ?? 0n), 0n) >= -units
    if (own.length > 0 && isWithin) continue
    const at = anyToken.findIndex((each) => each.units === undefined || each.units >= -units)
    if (at === -1) return own.length > 0 ? 'leavesMore' : 'otherTokenLeaves'
    anyToken.splice(at, 1)
  }
  return undefined
}

/** Ending an allowance is never more than was asked for. */
function isReadGrant({ token, to, units }: GrantedRight, { grants }: ReadingEffects): boolean {
  return (
    units === 0n ||
    grants.some(
      (each) =>
        isSameAddress(each.to, to) &&
        (each.token === undefined || isSameAddress(each.token, token)) &&
        (each.units === undefined || units <= each.units),
    )
  )
}

/** All that left went to the contract that hands it on, and that handed on exactly the payments. */
function isHandedOn(
  { payments, through }: Extract<SigningIntent, { kind: 'multiSend' }>,
  { moved }: Inspection,
  account: Address,
): boolean {
  const coins = moved.filter(({ token }) => token === 'native')
  const left = coins.filter(({ from }) => isSameAddress(from, account))
  if (!left.every(({ to }) => isSameAddress(to, through.address))) return false
  const handedOn = coins.filter(({ from }) => isSameAddress(from, through.address))
  return (
    handedOn.length === payments.length &&
    payments.every(({ to, units }) =>
      handedOn.some((each) => isSameAddress(each.to, to.address) && each.units === units),
    )
  )
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
    case 'multiSend':
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
