import type { JudgementReason } from '../../../../shared/contract/tokens.ts'
import { isSameAddress } from '../../../../shared/identity/identity.ts'
import type { Token } from '../../../../shared/identity/token.ts'
import { skeletonOf } from './skeletonOf.ts'

/** How a token came to an account. */
export interface Arrival {
  /** The account itself, or one of the user's others, sent the transaction. */
  readonly isOwnDoing: boolean
  /** Transfers of this token in the same transaction. */
  readonly recipients: number
}

export interface TokenEvidence {
  readonly token: Token
  /** Listed tokens and the coin of the same chain. */
  readonly listed: readonly Token[]
  readonly arrival: Arrival | undefined
  /** Whether a holder can move it to where it would be sold; `undefined` where that could not be tried. */
  readonly canBeSold: boolean | undefined
}

export interface TokenVerdict {
  readonly isHidden: boolean
  readonly reasons: readonly JudgementReason[]
  /** The listed token that it could be taken for. */
  readonly imitated: Token | undefined
}

/** More recipients in one transaction than anybody pays by hand. */
const airdropRecipients = 20
const longestSymbol = 16
/** Addresses, and the words by which a gift asks to be visited. */
const lure =
  /(?:https?:|www\.|t\.me|\b[a-z0-9-]{2,}\s*[.。]\s*(?:com|org|net|io|xyz|app|fi|finance|site|top|gift|vip|cc|me|eth)\b|\b(?:claim|visit|voucher|reward|airdrop|bonus|giveaway|redeem|winner|free)\b|[领領]取|空投|奖励|獎勵)/iu

/**
 * What to think of a token that no list names. Whatever imitates a listed one, asks to be visited, cannot be sold, or was strewn over many accounts
 * is hidden: kept, counted nowhere, and shown again at a word of the user.
 */
export function judgeToken({ token, listed, arrival, canBeSold }: TokenEvidence): TokenVerdict {
  if (token.source !== 'contract') return { isHidden: false, reasons: [], imitated: undefined }
  const skeleton = skeletonOf(token.symbol)
  const name = skeletonOf(token.name)
  const imitated = listed.find(
    (known) =>
      !isSame(known, token) &&
      (skeletonOf(known.symbol) === skeleton || (name.length > 3 && skeletonOf(known.name) === name)),
  )
  const isStrewn = arrival !== undefined && !arrival.isOwnDoing && arrival.recipients >= airdropRecipients
  const reasons: JudgementReason[] = [
    ...(imitated ? (['imitation'] as const) : []),
    ...(lure.test(`${token.symbol} ${token.name}`) ? (['lure'] as const) : []),
    ...(canBeSold === false ? (['unsellable'] as const) : []),
    ...(isStrewn ? (['airdrop'] as const) : []),
    ...(isOdd(token.symbol) ? (['oddSymbol'] as const) : []),
  ]
  return { isHidden: reasons.length > 0, reasons, imitated }
}

function isSame({ ref: a }: Token, { ref: b }: Token): boolean {
  return a.address !== 'native' && b.address !== 'native' && isSameAddress(a.address, b.address)
}

function isOdd(symbol: string): boolean {
  return /\s/u.test(symbol) || [...symbol].length > longestSymbol
}
