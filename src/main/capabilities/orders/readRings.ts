import type { OrderRing as ShownRing } from '../../../shared/contract/orders.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import { type Address, type ChainId, isSameAddress } from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import { baseUnits } from '../../../shared/money/units.ts'
import type { FillableOrder } from '../signedOrders/index.ts'
import type { PrepareSwapDeps, SwapVenues } from '../swaps/index.ts'
import { engineIdOf } from './describeOrder.ts'
import { findOrderRings, type RingOffer } from './domain/findOrderRings.ts'
import { isPartable } from './domain/findPeerFill.ts'
import { toRate } from './domain/orderPrices.ts'
import type { OrderLedger } from './openOrderLedger.ts'
import type { PeerOrders } from './orders.ports.ts'

/** Rings among the user's open orders of a chain and the signed orders that can be filled now. They are shown, and not carried out. */
export async function readRings(
  deps: Pick<PrepareSwapDeps, 'tokens'> & { readonly peers: PeerOrders },
  own: OrderLedger,
  chainId: ChainId,
  { wrappedNative }: SwapVenues,
  ownAddresses: readonly Address[],
): Promise<ShownRing[]> {
  const offers = [
    ...listArmed(own, chainId, wrappedNative),
    ...deps.peers.listFillable(chainId).map((peer) => describePeer(peer, ownAddresses)),
  ]
  const rings = findOrderRings(chainId, offers)
  const used = new Set(rings.flatMap(({ members }) => members.map(({ offer }) => offer.give)))
  const tokens = new Map<Address, Token>()
  for (const address of used) {
    const token = await deps.tokens.resolve({ chainId, address }).catch((thrown: unknown) => {
      // What nobody can say the decimals of cannot be shown.
      if (!(thrown instanceof AppError)) throw thrown
      return undefined
    })
    if (token) tokens.set(address, token)
  }
  return rings.flatMap(({ members }): ShownRing[] => {
    const orders = members.flatMap(({ offer, sold, bought, surplus }, index) => {
      const next = members[(index + 1) % members.length]
      const [give, get] = [tokens.get(offer.give), next && tokens.get(next.offer.give)]
      if (!give || !get) return []
      return [
        {
          id: offer.id,
          source: offer.source,
          isOwn: offer.isOwn,
          give,
          get,
          sold: baseUnits(sold),
          bought: baseUnits(bought),
          surplus: baseUnits(surplus),
        },
      ]
    })
    return orders.length === members.length ? [{ orders }] : []
  })
}

/** What the app may fill now at a limit, slices and legs of groups that wait left out. */
function listArmed(own: OrderLedger, chainId: ChainId, wrappedNative: Address): RingOffer[] {
  const transferable = ({ ref }: Token) => (ref.address === 'native' ? wrappedNative : ref.address)
  return own.records().flatMap(({ order, legs }): RingOffer[] => {
    if (order.chainId !== chainId || order.status !== 'open') return []
    return legs.flatMap((leg): RingOffer[] => {
      const id = engineIdOf(own.engine, leg)
      const view = id === undefined ? undefined : own.engine.order(id)
      if (view?.status !== 'resting' || view.open === 0n) return []
      const [give, get] = leg.side === 'sell' ? [order.base, order.quote] : [order.quote, order.base]
      return [
        {
          id: view.request.id,
          source: 'armed',
          isOwn: true,
          give: transferable(give),
          get: transferable(get),
          rate: toRate(leg.limit, leg.side),
          available: view.open,
          isPartial: order.timeInForce.kind !== 'fillOrKill',
        },
      ]
    })
  })
}

function describePeer(peer: FillableOrder, ownAddresses: readonly Address[]): RingOffer {
  const { maker, makerAsset, takerAsset, makingAmount, takingAmount } = peer.signed.order
  return {
    id: peer.id,
    source: 'signed',
    isOwn: ownAddresses.some((address) => isSameAddress(address, maker)),
    give: makerAsset,
    get: takerAsset,
    rate: { sold: baseUnits(makingAmount), bought: baseUnits(takingAmount) },
    available: peer.making,
    isPartial: isPartable(peer),
  }
}
