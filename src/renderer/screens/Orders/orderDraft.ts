import type { OrderRequest, OrderSide, OrderTerms, TimeInForce } from '../../../shared/contract/orders.ts'
import type { AccountId, ChainId } from '../../../shared/identity/identity.ts'
import { isSameAddress } from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import type { Amounts } from '../../parts/createAmounts.ts'

export const orderTypes = [
  'limit',
  'market',
  'stop',
  'takeProfit',
  'trailingStop',
  'schedule',
  'oneCancelsOther',
  'bracket',
] as const satisfies readonly OrderTerms['type'][]
export type OrderType = (typeof orderTypes)[number]

export const durations = [
  'goodTillCancelled',
  'hour',
  'day',
  'week',
  'month',
  'immediateOrCancel',
  'fillOrKill',
] as const
export type Duration = (typeof durations)[number]

/** Seconds from one slice to the next, by the name under which they are offered. */
export const intervals = { minute: 60, fiveMinutes: 300, hour: 3_600, day: 86_400, week: 604_800 } as const
export type Interval = keyof typeof intervals

const hourMs = 3_600_000
const durationsMs = { hour: hourMs, day: 24 * hourMs, week: 168 * hourMs, month: 720 * hourMs } as const

/** The ticket as it is filled in; every number as it was typed. */
export interface OrderDraft {
  readonly accountId: AccountId | undefined
  readonly chainId: ChainId | undefined
  readonly base: Token | undefined
  readonly quote: Token | undefined
  readonly side: OrderSide
  readonly type: OrderType
  /** Of the token that is given, or `max`. */
  readonly amount: string
  readonly price: string
  readonly trigger: string
  readonly stopPrice: string
  readonly takeProfit: string
  readonly stopLoss: string
  readonly distance: string
  readonly slices: string
  readonly interval: Interval
  readonly isRandom: boolean
  readonly carriesOver: boolean
  readonly duration: Duration
  readonly postOnly: boolean
  readonly minimumFill: string
  readonly tolerance: string
  readonly allowPublic: boolean
}

export const emptyDraft: OrderDraft = {
  accountId: undefined,
  chainId: undefined,
  base: undefined,
  quote: undefined,
  side: 'sell',
  type: 'limit',
  amount: '',
  price: '',
  trigger: '',
  stopPrice: '',
  takeProfit: '',
  stopLoss: '',
  distance: '2',
  slices: '10',
  interval: 'hour',
  isRandom: true,
  carriesOver: true,
  duration: 'goodTillCancelled',
  postOnly: false,
  minimumFill: '',
  tolerance: '0.5',
  allowPublic: false,
}

/** Fields of the ticket that can be wrong by themselves. */
export type DraftField =
  | 'amount'
  | 'price'
  | 'trigger'
  | 'stopPrice'
  | 'takeProfit'
  | 'stopLoss'
  | 'distance'
  | 'slices'
  | 'minimumFill'
  | 'tolerance'

export type DraftProblem = 'number' | 'percent' | 'slices'

/** Which fields a type of order has, and whether they may stay empty. */
const fieldsOf: Record<OrderType, Partial<Record<DraftField, 'required' | 'optional'>>> = {
  limit: { price: 'required', minimumFill: 'optional' },
  market: { tolerance: 'required' },
  stop: { trigger: 'required', price: 'optional', tolerance: 'required' },
  takeProfit: { trigger: 'required', price: 'optional', tolerance: 'required' },
  trailingStop: { distance: 'required', price: 'optional', tolerance: 'required' },
  schedule: { slices: 'required', price: 'optional', tolerance: 'required' },
  oneCancelsOther: { price: 'required', trigger: 'required', stopPrice: 'optional', tolerance: 'required' },
  bracket: { price: 'required', takeProfit: 'required', stopLoss: 'required', tolerance: 'required' },
}

export function hasField(type: OrderType, field: DraftField): boolean {
  return field === 'amount' || fieldsOf[type][field] !== undefined
}

/** Of what a price is known from the start there is no need of conditions on time; the others act later than now. */
export function durationsOf(type: OrderType): readonly Duration[] {
  if (type === 'market') return ['immediateOrCancel', 'fillOrKill']
  if (type === 'limit') return durations
  return durations.filter((duration) => duration !== 'immediateOrCancel' && duration !== 'fillOrKill')
}

const decimalPattern = /^\d{1,40}(?:\.\d{1,36})?$/

/** What is wrong with each field as it stands; nothing is wrong with an empty one, it is only not there yet. */
export function checkDraft(draft: OrderDraft): Partial<Record<DraftField, DraftProblem>> {
  const problems: Partial<Record<DraftField, DraftProblem>> = {}
  for (const field of ['amount', ...Object.keys(fieldsOf[draft.type])] as DraftField[]) {
    const text = draft[field].trim()
    if (text === '' || (field === 'amount' && text === 'max')) continue
    const problem = checkField(field, text)
    if (problem) problems[field] = problem
  }
  return problems
}

function checkField(field: DraftField, text: string): DraftProblem | undefined {
  if (field === 'slices')
    return /^\d{1,3}$/.test(text) && Number(text) >= 2 && Number(text) <= 200 ? undefined : 'slices'
  if (field === 'distance') return percentToBps(text, 9_999) === undefined ? 'percent' : undefined
  if (field === 'tolerance') return percentToBps(text, 5_000) === undefined ? 'percent' : undefined
  // Somebody who has typed "0." is still typing.
  return decimalPattern.test(text) || /^\d{1,40}\.$/.test(text) ? undefined : 'number'
}

/** A typed percentage in hundredths of a percent; `undefined` where it is none, is zero or is above the maximum. */
export function percentToBps(text: string, mostBps: number): number | undefined {
  const found = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(text.trim())
  if (!found) return undefined
  const bps = Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0'))
  return bps >= 1 && bps <= mostBps ? bps : undefined
}

/** Fills in what was not chosen: the network's coin against money of the user's own currency. */
export function withDefaults(
  draft: OrderDraft,
  chainId: ChainId | undefined,
  tokens: readonly Token[],
  currency: string | undefined,
): OrderDraft {
  const onChain = (token: Token | undefined) => (token?.ref.chainId === chainId ? token : undefined)
  const base = onChain(draft.base) ?? tokens.find(({ source }) => source === 'native')
  const quote =
    onChain(draft.quote) ??
    tokens.find((token) => token.assetClass === 'stablecoin' && token.pegCurrency === currency) ??
    tokens.find((token) => token.assetClass === 'stablecoin')
  const duration = durationsOf(draft.type).includes(draft.duration)
    ? draft.duration
    : (durationsOf(draft.type)[0] ?? 'goodTillCancelled')
  return { ...draft, chainId, base, quote, duration, side: draft.type === 'bracket' ? 'buy' : draft.side }
}

/** Puts a token on one side of the pair; the same token on the other side changes places with it. */
export function chooseToken(draft: OrderDraft, which: 'base' | 'quote', token: Token): Partial<OrderDraft> {
  const other = which === 'base' ? draft.quote : draft.base
  const prices = {
    amount: '',
    price: '',
    trigger: '',
    stopPrice: '',
    takeProfit: '',
    stopLoss: '',
    minimumFill: '',
  }
  if (other && isSameToken(other, token)) return { base: draft.quote, quote: draft.base, ...prices }
  return { [which]: token, ...prices }
}

function isSameToken(a: Token, b: Token): boolean {
  if (a.ref.chainId !== b.ref.chainId) return false
  if (a.ref.address === 'native' || b.ref.address === 'native') return a.ref.address === b.ref.address
  return isSameAddress(a.ref.address, b.ref.address)
}

/** The token that leaves. */
export function givenOf(draft: Pick<OrderDraft, 'side' | 'base' | 'quote'>): Token | undefined {
  return draft.side === 'sell' ? draft.base : draft.quote
}

/** The order that the ticket asks for, in the tokens' own units, or `undefined` while something is missing or wrong. */
export function readRequest(
  draft: OrderDraft,
  accountId: AccountId | undefined,
  nowMs: number,
  amounts: Amounts,
): OrderRequest | undefined {
  const { base, quote, type } = draft
  if (!accountId || !base || !quote || Object.keys(checkDraft(draft)).length > 0) return undefined
  const isThere = (field: DraftField) => {
    const text = draft[field].trim()
    return text === 'max' || (/[1-9]/.test(text) && !text.endsWith('.'))
  }
  const needed = Object.entries(fieldsOf[type]).flatMap(([field, need]) =>
    need === 'required' ? [field as DraftField] : [],
  )
  if (!isThere('amount') || !needed.every(isThere)) return undefined
  const given = draft.side === 'sell' ? base : quote
  const minimumFill =
    hasField(type, 'minimumFill') && isThere('minimumFill')
      ? amounts.toRequest(draft.minimumFill, given)
      : undefined
  const priceOf = (field: PriceField) => amounts.priceToRequest(draft[field], base, quote)
  return {
    accountId,
    chainId: base.ref.chainId,
    base: base.ref.address,
    quote: quote.ref.address,
    side: draft.side,
    amount: amounts.toRequest(draft.amount, given),
    terms: readTerms(draft, isThere, priceOf),
    timeInForce: readTimeInForce(draft.duration, nowMs),
    postOnly: type === 'limit' && draft.postOnly && canRest(draft.duration),
    ...(minimumFill === undefined ? {} : { minimumFill }),
    toleranceBps: percentToBps(draft.tolerance, 5_000) ?? 50,
    allowPublic: draft.allowPublic,
  }
}

function canRest(duration: Duration): boolean {
  return duration !== 'immediateOrCancel' && duration !== 'fillOrKill'
}

type PriceField = 'price' | 'trigger' | 'stopPrice' | 'takeProfit' | 'stopLoss'

function readTerms(
  draft: OrderDraft,
  isThere: (field: DraftField) => boolean,
  priceOf: (field: PriceField) => string,
): OrderTerms {
  const price = isThere('price') ? { price: priceOf('price') } : {}
  const trigger = priceOf('trigger')
  switch (draft.type) {
    case 'limit':
      return { type: 'limit', price: priceOf('price') }
    case 'market':
      return { type: 'market' }
    case 'stop':
      return { type: 'stop', trigger, ...price }
    case 'takeProfit':
      return { type: 'takeProfit', trigger, ...price }
    case 'trailingStop':
      return { type: 'trailingStop', distanceBps: percentToBps(draft.distance, 9_999) ?? 1, ...price }
    case 'schedule':
      return {
        type: 'schedule',
        slices: Number(draft.slices),
        intervalSeconds: intervals[draft.interval],
        jitterPercent: draft.isRandom ? 50 : 0,
        carriesOver: draft.carriesOver,
        ...price,
      }
    case 'oneCancelsOther':
      return {
        type: 'oneCancelsOther',
        price: priceOf('price'),
        trigger,
        ...(isThere('stopPrice') ? { stopPrice: priceOf('stopPrice') } : {}),
      }
    case 'bracket':
      return {
        type: 'bracket',
        price: priceOf('price'),
        takeProfit: priceOf('takeProfit'),
        stopLoss: priceOf('stopLoss'),
      }
  }
}

function readTimeInForce(duration: Duration, nowMs: number): TimeInForce {
  switch (duration) {
    case 'goodTillCancelled':
    case 'immediateOrCancel':
    case 'fillOrKill':
      return { kind: duration }
    default:
      return { kind: 'goodTillTime', expiresAtMs: nowMs + durationsMs[duration] }
  }
}
