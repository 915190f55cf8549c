import type { Suspicion } from '../../../../shared/contract/activity.ts'
import type { Address } from '../../../../shared/identity/identity.ts'
import type { Token } from '../../../../shared/identity/token.ts'
import { foldConfusables } from '../../../../shared/text/foldConfusables.ts'
import { findLookalike } from '../../addressBook/index.ts'
import type { Movement } from './readMovements.ts'

export interface KnownWorld {
  /** Listed tokens and coins of the chain, whose names impostors borrow. */
  readonly trusted: readonly Token[]
  /** Addresses that the user sent to, saved, or owns. */
  readonly knownAddresses: readonly Address[]
}

/** What is in names that want to be visited. */
const advertisement =
  /https?:|www\.|t\.me|\.(com|net|org|io|xyz|app|site|claim|fi|finance|top|vip|club|live|pro|cc)\b|\b(claim|visit|airdrop|reward|bonus)\b/i

/**
 * Whether what a stranger put into the history may be meant to deceive: a transfer of nothing in the account's name, a token that
 * borrows the name of a listed one, a token that advertises, or a sender whose address imitates a known one.
 */
export function judgeMovement(
  { from, to, units, direction }: Movement,
  token: Token,
  { trusted, knownAddresses }: KnownWorld,
): { suspicion: Suspicion; imitates?: Address } | undefined {
  const counterparty = direction === 'in' ? from : to
  const lookalike = findLookalike(counterparty, knownAddresses)
  if (lookalike) return { suspicion: 'lookalike', imitates: lookalike.address }
  // ERC-20 lets anybody move nothing in anybody's name.
  if (units === 0n) return { suspicion: 'zeroValue' }
  if (token.source !== 'contract') return undefined
  const symbol = foldConfusables(token.symbol)
  const name = foldConfusables(token.name)
  if (
    trusted.some((each) => {
      const isSameSymbol = symbol !== '' && foldConfusables(each.symbol) === symbol
      return isSameSymbol || (name !== '' && foldConfusables(each.name) === name)
    })
  ) {
    return { suspicion: 'fakeToken' }
  }
  if (advertisement.test(token.symbol) || advertisement.test(token.name))
    return { suspicion: 'advertisement' }
  return undefined
}
