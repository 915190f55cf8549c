import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { Order, OrderBook, PairPrice } from '../../../shared/contract/orders.ts'
import type { Token } from '../../../shared/identity/token.ts'
import { useAmounts } from '../../parts/useAmounts.tsx'
import { useElementWidth } from '../../parts/useElementWidth.ts'
import { formatMoment } from './formatOrder.ts'
import {
  drawPrices,
  listMarks,
  type OrderMark,
  type PriceScale,
  scalePrices,
  toShownPrice,
} from './layoutPrices.ts'
import styles from './PriceFigure.module.css'

interface PriceFigureProps {
  readonly book: OrderBook
  readonly prices: readonly PairPrice[]
  readonly orders: readonly Order[]
  readonly onSelect: (order: Order) => void
  /** A limit order was moved to another price, which the user still has to confirm. */
  readonly onMove: (order: Order, price: string) => void
}

const height = 190
const edge = { left: 8, right: 76, top: 10, bottom: 22 }
/** Digits of a price that a hand can mean. */
const meantDigits = 5
/** A press of a key moves a price by this share of it. */
const keyStep = 0.001

/** The price of the pair over time with the user's orders in it; a limit order is moved by its line, or by the arrow keys. */
export function PriceFigure({ book, prices, orders, onSelect, onMove }: PriceFigureProps) {
  const t = useTranslations('orders.chart')
  const locale = useLocale()
  const amounts = useAmounts()
  const ref = useRef<HTMLElement>(null)
  const width = useElementWidth(ref, 640)
  if (!book.marketPrice) return null
  const box = { left: edge.left, right: width - edge.right, top: edge.top, bottom: height - edge.bottom }
  const drawn = (token: Token) => ({ ref: token.ref, decimals: amounts.drawnDecimals(token) })
  const pair = { base: drawn(book.base), quote: drawn(book.quote) }
  const market = toShownPrice(book.marketPrice, pair)
  const marks = listMarks(orders, pair)
  const scale = scalePrices(
    prices.map(({ price }) => toShownPrice(price, pair)),
    marks.map(({ price }) => price),
    market,
    box,
  )
  const write = (price: number) =>
    new Intl.NumberFormat(locale, { maximumSignificantDigits: 6 }).format(price)
  const isInside = ({ price }: OrderMark) => price >= scale.least && price <= scale.most
  const outside = marks.filter((mark) => !isInside(mark))
  const [first] = prices
  const last = prices.at(-1)
  return (
    <figure ref={ref} className={styles.figure}>
      <svg
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        className={styles.chart}
        aria-label={t('drawing', { base: book.base.symbol, quote: book.quote.symbol })}
      >
        <line x1={box.left} x2={box.right} y1={box.bottom} y2={box.bottom} className={styles.axis} />
        <path d={drawPrices(prices, pair, box, scale)} className={styles.price} />
        <line
          x1={box.left}
          x2={box.right}
          y1={scale.toY(market)}
          y2={scale.toY(market)}
          className={styles.market}
        />
        <text x={box.right + 6} y={scale.toY(market) + 4} className={styles.marketLabel}>
          {write(market)}
        </text>
        {first && last && first !== last && (
          <>
            <text x={box.left} y={height - 4}>
              {formatMoment(first.atMs, locale)}
            </text>
            <text x={box.right} y={height - 4} className={styles.end}>
              {formatMoment(last.atMs, locale)}
            </text>
          </>
        )}
        {marks.filter(isInside).map((mark) => (
          <MovableOrder
            key={mark.legId}
            mark={mark}
            box={box}
            scale={scale}
            write={write}
            onSelect={() => onSelect(mark.order)}
            onMove={(price) => onMove(mark.order, price)}
          />
        ))}
      </svg>
      <figcaption className={styles.caption}>
        {prices.length === 0 ? t('noPast') : t(marks.some(({ canMove }) => canMove) ? 'hint' : 'caption')}
        {outside.length > 0 && ` ${t('outside', { count: outside.length })}`}
      </figcaption>
    </figure>
  )
}

interface MovableOrderProps {
  readonly mark: OrderMark
  readonly box: { readonly left: number; readonly right: number }
  readonly scale: PriceScale
  readonly write: (price: number) => string
  readonly onSelect: () => void
  readonly onMove: (price: string) => void
}

function MovableOrder({ mark, box, scale, write, onSelect, onMove }: MovableOrderProps) {
  const t = useTranslations('orders')
  const [moved, setMoved] = useState<number>()
  const grip = useRef<{ readonly y: number; readonly price: number }>(undefined)
  const price = moved ?? mark.price
  const y = scale.toY(Math.min(scale.most, Math.max(scale.least, price)))
  const label = t('chart.order', {
    side: t(mark.side),
    role: mark.role === 'order' ? t(`types.${mark.order.terms.type}`) : t(`roles.${mark.role}`),
    price: write(price),
  })
  const finish = () => {
    grip.current = undefined
    setMoved(undefined)
    if (moved === undefined || moved === mark.price) onSelect()
    else onMove(toTyped(moved))
  }
  const press = (event: PointerEvent<SVGGElement>) => {
    if (!mark.canMove) return
    event.currentTarget.setPointerCapture(event.pointerId)
    grip.current = { y: event.clientY, price: mark.price }
  }
  const drag = (event: PointerEvent<SVGGElement>) => {
    const held = grip.current
    if (!held) return
    const next = scale.toPrice(scale.toY(held.price) + event.clientY - held.y)
    if (next > 0) setMoved(next)
  }
  const onKeyDown = (event: KeyboardEvent<SVGGElement>) => {
    const step = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key]
    if (event.key === 'Enter' || event.key === ' ') finish()
    else if (event.key === 'Escape') setMoved(undefined)
    else if (step !== undefined && mark.canMove) setMoved(price + mark.price * keyStep * step)
    else return
    event.preventDefault()
  }
  return (
    <g
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-orientation="vertical"
      aria-valuemin={scale.least}
      aria-valuemax={scale.most}
      aria-valuenow={price}
      aria-valuetext={label}
      aria-disabled={!mark.canMove}
      className={mark.canMove ? styles.movable : styles.fixed}
      data-side={mark.side}
      onPointerDown={press}
      onPointerMove={drag}
      onPointerUp={finish}
      onPointerCancel={() => {
        grip.current = undefined
        setMoved(undefined)
      }}
      onKeyDown={onKeyDown}
    >
      <title>{label}</title>
      <rect x={box.left} y={y - 6} width={box.right - box.left} height={12} className={styles.grip} />
      <line x1={box.left} x2={box.right} y1={y} y2={y} className={styles.order} />
      <circle cx={box.right} cy={y} r={4} className={styles.knob} />
      <text x={box.right + 8} y={y + 4} className={styles.orderLabel}>
        {write(price)}
      </text>
    </g>
  )
}

/** A price as one would type it, in as many digits as a hand can mean. */
function toTyped(price: number): string {
  const digits = Math.max(0, Math.min(18, meantDigits - 1 - Math.floor(Math.log10(price))))
  return price.toFixed(digits)
}
