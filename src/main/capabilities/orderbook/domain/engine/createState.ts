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
    expiries: new ExpiryQueue(),
    followUps: [],
    events: new EventBuffer(),
  }
}

/** The market of this name, opened on first use. */
export function openMarket(state: EngineState, name: string): MarketState {
  const known = state.markets.get(name)
  if (known !== undefined) return known
  const market: MarketState = {
    name,
    number: state.markets.size,
    book: new CoreBook(state.slots),
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
  const known = state.owners.get(account)
  if (known !== undefined) return known
  const number = state.owners.size + 1
  state.owners.set(account, number)
  return number
}
