import { defaultPriceWindowRules, type PriceWindowRules } from '../triggers/PriceWindow.ts'
import { addSchedule, advanceTime } from './advanceTime.ts'
import { cancel, reduce } from './changeOrder.ts'
import type { EngineCommand, OrderRequest } from './commands.ts'
import { createState } from './createState.ts'
import type { EngineEvent } from './events.ts'
import { reportFill, reserve, settle } from './executeOutside.ts'
import { openRemaining } from './openRemaining.ts'
import { placeBracket, placeOneCancelsOther, placeOrder } from './placeOrder.ts'
import type { Price } from './price.ts'
import { settleFollowUps } from './settleFollowUps.ts'
import type { EngineState, OrderRecord, OrderStatus } from './state.ts'
import { evaluateTriggers, observePrice } from './watchPrices.ts'

/** An order as it stands. */
export interface OrderView {
  readonly request: OrderRequest
  readonly status: OrderStatus
  readonly isTriggered: boolean
  /** Neither filled nor reserved, in the unit of the size. */
  readonly open: bigint
  readonly reserved: bigint
  readonly filledBase: bigint
  readonly filledQuote: bigint
}

/** One price of a book's side. */
export interface DepthLevel {
  readonly price: Price
  /** Open sizes of the orders sized in the base token, and of those sized in the quote token. */
  readonly base: bigint
  readonly quote: bigint
  readonly orders: number
}

/**
 * The matching engine: commands in, events out, nothing else.
 *
 * It knows no clock and no chance: the same commands give the same events and the same state. A command that cannot be
 * carried out changes nothing and yields `rejected`; none throws.
 */
export class OrderEngine {
  readonly #state: EngineState

  constructor(rules: PriceWindowRules = defaultPriceWindowRules, state = createState(rules)) {
    this.#state = state
  }

  /** Carries out one command and returns what it brought about, in order. */
  execute(command: EngineCommand): readonly EngineEvent[] {
    const state = this.#state
    switch (command.kind) {
      case 'place':
        placeOrder(state, command.order)
        break
      case 'cancel':
        cancel(state, command.id)
        break
      case 'reduce':
        reduce(state, command)
        break
      case 'placeOneCancelsOther':
        placeOneCancelsOther(state, command)
        break
      case 'placeBracket':
        placeBracket(state, command)
        break
      case 'schedule':
        addSchedule(state, command.schedule)
        break
      case 'advance':
        advanceTime(state, command)
        break
      case 'observe':
        observePrice(state, command)
        break
      case 'evaluate':
        evaluateTriggers(state, command.market)
        break
      case 'reserve':
        reserve(state, command)
        break
      case 'settle':
        settle(state, command)
        break
      case 'reportFill':
        reportFill(state, command)
        break
    }
    if (state.followUps.length > 0) settleFollowUps(state)
    return state.events.take()
  }

  /** The state itself, for what writes it down. */
  get state(): Readonly<EngineState> {
    return this.#state
  }

  /** An order that has not ended, or `undefined`. */
  order(id: string): OrderView | undefined {
    const record = this.#state.orders.look(id)
    return record === undefined ? undefined : viewOf(record)
  }

  /** All orders that have not ended, the oldest first. */
  *orders(): Generator<OrderView> {
    for (const [, record] of this.#state.orders.entries()) {
      if (record !== undefined) yield viewOf(record)
    }
  }

  /** The best `count` prices of a side, the best first. */
  depth(market: string, side: 'buy' | 'sell', count: number): readonly DepthLevel[] {
    const known = this.#state.markets.get(market)
    if (known === undefined) return []
    const { book } = known
    const levels: DepthLevel[] = []
    for (const { price, orders } of book.levels(side === 'buy', count)) {
      let base = 0n
      let quote = 0n
      for (const slot of orders) {
        if (book.slots.isQuoteSized(slot)) quote += book.slots.remainingOf(slot)
        else base += book.slots.remainingOf(slot)
      }
      levels.push({ price, base, quote, orders: orders.length })
    }
    return levels
  }
}

function viewOf(record: OrderRecord): OrderView {
  let reserved = 0n
  for (const size of record.special?.reservations?.values() ?? []) reserved += size
  return {
    request: record.request,
    status: record.status,
    isTriggered: record.special?.isTriggered ?? false,
    open: openRemaining(record),
    reserved,
    filledBase: record.filledBase,
    filledQuote: record.filledQuote,
  }
}
