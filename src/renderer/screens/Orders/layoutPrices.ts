import type { Order, OrderPrice, PairPrice } from '../../../shared/contract/orders.ts'
import type { Token } from '../../../shared/identity/token.ts'

interface DrawnToken extends Pick<Token, 'ref'> {
  /** Need not be a whole number. */
  readonly decimals: number
}

interface Pair {
  readonly base: DrawnToken
  readonly quote: DrawnToken
}

/** A price at which one of the user's orders acts. */
export interface OrderMark {
  readonly order: Order
  readonly legId: string
  readonly role: Order['legs'][number]['role']
  readonly side: Order['side']
  readonly price: number
  /** Its price can be changed by moving it. */
  readonly canMove: boolean
}

export interface PriceScale {
  readonly least: number
  readonly most: number
  readonly toY: (price: number) => number
  readonly toPrice: (y: number) => number
}

interface PriceBox {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** How far from the market an order may be to stretch the picture: farther ones are told in words. */
const farthest = 0.6
const margin = 0.06

/** For drawing only, so a `number` is exact enough: shown units of the quote token for one of the base token. */
export function toShownPrice(price: OrderPrice, { base, quote }: Pair): number {
  return (Number(price.quote) / Number(price.base)) * 10 ** (base.decimals - quote.decimals)
}

/** Where open orders of a pair act: at their trigger while they wait for it, at their price otherwise. */
export function listMarks(orders: readonly Order[], pair: Pair): OrderMark[] {
  return orders
    .filter(
      ({ base, quote }) =>
        base.ref.address === pair.base.ref.address &&
        base.ref.chainId === pair.base.ref.chainId &&
        quote.ref.address === pair.quote.ref.address,
    )
    .flatMap((order) =>
      order.legs
        .filter(({ state, role }) => state !== 'ended' && role !== 'slices')
        .map((leg) => ({
          order,
          legId: leg.id,
          role: leg.role,
          side: leg.side,
          price: toShownPrice(leg.trigger ?? leg.limit, pair),
          canMove: order.terms.type === 'limit' && order.legs.length === 1,
        })),
    )
}

/** Prices from bottom to top: all of the past, and the orders that are near enough. */
export function scalePrices(
  past: readonly number[],
  marks: readonly number[],
  market: number,
  { top, bottom }: PriceBox,
): PriceScale {
  const near = marks.filter((price) => Math.abs(price - market) <= market * farthest)
  const all = [...past, ...near, market]
  const [low, high] = [Math.min(...all), Math.max(...all)]
  const spread = (high - low || market * 0.02) * margin
  const [least, most] = [low - spread, high + spread]
  return {
    least,
    most,
    toY: (price) => bottom - ((price - least) / (most - least)) * (bottom - top),
    toPrice: (y) => least + ((bottom - y) / (bottom - top)) * (most - least),
  }
}

/** The way of the price as a path of steps: it stands until the next trade moves it. */
export function drawPrices(
  points: readonly PairPrice[],
  pair: Pair,
  { left, right }: PriceBox,
  { toY }: PriceScale,
): string {
  const [first] = points
  const last = points.at(-1)
  if (!first || !last) return ''
  const span = last.atMs - first.atMs || 1
  const toX = (atMs: number) => round(left + ((atMs - first.atMs) / span) * (right - left))
  const steps = points
    .slice(1)
    .map(({ atMs, price }) => `H${toX(atMs)}V${round(toY(toShownPrice(price, pair)))}`)
  return `M${left} ${round(toY(toShownPrice(first.price, pair)))}${steps.join('')}H${right}`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
