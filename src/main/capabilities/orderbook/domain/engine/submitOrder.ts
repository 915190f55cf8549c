import {
  ALLOW_SELF_TRADE,
  CANCEL_BOTH,
  CANCEL_RESTING,
  CANCEL_TAKING,
  type CoreBook,
  DECREMENT_BOTH,
} from './core/CoreBook.ts'
import { FILLED, SELF_TRADE_CANCELLED } from './core/Outcomes.ts'
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
  const { request } = record
  const { book } = record.market
  const kind = request.timeInForce.kind
  const limit = limitOf(record)
  bringToBook(record)
  // From here the record is neither in the book nor under a trigger, whatever it was.
  record.status = 'working'
  if (request.postOnly && book.isCrossing) {
    finishOrUnwind(state, record, 'wouldCross')
    return
  }
  if (kind === 'fillOrKill' && !book.canFillCompletely()) {
    finishOrUnwind(state, record, 'notFilledAtOnce')
    return
  }
  book.match()
  const decremented = book.outcomes.count > 0 && applyOutcomes(state, record, book)
  if (!book.isArrivedOpen) {
    record.remaining = book.arrivedRemaining
    const isFilled = record.remaining === 0n && !decremented
    finishOrUnwind(state, record, isFilled ? 'filled' : 'selfTrade')
  } else if (kind === 'immediateOrCancel' || kind === 'fillOrKill') {
    record.remaining = book.arrivedRemaining
    finishOrUnwind(state, record, 'notFilledAtOnce')
  } else if (limit === undefined) {
    record.remaining = book.arrivedRemaining
    state.orders.keep(record)
  } else {
    record.slot = book.rest()
    record.status = 'resting'
    record.sequence = state.nextSequence
    state.nextSequence += 1
    state.orders.rest(record)
  }
}

/** Makes the order the one that its book has before it, with what is open of it. */
export function bringToBook(record: OrderRecord): void {
  const { request } = record
  const group = record.special?.group
  const { book } = record.market
  book.arriveExactly(
    request.side === 'buy',
    request.sizedIn === 'quote',
    limitOf(record),
    record.remaining,
    record.owner,
    selfTradeRules[request.selfTrade],
  )
  if (request.minimumFill > 0n) book.requireMinimum(request.minimumFill)
  if (group !== undefined) book.joinGroup(group.number)
}

/** Parts of an order may be in flight from before it was submitted again. */
function finishOrUnwind(
  state: EngineState,
  record: OrderRecord,
  reason: 'filled' | 'selfTrade' | 'notFilledAtOnce' | 'wouldCross',
): void {
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
function applyOutcomes(state: EngineState, taker: OrderRecord, book: CoreBook): boolean {
  const { orders, resting } = state
  const { outcomes } = book
  let decremented = false
  for (let at = 0; at < outcomes.count; at += 1) {
    const slot = outcomes.makers[at] as number
    const number = resting.numberOf(slot)
    const maker = orders.recordAt(number)
    const makerId = orders.idAt(number)
    const hasEnded = outcomes.ended[at] === 1
    const kind = outcomes.kinds[at]
    if (kind !== SELF_TRADE_CANCELLED) {
      const base = outcomes.baseAt(at)
      const quote = outcomes.quoteAt(at)
      if (kind === FILLED) {
        decremented = false
        state.events.push({ kind: 'filled', taker: taker.id, maker: makerId, base, quote })
        noteFill(state, taker, base, quote)
        if (maker !== undefined) noteFill(state, maker, base, quote)
        else if (!hasEnded) resting.noteFill(slot, base, quote)
      } else {
        decremented = true
        state.events.push({
          kind: 'selfTradeDecremented',
          taking: taker.id,
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
