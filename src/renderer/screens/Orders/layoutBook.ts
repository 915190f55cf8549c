import type { BookLevel, OrderBook } from '../../../shared/contract/orders.ts'

export interface BookStep {
  readonly x: number
  readonly y: number
}

export interface BookLayout {
  readonly bids: string
  readonly asks: string
  /** Where the market is. */
  readonly middle: number | undefined
  readonly own: readonly BookMark[]
  /** Signed orders that can be filled. */
  readonly peers: readonly BookMark[]
  readonly ticks: readonly { readonly at: number; readonly value: number }[]
}

export interface BookMark {
  readonly x: number
  readonly side: 'bid' | 'ask'
}

interface BookBox {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** A level for drawing only, so a `number` is exact enough: shown units of the quote token for one of the base token. */
interface Point {
  readonly price: number
  readonly base: number
}

/** Places the book: prices evenly from the lowest bid to the highest ask, amounts as what has gathered from the market outward. */
export function layoutBook(
  book: OrderBook,
  { base: baseDecimals, quote: quoteDecimals }: { readonly base: number; readonly quote: number },
  box: BookBox,
): BookLayout {
  const toPoint = ({ price, base }: BookLevel): Point => ({
    price: (Number(price.quote) / Number(price.base)) * 10 ** (baseDecimals - quoteDecimals),
    base: Number(base) / 10 ** baseDecimals,
  })
  const bids = gather(book.pools.bids.map(toPoint))
  const asks = gather(book.pools.asks.map(toPoint))
  const prices = [...bids, ...asks].map(({ price }) => price)
  if (prices.length === 0) return { bids: '', asks: '', middle: undefined, own: [], peers: [], ticks: [] }
  const least = Math.min(...prices)
  const most = Math.max(...prices)
  const span = most - least || most || 1
  const deepest = Math.max(...[...bids, ...asks].map(({ base }) => base), Number.MIN_VALUE)
  const toX = (price: number) => round(box.left + ((price - least) / span) * (box.right - box.left))
  const toY = (base: number) => round(box.bottom - (base / deepest) * (box.bottom - box.top))
  const market =
    book.marketPrice && toPoint({ price: book.marketPrice, base: book.own.bids[0]?.base ?? zero(book) })
  const mark = ({ bids: below, asks: above }: OrderBook['own']): BookMark[] =>
    [
      ...below.map((level) => ({ price: toPoint(level).price, side: 'bid' as const })),
      ...above.map((level) => ({ price: toPoint(level).price, side: 'ask' as const })),
    ]
      .filter(({ price }) => price >= least && price <= most)
      .map(({ price, side }) => ({ x: toX(price), side }))
  return {
    bids: drawSteps(bids, toX, toY, box.bottom),
    asks: drawSteps(asks, toX, toY, box.bottom),
    middle: market === undefined ? undefined : toX(Math.min(most, Math.max(least, market.price))),
    own: mark(book.own),
    peers: mark(book.peers),
    ticks: [least, (least + most) / 2, most].map((value) => ({ at: toX(value), value })),
  }
}

function zero(book: OrderBook): BookLevel['base'] {
  return (book.pools.bids[0] ?? book.pools.asks[0])?.base ?? (0n as BookLevel['base'])
}

/** From the best outward: each level holds what the better ones hold as well. */
function gather(levels: readonly Point[]): Point[] {
  let sum = 0
  return levels.map(({ price, base }) => {
    sum += base
    return { price, base: sum }
  })
}

function drawSteps(
  points: readonly Point[],
  toX: (price: number) => number,
  toY: (base: number) => number,
  bottom: number,
): string {
  const [first] = points
  const last = points.at(-1)
  if (!first || !last) return ''
  const steps = points.map(({ price, base }, index) => {
    const next = points[index + 1]
    return `V${toY(base)}H${toX(next?.price ?? price)}`
  })
  return `M${toX(first.price)} ${bottom}${steps.join('')}V${bottom}Z`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

/** How much of the base token the levels within a distance of the best hold, in base units. */
export function depthWithin(levels: readonly BookLevel[], bps: bigint): bigint {
  const [best] = levels
  if (!best) return 0n
  return levels.reduce((sum, level) => {
    // |level − best| / best ≤ bps / 10,000, without a division.
    const a = level.price.quote * best.price.base
    const b = best.price.quote * level.price.base
    const apart = a > b ? a - b : b - a
    return apart * 10_000n <= b * bps ? sum + level.base : sum
  }, 0n)
}
