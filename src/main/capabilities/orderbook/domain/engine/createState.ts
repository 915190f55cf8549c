import { PriceWindow, type PriceWindowRules } from '../triggers/PriceWindow.ts'
import { TriggerIndex } from '../triggers/TriggerIndex.ts'
import { CoreBook } from './core/CoreBook.ts'
import { OrderSlots } from './core/OrderSlots.ts'
import { EventBuffer } from './EventBuffer.ts'
import { ExpiryQueue } from './ExpiryQueue.ts'
import { OrderRegistry } from './OrderRegistry.ts'
import { RestingOrders } from './RestingOrders.ts'
import type { EngineState, MarketState } from './state.ts'

/** An engine that nothing has happened to. */
export function createState(rules: PriceWindowRules): EngineState {
  const slots = new OrderSlots()
  const resting = new RestingOrders(slots)
  return {
    rules,
    nowMs: 0,
    nextSequence: 1,
    nextGroup: 1,
    orders: new OrderRegistry(resting),
    resting,
    slots,
    schedules: new Map(),
    groups: new Map(),
    reservations: new Map(),
    markets: new Map(),
    owners: new Map(),
    lastMarket: undefined,
    lastAccount: undefined,
    lastOwner: 0,
    expiries: new ExpiryQueue(),
    followUps: [],
    events: new EventBuffer(),
  }
}

/** The market of this name, opened on first use. */
export function openMarket(state: EngineState, name: string): MarketState {
  if (state.lastMarket?.name === name) return state.lastMarket
  const market = state.markets.get(name) ?? addMarket(state, name)
  state.lastMarket = market
  return market
}

function addMarket(state: EngineState, name: string): MarketState {
  const market: MarketState = {
    name,
    book: new CoreBook(state.slots, state.markets.size),
    window: new PriceWindow(state.rules),
    triggers: new TriggerIndex(),
    trailing: new Set(),
  }
  state.markets.set(name, market)
  state.resting.addMarket(market)
  return market
}

/** The number under which the book knows an account. */
export function numberOwner(state: EngineState, account: string): number {
  if (state.lastAccount === account) return state.lastOwner
  const known = state.owners.get(account)
  const number = known ?? state.owners.size + 1
  if (known === undefined) state.owners.set(account, number)
  state.lastAccount = account
  state.lastOwner = number
  return number
}
