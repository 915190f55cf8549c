import type { OrderPrice, OrderWaiting } from '../../../shared/contract/orders.ts'
import type { ChainDefinition } from '../chains/index.ts'
import type { BlockRef, Market } from '../swaps/index.ts'
import { distanceBps, toRate, worsenPrice } from './domain/orderPrices.ts'
import { readPoolPrices } from './domain/readPoolPrices.ts'
import type { OrderLedger } from './openOrderLedger.ts'
import type { OrderRecord, PlannedLeg } from './orders.ports.ts'

/** On chains with quick blocks not every one is looked at: a majority of them must mean some time. */
const leastSpacingMs = 6_000

/**
 * Tells the engine where a pair's deepest pools stand, and lets it fire what their recent prices reach. Returns for what each armed leg
 * waits.
 */
export async function observeTriggers(
  ledger: OrderLedger,
  group: readonly [OrderRecord, ...OrderRecord[]],
  market: Market,
  block: BlockRef,
  chain: ChainDefinition,
): Promise<[OrderRecord, string, OrderWaiting][]> {
  const { engine } = ledger
  const armed = group.flatMap((record) =>
    record.legs.filter((leg) => isArmed(ledger, leg)).map((leg) => ({ record, leg })),
  )
  if (armed.length === 0) return []
  const [{ order }] = group
  const prices = readPoolPrices(
    market,
    order.base,
    order.quote,
    armed.map(({ leg }) => leg),
  )
  for (const name of new Set(armed.map(({ leg }) => leg.market))) {
    const newest = engine.state.markets.get(name)?.window.observations.at(-1)
    const isTooSoon =
      chain.kind !== 'practice' &&
      newest !== undefined &&
      newest.block < Number(block.number) &&
      block.timestampMs - newest.timestampMs < leastSpacingMs
    if (isTooSoon || newest?.block === Number(block.number)) continue
    // All are written with one flush; the engine takes them in this order.
    await Promise.all([
      ...prices.map(({ source, price }) =>
        ledger.attempt({
          kind: 'observe',
          market: name,
          source,
          block: Number(block.number),
          timestampMs: block.timestampMs,
          price,
        }),
      ),
      ledger.attempt({ kind: 'evaluate', market: name }),
    ])
  }
  const [current] = prices
  return armed
    .filter(({ leg }) => isArmed(ledger, leg))
    .map(({ record, leg }): [OrderRecord, string, OrderWaiting] => {
      const trigger = leg.trigger ?? trailingLevel(ledger, leg)
      return [
        record,
        leg.id,
        trigger ? waitFor(trigger, leg, current?.price, ledger) : { reason: 'nextBlock' },
      ]
    })
}

function isArmed({ engine }: OrderLedger, leg: PlannedLeg): boolean {
  return engine.order(leg.id)?.status === 'armed'
}

/** Where a trailing stop stands by the best price that it has followed. */
function trailingLevel({ engine }: OrderLedger, leg: PlannedLeg): OrderPrice | undefined {
  const record = engine.state.orders.look(leg.id)
  const best = record?.special?.trailingBest
  if (!best || record?.request.terms.type !== 'trailingStop') return undefined
  return worsenPrice(best, leg.side, record.request.terms.distanceBps)
}

function waitFor(
  trigger: OrderPrice,
  leg: PlannedLeg,
  current: OrderPrice | undefined,
  { engine }: OrderLedger,
): OrderWaiting {
  // Until enough blocks have been seen nothing can fire, whatever the distance.
  if (!current || !engine.state.markets.get(leg.market)?.window.range) return { reason: 'trigger', trigger }
  const isTakeProfit = engine.order(leg.id)?.request.terms.type === 'takeProfit'
  // A stop waits for the price to turn against the side: seen from the other side, for it to get better.
  const side = isTakeProfit ? leg.side : leg.side === 'sell' ? 'buy' : 'sell'
  return {
    reason: 'trigger',
    trigger,
    distanceBps: distanceBps(toRate(current, side), toRate(trigger, side)),
  }
}
