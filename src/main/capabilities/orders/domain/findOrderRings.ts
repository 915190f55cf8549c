import type { ChainId } from '../../../../shared/identity/identity.ts'
import { type Address, tokenKey } from '../../../../shared/identity/identity.ts'
import { findRings, type RingOrder } from '../../orderbook/index.ts'
import { type ExchangeRate, leastBought } from './orderPrices.ts'

/** An order that could be part of a ring. */
export interface RingOffer {
  readonly id: string
  /** `armed`: the user's, filled by the app. `signed`: filled by whoever has it. */
  readonly source: 'armed' | 'signed'
  readonly isOwn: boolean
  readonly give: Address
  readonly get: Address
  readonly rate: ExchangeRate
  readonly available: bigint
  readonly isPartial: boolean
}

interface OrderRing {
  readonly members: readonly {
    readonly offer: RingOffer
    readonly sold: bigint
    readonly bought: bigint
    /** More than its limit asks for, of what it gets. */
    readonly surplus: bigint
  }[]
}

/**
 * Rings of two to four orders that pay each other, each at its limit or better, the largest surplus first. What the user would only
 * exchange with himself is left out, and so is an armed order with one signed one: that is a fill, which the app sees to by itself.
 */
export function findOrderRings(chainId: ChainId, offers: readonly RingOffer[]): readonly OrderRing[] {
  const byId = new Map(offers.map((offer) => [offer.id, offer]))
  const orders = offers.map(({ id, give, get, rate, available, isPartial }): RingOrder => {
    return {
      id,
      sellToken: tokenKey({ chainId, address: give }),
      buyToken: tokenKey({ chainId, address: get }),
      sellAmount: rate.sold,
      buyAmount: rate.bought,
      available,
      isPartial,
    }
  })
  return findRings(orders)
    .map((ring): OrderRing => {
      const members = ring.flatMap(({ order, sold, bought }) => {
        const offer = byId.get(order.id)
        return offer ? [{ offer, sold, bought, surplus: bought - leastBought(sold, offer.rate) }] : []
      })
      return { members }
    })
    .filter(({ members }) => {
      const isFill = members.length === 2 && members.some(({ offer }) => offer.source === 'armed')
      return !isFill && members.some(({ offer }) => !offer.isOwn)
    })
}
