import { useMemo, useRef } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { BookLevel, OrderBook } from '../../../shared/contract/orders.ts'
import { formatBps } from '../../parts/formatTokenAmount.ts'
import { useAmounts } from '../../parts/useAmounts.tsx'
import { useElementWidth } from '../../parts/useElementWidth.ts'
import styles from './BookFigure.module.css'
import { formatPrice } from './formatOrder.ts'
import { depthWithin, layoutBook } from './layoutBook.ts'

const height = 150
const edge = { left: 8, right: 8, top: 12, bottom: 26 }
const nearBps = 100n

/** What can be bought and sold around the market, in pools and by the user's own orders: as a picture, in words, and as a table. */
export function BookFigure({ book }: { readonly book: OrderBook }) {
  const t = useTranslations('orders.book')
  const locale = useLocale()
  const amounts = useAmounts()
  const ref = useRef<HTMLElement>(null)
  const width = useElementWidth(ref, 640)
  const layout = useMemo(
    () =>
      layoutBook(
        book,
        { base: amounts.drawnDecimals(book.base), quote: amounts.drawnDecimals(book.quote) },
        {
          left: edge.left,
          right: width - edge.right,
          top: edge.top,
          bottom: height - edge.bottom,
        },
      ),
    [book, amounts, width],
  )
  if (!book.marketPrice) {
    return <p className={styles.caption}>{t('none', { base: book.base.symbol, quote: book.quote.symbol })}</p>
  }
  const bottom = height - edge.bottom
  const compact = new Intl.NumberFormat(locale, { maximumSignificantDigits: 6 })
  return (
    <figure ref={ref} className={styles.figure}>
      <svg
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        className={styles.chart}
        role="img"
        aria-label={t('drawing')}
      >
        <path d={layout.bids} className={styles.bids} />
        <path d={layout.asks} className={styles.asks} />
        <line x1={edge.left} x2={width - edge.right} y1={bottom} y2={bottom} className={styles.axis} />
        {layout.middle !== undefined && (
          <line
            x1={layout.middle}
            x2={layout.middle}
            y1={edge.top - 8}
            y2={bottom}
            className={styles.middle}
          />
        )}
        {layout.own.map(({ x, side }) => (
          <path key={`${side}${x}`} d={`M${x} ${bottom}l-6 10h12z`} className={styles.own} data-side={side} />
        ))}
        {layout.peers.map(({ x, side }) => (
          <circle key={`peer${side}${x}`} cx={x} cy={bottom} r={4} className={styles.peer} data-side={side} />
        ))}
        {layout.ticks.map(({ at, value }, index) => (
          <text
            key={value}
            x={at}
            y={height - 2}
            className={
              index === 0 ? styles.start : index === layout.ticks.length - 1 ? styles.end : styles.center
            }
          >
            {compact.format(value)}
          </text>
        ))}
      </svg>
      <figcaption className={styles.caption}>
        {t('summary', {
          price: formatPrice(book.marketPrice, book, amounts),
          percent: formatBps(Number(nearBps), locale),
          bid: amounts.short(depthWithin(book.pools.bids, nearBps), book.base, 'down'),
          ask: amounts.short(depthWithin(book.pools.asks, nearBps), book.base, 'down'),
        })}
      </figcaption>
      <details>
        <summary className={styles.caption}>{t('table')}</summary>
        <div className={styles.tables}>
          <Levels label={`${t('pools')} · ${t('bids')}`} levels={book.pools.bids} book={book} />
          <Levels label={`${t('pools')} · ${t('asks')}`} levels={book.pools.asks} book={book} />
          {book.peers.bids.length > 0 && (
            <Levels label={`${t('peers')} · ${t('bids')}`} levels={book.peers.bids} book={book} />
          )}
          {book.peers.asks.length > 0 && (
            <Levels label={`${t('peers')} · ${t('asks')}`} levels={book.peers.asks} book={book} />
          )}
          {book.own.bids.length > 0 && (
            <Levels label={`${t('own')} · ${t('bids')}`} levels={book.own.bids} book={book} />
          )}
          {book.own.asks.length > 0 && (
            <Levels label={`${t('own')} · ${t('asks')}`} levels={book.own.asks} book={book} />
          )}
        </div>
      </details>
    </figure>
  )
}

interface LevelsProps {
  readonly label: string
  readonly levels: readonly BookLevel[]
  readonly book: OrderBook
}

function Levels({ label, levels, book }: LevelsProps) {
  const t = useTranslations('orders.book')
  const amounts = useAmounts()
  return (
    <table className={styles.table}>
      <caption>{label}</caption>
      <thead>
        <tr>
          <th scope="col">{t('levelPrice')}</th>
          <th scope="col">{t('levelAmount')}</th>
        </tr>
      </thead>
      <tbody>
        {levels.map((level) => (
          <tr key={`${level.price.quote}/${level.price.base}/${level.base}`}>
            <td>{formatPrice(level.price, book, amounts)}</td>
            <td>{amounts.short(level.base, book.base, 'down')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
