import type { RouteLimits, SwapChannel, SwapRequest } from '../../../shared/contract/swaps.ts'
import type { AppError } from '../../../shared/errors/AppError.ts'
import type { AccountId, ChainId } from '../../../shared/identity/identity.ts'
import { isSameAddress } from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import type { Amounts } from '../../parts/createAmounts.ts'

export type Side = 'sell' | 'buy'

/** The form as it is filled in. */
export interface SwapDraft {
  /** Absent until one is chosen: then the first is taken. */
  readonly accountId: AccountId | undefined
  readonly chainId: ChainId | undefined
  readonly sell: Token | undefined
  readonly buy: Token | undefined
  /** The side whose amount was typed; the other one is found. */
  readonly exact: Side
  /** As typed, or `max`. */
  readonly amount: string
  readonly slippage: SwapRequest['slippage']
  /** Absent until one is chosen: then the network's default is taken. */
  readonly channel: SwapChannel | undefined
  readonly speed: SwapRequest['speed']
  readonly route: RouteLimits
}

export const emptyDraft: SwapDraft = {
  accountId: undefined,
  chainId: undefined,
  sell: undefined,
  buy: undefined,
  exact: 'sell',
  amount: '',
  slippage: 'auto',
  channel: undefined,
  speed: 'normal',
  route: {},
}

/**
 * Fills in what was not chosen: the network's coin against money of the user's own currency, since shelter is what most trades
 * seek. Tokens of another network are not carried over.
 */
export function withDefaults(
  draft: SwapDraft,
  chainId: ChainId | undefined,
  tokens: readonly Token[],
  currency: string | undefined,
): SwapDraft {
  const onChain = (token: Token | undefined) => (token?.ref.chainId === chainId ? token : undefined)
  const sell = onChain(draft.sell) ?? tokens.find(({ source }) => source === 'native')
  const buy =
    onChain(draft.buy) ??
    tokens.find(
      (token) =>
        token.assetClass === 'stablecoin' &&
        token.pegCurrency === currency &&
        !(sell && isSameToken(sell, token)),
    )
  return { ...draft, chainId, sell, buy }
}

/** Exchanges the two sides. What was typed stays with its token; "all of it" cannot be bought, so it is dropped. */
export function flip(draft: SwapDraft): SwapDraft {
  return {
    ...draft,
    sell: draft.buy,
    buy: draft.sell,
    exact: draft.exact === 'sell' ? 'buy' : 'sell',
    amount: draft.amount === 'max' ? '' : draft.amount,
  }
}

/** Puts a token on one side; the same token on the other side changes places with it. */
export function choose(draft: SwapDraft, side: Side, token: Token): SwapDraft {
  const other = side === 'sell' ? draft.buy : draft.sell
  if (other && isSameToken(other, token)) return flip(draft)
  const isMaxOfAnother = draft.amount === 'max' && side === 'sell'
  return { ...draft, [side]: token, amount: isMaxOfAnother ? '' : draft.amount }
}

function isSameToken(a: Token, b: Token): boolean {
  if (a.ref.chainId !== b.ref.chainId) return false
  if (a.ref.address === 'native' || b.ref.address === 'native') return a.ref.address === b.ref.address
  return isSameAddress(a.ref.address, b.ref.address)
}

/** What is wrong with the typed amount as text; nothing is wrong with an empty one, it is only not there yet. */
export function checkDraftAmount(draft: SwapDraft, amounts: Amounts): AppError | undefined {
  const token = draft.exact === 'sell' ? draft.sell : draft.buy
  const text = draft.amount.trim()
  if (text === '' || text === 'max' || !token) return undefined
  // Somebody who has typed "0." is still typing: a zero is not a mistake until something is asked with it.
  return amounts.check(text, token)
}

/** The question that the form asks, in the tokens' own units, or `undefined` while there is none. */
export function readRequest(
  draft: SwapDraft,
  account: AccountId | undefined,
  channel: SwapChannel,
  amounts: Amounts,
): SwapRequest | undefined {
  const { sell, buy, exact, slippage, speed, route } = draft
  const amount = draft.amount.trim()
  if (!account || !sell || !buy || amount === '' || checkDraftAmount(draft, amounts)) return undefined
  if (amount !== 'max' && !/[1-9]/.test(amount)) return undefined
  return {
    accountId: account,
    chainId: sell.ref.chainId,
    sell: sell.ref.address,
    buy: buy.ref.address,
    exact,
    amount: exact === 'sell' ? amounts.toRequest(amount, sell) : amounts.toRequest(amount, buy, 'up'),
    slippage,
    channel,
    speed,
    ...(isLimited(route) ? { route } : {}),
  }
}

/** Whether a route may be less than everything. */
export function isLimited({ maxHops, maxLegs, excludedVenues = [] }: RouteLimits): boolean {
  return maxHops !== undefined || maxLegs !== undefined || excludedVenues.length > 0
}
