import { useMemo, useRef } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { Depth } from '../../../shared/contract/swaps.ts'
import type { Token } from '../../../shared/identity/token.ts'
import { formatBps } from '../../parts/formatTokenAmount.ts'
import { useAmounts } from '../../parts/useAmounts.tsx'
import { useElementWidth } from '../../parts/useElementWidth.ts'
import styles from './DepthChart.module.css'
import { layoutDepth } from './layoutDepth.ts'

interface DepthChartProps {
  readonly depth: Depth
  readonly token: Token
  readonly sellUnits: bigint
  readonly exchangeFeeBps: number
  /** What the curve tells, in words: its caption, and what is read in its place. */
  readonly summary: string
}

const height = 170
const edge = { left: 54, right: 16, top: 18, bottom: 40 }

/** The cost of a trade against its size, with the user's own size and an exchange's fee marked. */
export function DepthChart({ depth, token, sellUnits, exchangeFeeBps, summary }: DepthChartProps) {
  const t = useTranslations('swap.depth')
  const locale = useLocale()
  const decimals = useAmounts().drawnDecimals(token)
  const ref = useRef<HTMLElement>(null)
  const width = useElementWidth(ref, 640)
  const layout = useMemo(
    () =>
      layoutDepth(depth.points, decimals, sellUnits, exchangeFeeBps, {
        left: edge.left,
        right: width - edge.right,
        top: edge.top,
        bottom: height - edge.bottom,
      }),
    [depth, decimals, sellUnits, exchangeFeeBps, width],
  )
  const bottom = height - edge.bottom
  const compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumSignificantDigits: 3 })
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
        {layout.yTicks.map(({ at, value }) => (
          <g key={value}>
            <line x1={edge.left} x2={width - edge.right} y1={at} y2={at} className={styles.grid} />
            <text x={edge.left - 8} y={at + 4} className={styles.end}>
              {formatBps(value, locale)}
            </text>
          </g>
        ))}
        <path d={layout.area} className={styles.area} />
        <path d={layout.line} className={styles.line} />
        {layout.reference !== undefined && (
          <>
            <line
              x1={edge.left}
              x2={width - edge.right}
              y1={layout.reference}
              y2={layout.reference}
              className={styles.reference}
            />
            <text x={edge.left + 6} y={layout.reference - 5}>
              {t('exchangeLine', { fee: formatBps(exchangeFeeBps, locale) })}
            </text>
          </>
        )}
        {layout.xTicks.map(({ at, value }) => (
          <text key={value} x={at} y={bottom + 17} className={styles.middle}>
            {compact.format(10 ** value)}
          </text>
        ))}
        <text x={width - edge.right} y={height - 5} className={styles.end}>
          {t('size', { symbol: token.symbol })}
        </text>
        {layout.mark && (
          <>
            <line
              x1={layout.mark.x}
              x2={layout.mark.x}
              y1={edge.top - 4}
              y2={bottom}
              className={styles.stem}
            />
            <circle cx={layout.mark.x} cy={layout.mark.y} r="5" className={styles.dot} />
            <text x={layout.mark.x} y={edge.top - 7} className={styles.yours}>
              {t('yours')} · {formatBps(Math.ceil(layout.mark.costBps), locale)}
            </text>
          </>
        )}
      </svg>
      <figcaption className={styles.caption}>{summary}</figcaption>
    </figure>
  )
}
