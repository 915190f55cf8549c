import type { BookLevel } from '../../../../shared/contract/orders.ts'
import { tokenKey } from '../../../../shared/identity/identity.ts'
import type { Token } from '../../../../shared/identity/token.ts'
import { baseUnits } from '../../../../shared/money/units.ts'
import { comparePrices, type OrderEngine } from '../../orderbook/index.ts'
import type { OrderRecord } from './OrderRecord.ts'

/** The user's orders of a pair that work at a price of their own, as levels of a book; sizes in the base token, rounded down. */
export function layoutOwnLevels(
  engine: OrderEngine,
  records: readonly OrderRecord[],
  base: Token,
  quote: Token,
  count: number,
): { bids: BookLevel[]; asks: BookLevel[] } {
  const bids: BookLevel[] = []
  const asks: BookLevel[] = []
  for (const { order, legs } of records) {
    if (
      tokenKey(order.base.ref) !== tokenKey(base.ref) ||
      tokenKey(order.quote.ref) !== tokenKey(quote.ref)
    ) {
      continue
    }
    for (const { id, side, limit } of legs) {
      const view = engine.order(id)
      if (view?.status !== 'resting') continue
      const units = side === 'sell' ? view.open : (view.open * limit.base) / limit.quote
      const levels = side === 'sell' ? asks : bids
      const same = levels.findIndex(({ price }) => comparePrices(price, limit) === 0)
      const known = levels[same]
      if (known) levels[same] = { price: limit, base: baseUnits(known.base + units) }
      else levels.push({ price: limit, base: baseUnits(units) })
    }
  }
  return {
    bids: bids.sort((a, b) => comparePrices(b.price, a.price)).slice(0, count),
    asks: asks.sort((a, b) => comparePrices(a.price, b.price)).slice(0, count),
  }
}
