import type { BookLevel } from '../../../../shared/contract/orders.ts'
import { type Address, isSameAddress } from '../../../../shared/identity/identity.ts'
import { baseUnits } from '../../../../shared/money/units.ts'
import { comparePrices, reducePrice } from '../../orderbook/index.ts'
import type { FillableOrder } from '../../signedOrders/index.ts'

/** Signed orders of a pair that can be filled now, as levels of a book; those of one price together, the best first. */
export function layoutPeerLevels(
  peers: readonly FillableOrder[],
  base: Address,
  quote: Address,
  count: number,
): { bids: BookLevel[]; asks: BookLevel[] } {
  const bids: BookLevel[] = []
  const asks: BookLevel[] = []
  for (const { signed, making, taking } of peers) {
    const { makerAsset, takerAsset, makingAmount, takingAmount } = signed.order
    if (isSameAddress(makerAsset, base) && isSameAddress(takerAsset, quote)) {
      add(asks, { price: reducePrice({ quote: takingAmount, base: makingAmount }), base: baseUnits(making) })
    } else if (isSameAddress(makerAsset, quote) && isSameAddress(takerAsset, base)) {
      add(bids, { price: reducePrice({ quote: makingAmount, base: takingAmount }), base: baseUnits(taking) })
    }
  }
  return {
    bids: bids.sort((a, b) => comparePrices(b.price, a.price)).slice(0, count),
    asks: asks.sort((a, b) => comparePrices(a.price, b.price)).slice(0, count),
  }
}

function add(levels: BookLevel[], level: BookLevel): void {
  const same = levels.findIndex(({ price }) => comparePrices(price, level.price) === 0)
  const known = levels[same]
  if (known) levels[same] = { price: known.price, base: baseUnits(known.base + level.base) }
  else levels.push(level)
}
