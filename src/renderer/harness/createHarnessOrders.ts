import type { Handlers } from '../../shared/contract/createRouter.ts'
import type {
  Order,
  OrderId,
  OrderPreview,
  OrderRequest,
  OrderRing,
  PlaceOutcome,
} from '../../shared/contract/orders.ts'
import type { mainWindowContract } from '../../shared/contract/windows.ts'
import { AppError } from '../../shared/errors/AppError.ts'
import { parseUnits } from '../../shared/money/parseUnits.ts'
import { baseUnits, wei } from '../../shared/money/units.ts'
import { harnessTokens } from './harnessTokens.ts'

interface Surroundings {
  readonly nowMs: () => number
  /** Three orders that pay each other. */
  readonly hasRing: boolean
  /** What was approved of orders has ended, and where it is asked for anew it is declined, then given. */
  readonly hasLostRules: boolean
  onChanged(order: Order): void
}

const yearMs = 365 * 86_400_000
const maximumFee = wei(10n ** 16n)

/** Orders as the screens see them: placed without a question, and never filled. */
export function createHarnessOrders({
  nowMs,
  hasRing,
  hasLostRules,
  onChanged,
}: Surroundings): Handlers<typeof mainWindowContract>['orders'] {
  const orders = new Map<OrderId, Order>()

  function tokenOf(address: OrderRequest['base']) {
    const token = harnessTokens.find(({ ref }) => ref.address.toLowerCase() === address.toLowerCase())
    if (!token) throw new AppError('token.unknown')
    return token
  }

  function preview(request: OrderRequest): OrderPreview {
    const [base, quote] = [tokenOf(request.base), tokenOf(request.quote)]
    const give = request.side === 'sell' ? base : quote
    const size = parseUnits(request.amount === 'max' ? '1' : request.amount, give.decimals)
    const price = 'price' in request.terms && request.terms.price !== undefined ? request.terms.price : '2990'
    const worstPrice = { quote: parseUnits(price, quote.decimals), base: 10n ** BigInt(base.decimals) }
    const [bought, sold] =
      request.side === 'sell' ? [worstPrice.quote, worstPrice.base] : [worstPrice.base, worstPrice.quote]
    return {
      base,
      quote,
      side: request.side,
      size,
      minimumReceived: baseUnits((size * bought + sold - 1n) / sold),
      worstPrice,
      marketPrice: { quote: 2_990n * 10n ** BigInt(quote.decimals), base: 10n ** BigInt(base.decimals) },
      availableNow: baseUnits(0n),
      expectedFee: wei(10n ** 15n),
      maximumFee,
      sending: 'private',
      expiresAtMs:
        request.timeInForce.kind === 'goodTillTime' ? request.timeInForce.expiresAtMs : nowMs() + yearMs,
      notes: ['runsWhileOpen'],
      assetWarnings: [],
    }
  }

  function find(orderId: OrderId): Order {
    const order = orders.get(orderId)
    if (!order) throw new AppError('order.missing')
    return order
  }

  function end(orderId: OrderId): Order {
    const ended: Order = { ...find(orderId), status: 'cancelled', endedAtMs: nowMs(), legs: [] }
    orders.set(orderId, ended)
    onChanged(ended)
    return ended
  }

  let declines = hasLostRules
  function askAnew(order: Order): PlaceOutcome {
    if (declines) {
      declines = false
      return { status: 'rejected' }
    }
    orders.set(order.id, order)
    onChanged(order)
    return { status: 'placed', order }
  }

  const openOrders = () => [...orders.values()].filter(({ status }) => status === 'open')

  return {
    preview,
    place(request) {
      const { base, quote, side, size, worstPrice, sending, expiresAtMs } = preview(request)
      const { accountId, chainId, terms, timeInForce, postOnly } = request
      const id = `order-${orders.size + 1}` as OrderId
      const order: Order = {
        id,
        accountId,
        chainId,
        base,
        quote,
        side,
        terms,
        timeInForce,
        postOnly,
        minimumFill: baseUnits(0n),
        size,
        filledSold: baseUnits(0n),
        filledBought: baseUnits(0n),
        status: 'open',
        createdAtMs: nowMs(),
        expiresAtMs,
        sending,
        worstPrice,
        maximumFee,
        ruleIds: [],
        legs: [
          {
            id,
            role: 'order',
            side,
            state: 'working',
            limit: worstPrice,
            open: size,
            waiting: hasLostRules ? { reason: 'ruleEnded' } : { reason: 'priceAway', distanceBps: 40 },
          },
        ],
        fills: [],
      }
      orders.set(id, order)
      onChanged(order)
      return { status: 'placed', order }
    },
    cancel: ({ orderId }) => end(orderId),
    cancelAll: () => openOrders().map(({ id }) => end(id)),
    edit: ({ orderId }) => askAnew(find(orderId)),
    renew({ orderId }) {
      const order = find(orderId)
      const [leg] = order.legs
      return askAnew(leg ? { ...order, legs: [{ ...leg, waiting: { reason: 'nextBlock' } }] } : order)
    },
    listOpen: openOrders,
    listHistory: () => ({ items: [...orders.values()].filter(({ status }) => status !== 'open') }),
    findRings: () => (hasRing ? [createRing()] : []),
    getPrices: () => [],
    getBook: ({ base, quote }) => ({
      blockNumber: 1n,
      base: tokenOf(base),
      quote: tokenOf(quote),
      own: { bids: [], asks: [] },
      peers: { bids: [], asks: [] },
      pools: { bids: [], asks: [] },
    }),
  }
}

/** Euros for yen, yen for dollars and dollars for euros, with something left for each. */
function createRing(): OrderRing {
  const members = [
    {
      source: 'armed',
      isOwn: true,
      give: 'EURC',
      get: 'JPYC',
      sold: '500',
      bought: '82500',
      surplus: '1200',
    },
    {
      source: 'signed',
      isOwn: false,
      give: 'JPYC',
      get: 'USDC',
      sold: '82500',
      bought: '545',
      surplus: '3.5',
    },
    { source: 'signed', isOwn: true, give: 'USDC', get: 'EURC', sold: '545', bought: '500', surplus: '2.25' },
  ] as const
  const named = (symbol: string) => {
    const token = harnessTokens.find((each) => each.symbol === symbol)
    if (!token) throw new AppError('token.unknown')
    return token
  }
  return {
    orders: members.map(({ source, isOwn, ...member }, index) => {
      const [give, get] = [named(member.give), named(member.get)]
      return {
        id: `ring-${index}`,
        source,
        isOwn,
        give,
        get,
        sold: parseUnits(member.sold, give.decimals),
        bought: parseUnits(member.bought, get.decimals),
        surplus: parseUnits(member.surplus, get.decimals),
      }
    }),
  }
}
