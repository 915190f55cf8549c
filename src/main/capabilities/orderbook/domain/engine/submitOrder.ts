import type { OrderRequest } from './commands.ts'
import {
  ALLOW_SELF_TRADE,
  CANCEL_BOTH,
  CANCEL_RESTING,
  CANCEL_TAKING,
  type CoreBook,
  DECREMENT_BOTH,
} from './core/CoreBook.ts'
import { FILLED, SELF_TRADE_CANCELLED } from './core/Outcomes.ts'
import { numberOwner, openMarket } from './createState.ts'
import { finishOrder, finishResting } from './leaveOrder.ts'
import { isReserved } from './openRemaining.ts'
import type { Price } from './price.ts'
import { type EngineState, type OrderRecord, specialOf } from './state.ts'

const selfTradeRules = {
  allow: ALLOW_SELF_TRADE,
  cancelTaking: CANCEL_TAKING,
  cancelResting: CANCEL_RESTING,
  cancelBoth: CANCEL_BOTH,
  decrement: DECREMENT_BOTH,
} as const

/** The worst price that an order accepts; `undefined` for any. */
export function limitOf(record: OrderRecord): Price | undefined {
  const { terms } = record.request
  return terms.type === 'market' ? undefined : terms.limit
}

/** Brings an order to its market: matches it, and rests, keeps working or ends what is left of it. */
export function submitOrder(state: EngineState, record: OrderRecord): void {
  const { book } = record.market
  bringToBook(record)
  // From here the record is neither in the book nor under a trigger, whatever it was.
  record.status = 'working'
  const ending = meetBook(state, book, record.request, record)
  if (ending !== undefined) {
    record.remaining = book.arrivedRemaining
    finishOrUnwind(state, record, ending)
  } else if (limitOf(record) === undefined) {
    record.remaining = book.arrivedRemaining
    state.orders.keep(record)
  } else {
    record.sequence = state.nextSequence
    state.nextSequence += 1
    restInBook(state, record)
  }
}

/** The same for an order that has no record, and needs none: it rests or ends. */
export function submitPlain(state: EngineState, request: OrderRequest, number: number): void {
  const { id } = request
  const { book } = openMarket(state, request.market)
  const limit = request.terms.type === 'limit' ? request.terms.limit : undefined
  arrive(book, request, limit, request.size, numberOwner(state, request.account))
  const ending = meetBook(state, book, request, undefined)
  if (ending !== undefined) {
    state.events.push({ kind: 'ended', id, reason: ending, remaining: book.arrivedRemaining })
    return
  }
  const sequence = state.nextSequence
  state.nextSequence = sequence + 1
  let filledBase = 0n
  let filledQuote = 0n
  const { outcomes } = book
  for (let at = 0; at < outcomes.count; at += 1) {
    if (outcomes.kinds[at] !== FILLED) continue
    filledBase += outcomes.baseAt(at)
    filledQuote += outcomes.quoteAt(at)
  }
  const slot = book.rest()
  state.resting.add(slot, number, sequence, request, filledBase, filledQuote)
  state.orders.rest(number, slot)
}

/** Puts the order that its book has before it into the book; its record is then needed no more unless it is special. */
export function restInBook(state: EngineState, record: OrderRecord): void {
  const { number, sequence, request, filledBase, filledQuote } = record
  record.slot = record.market.book.rest()
  record.status = 'resting'
  state.resting.add(record.slot, number, sequence, request, filledBase, filledQuote)
  if (record.special === undefined) state.orders.rest(number, record.slot)
}

type Ending = 'filled' | 'selfTrade' | 'notFilledAtOnce' | 'wouldCross'

/** Matches the order that its book has before it: why it has ended thereby, or `undefined` when something is left to work. */
function meetBook(
  state: EngineState,
  book: CoreBook,
  request: OrderRequest,
  record: OrderRecord | undefined,
): Ending | undefined {
  const { kind } = request.timeInForce
  if (request.postOnly && book.isCrossing) return 'wouldCross'
  if (kind === 'fillOrKill' && !book.canFillCompletely()) return 'notFilledAtOnce'
  book.match()
  const decremented = book.outcomes.count > 0 && applyOutcomes(state, request.id, record, book)
  if (!book.isArrivedOpen) return book.arrivedRemaining === 0n && !decremented ? 'filled' : 'selfTrade'
  return kind === 'immediateOrCancel' || kind === 'fillOrKill' ? 'notFilledAtOnce' : undefined
}

/** Makes the order the one that its book has before it, with what is open of it. */
export function bringToBook(record: OrderRecord): void {
  const group = record.special?.group
  const { book } = record.market
  arrive(book, record.request, limitOf(record), record.remaining, record.owner)
  if (group !== undefined) book.joinGroup(group.number)
}

function arrive(
  book: CoreBook,
  request: OrderRequest,
  limit: Price | undefined,
  size: bigint,
  owner: number,
): void {
  const isBuy = request.side === 'buy'
  const isQuoteSized = request.sizedIn === 'quote'
  book.arriveExactly(isBuy, isQuoteSized, limit, size, owner, selfTradeRules[request.selfTrade])
  if (request.minimumFill > 0n) book.requireMinimum(request.minimumFill)
}

/** Parts of an order may be in flight from before it was submitted again. */
function finishOrUnwind(state: EngineState, record: OrderRecord, reason: Ending): void {
  if (!isReserved(record)) {
    finishOrder(state, record, reason)
    return
  }
  // What is in flight may come back unfilled; only then is it known whether the order is filled.
  if (reason === 'filled') return
  record.status = 'closing'
  specialOf(record).closingReason = reason
}

/** Returns whether the last thing that happened to the arrived order was a decrement by one of its own account. */
function applyOutcomes(
  state: EngineState,
  takerId: string,
  taker: OrderRecord | undefined,
  book: CoreBook,
): boolean {
  const { orders, resting, slots } = state
  const { outcomes } = book
  let decremented = false
  for (let at = 0; at < outcomes.count; at += 1) {
    const slot = outcomes.makers[at] as number
    const number = slots.numberOf(slot)
    const maker = orders.recordAt(number)
    const makerId = orders.idAt(number)
    const hasEnded = outcomes.ended[at] === 1
    const kind = outcomes.kinds[at]
    if (kind !== SELF_TRADE_CANCELLED) {
      const base = outcomes.baseAt(at)
      const quote = outcomes.quoteAt(at)
      if (kind === FILLED) {
        decremented = false
        state.events.push({ kind: 'filled', taker: takerId, maker: makerId, base, quote })
        if (taker !== undefined) noteFill(state, taker, base, quote)
        if (maker !== undefined) noteFill(state, maker, base, quote)
        else if (!hasEnded) resting.noteFill(slot, base, quote)
      } else {
        decremented = true
        state.events.push({
          kind: 'selfTradeDecremented',
          taking: takerId,
          resting: makerId,
          base,
          quote,
        })
      }
    }
    if (!hasEnded) continue
    const remaining = kind === SELF_TRADE_CANCELLED ? outcomes.cancelledAt(at) : 0n
    const reason = kind === FILLED ? 'filled' : 'selfTrade'
    if (maker === undefined) {
      finishResting(state, slot, reason, remaining)
      continue
    }
    resting.remove(slot)
    maker.remaining = remaining
    maker.status = 'working'
    finishOrUnwind(state, maker, reason)
  }
  return decremented
}

/** Counts an execution in the book or outside it. */
export function noteFill(state: EngineState, record: OrderRecord, base: bigint, quote: bigint): void {
  // Most orders are filled once, and a sum is a new bigint where a first amount is not.
  record.filledBase = record.filledBase === 0n ? base : record.filledBase + base
  record.filledQuote = record.filledQuote === 0n ? quote : record.filledQuote + quote
  if (record.special?.group !== undefined) state.followUps.push({ kind: 'filled', record })
}
