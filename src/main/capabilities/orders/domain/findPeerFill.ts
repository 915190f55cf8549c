import type { Address } from '../../../../shared/identity/identity.ts'
import { isSameAddress } from '../../../../shared/identity/identity.ts'
import { smallerOf } from '../../../../shared/money/smallerOf.ts'
import { computeFillByTaking } from '../../orderbook/index.ts'
import type { FillableOrder } from '../../signedOrders/index.ts'
import { type ExchangeRate, isAtRate, leastBought } from './orderPrices.ts'

/** What a signed order of somebody's can do for an armed one. */
export interface PeerFill {
  readonly kind: 'fill'
  readonly sold: bigint
  readonly bought: bigint
  readonly fee: bigint
  readonly peer: FillableOrder
}

export interface PeerFillRequest {
  readonly account: Address
  readonly tokenIn: Address
  readonly tokenOut: Address
  readonly size: bigint
  readonly minimumFill: bigint
  readonly isWhole: boolean
  readonly rate: ExchangeRate
  /** When the armed order's rule ends: the signer lets nothing be signed under it that could be carried out later. */
  readonly expiresAtMs: number
  /** What a fill costs, in the token bought. */
  readonly fee: bigint
  readonly isAllowed: (makerTraits: bigint, account: Address) => boolean
}

/** The signed order that gains an armed one most: the best price first, of equal ones the oldest; nobody trades with himself. */
export function findPeerFill(
  peers: readonly FillableOrder[],
  request: PeerFillRequest,
): PeerFill | undefined {
  const { account, tokenIn, tokenOut, size, rate, fee } = request
  const crossing = peers
    .filter(({ signed: { order }, expiresAtS }) => {
      const isOfPair = isSameAddress(order.takerAsset, tokenIn) && isSameAddress(order.makerAsset, tokenOut)
      const endsInTime = expiresAtS !== 0 && expiresAtS * 1000 <= request.expiresAtMs
      return (
        isOfPair &&
        endsInTime &&
        !isSameAddress(order.maker, account) &&
        isAtRate(order.takingAmount, order.makingAmount, rate) &&
        request.isAllowed(order.makerTraits, account)
      )
    })
    .sort((a, b) => comparePeers(a, b))
  let best: PeerFill | undefined
  for (const peer of crossing) {
    const { order } = peer.signed
    const canBeParted = peer.making < order.makingAmount || isPartable(peer)
    const wanted = smallerOf(size, peer.taking)
    if (wanted < peer.taking && !canBeParted) continue
    const amounts = computeFillByTaking(order, wanted, peer.making)
    if (!amounts) continue
    const { taking: sold, making: bought } = amounts
    const isTooSmall = sold < request.minimumFill || (request.isWhole && sold < size)
    if (isTooSmall || sold > size || !isAtRate(sold, bought, rate)) continue
    const gain = bought - leastBought(sold, rate) - fee
    if (gain < 0n || (best && gain <= gainOf(best, rate))) continue
    best = { kind: 'fill', sold, bought, fee, peer }
  }
  return best
}

/** What a fill brings beyond the rate and its fee. */
export function gainOf(
  { sold, bought, fee }: Pick<PeerFill, 'sold' | 'bought' | 'fee'>,
  rate: ExchangeRate,
): bigint {
  return bought - leastBought(sold, rate) - fee
}

const noPartialFills = 1n << 255n

/** Whether its maker lets it be filled in parts. */
export function isPartable({ signed }: FillableOrder): boolean {
  return (signed.order.makerTraits & noPartialFills) === 0n
}

function comparePeers(a: FillableOrder, b: FillableOrder): number {
  const [x, y] = [a.signed.order, b.signed.order]
  const difference = y.makingAmount * x.takingAmount - x.makingAmount * y.takingAmount
  return difference < 0n ? -1 : difference > 0n ? 1 : a.addedAtMs - b.addedAtMs
}
