import { trailStop } from '../triggers/trailStop.ts'
import { directionOf } from './armOrder.ts'
import { reject } from './changeOrder.ts'
import type { EngineCommand } from './commands.ts'
import { openMarket } from './createState.ts'
import { isPrice } from './findProblem.ts'
import { isIdentifier } from './identifier.ts'
import { settleFollowUps } from './settleFollowUps.ts'
import { type EngineState, type OrderRecord, specialOf } from './state.ts'
import { submitOrder } from './submitOrder.ts'

/** Takes one source's price of a block; nothing acts on it before `evaluateTriggers`. */
export function observePrice(state: EngineState, command: Extract<EngineCommand, { kind: 'observe' }>): void {
  const { market, source, block, timestampMs, price } = command
  const isSound =
    isIdentifier(source) && isPrice(price) && Number.isSafeInteger(block) && Number.isSafeInteger(timestampMs)
  if (!isSound || !openMarket(state, market).window.observe({ source, block, timestampMs, price })) {
    reject(state, market, 'invalidObservation')
  }
}

/** Fires the triggers of a market that its recent prices reach, in the order in which they were armed. */
export function evaluateTriggers(state: EngineState, name: string): void {
  const market = state.markets.get(name)
  const range = market?.window.range
  if (market === undefined || range === undefined) return
  const fired: OrderRecord[] = []
  for (const { id } of market.triggers.takeFired(range)) {
    const record = state.orders.get(id)
    if (record !== undefined) fired.push(record)
  }
  for (const record of market.trailing) {
    const { terms } = record.request
    if (terms.type !== 'trailingStop') continue
    const special = specialOf(record)
    const stop = trailStop(directionOf(record), terms.distanceBps, special.trailingBest, range)
    special.trailingBest = stop.best
    if (stop.isReached) fired.push(record)
  }
  fired.sort((a, b) => a.sequence - b.sequence)
  for (const record of fired) {
    // An order that fired before may have ended this one.
    if (record.status !== 'armed' || !state.orders.isLive(record)) continue
    market.trailing.delete(record)
    specialOf(record).isTriggered = true
    const price = directionOf(record) === 'falling' ? range.high : range.low
    state.events.push({ kind: 'triggered', id: record.request.id, price })
    state.followUps.push({ kind: 'triggered', record })
    submitOrder(state, record)
    settleFollowUps(state)
  }
}
