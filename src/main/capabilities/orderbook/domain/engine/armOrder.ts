import type { Trigger, TriggerDirection } from '../triggers/TriggerIndex.ts'
import type { OrderRecord } from './state.ts'

/** Which way the price must move for the order to act: stops act against their side, take-profits in its favour. */
export function directionOf(record: OrderRecord): TriggerDirection {
  const isSell = record.request.side === 'sell'
  return isSell === (record.request.terms.type === 'takeProfit') ? 'rising' : 'falling'
}

/** The trigger of an order that has a fixed one. */
export function triggerOf(record: OrderRecord): Trigger {
  const { id, terms } = record.request
  if (terms.type !== 'stop' && terms.type !== 'takeProfit') throw new RangeError(`${id} has no trigger price`)
  return { id, direction: directionOf(record), price: terms.trigger, sequence: record.sequence }
}

/** Puts an order under its trigger. */
export function armOrder(record: OrderRecord): void {
  record.status = 'armed'
  if (record.request.terms.type === 'trailingStop') record.market.trailing.add(record)
  else record.market.triggers.add(triggerOf(record))
}

/** Whether the order still waits for a price. */
export function isConditional(record: OrderRecord): boolean {
  const { type } = record.request.terms
  return type !== 'limit' && type !== 'market' && record.special?.isTriggered !== true
}
