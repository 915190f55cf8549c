import { type PointerEvent, useRef, useState } from 'react'
import { useFormatter } from 'use-intl'
import styles from './LineChart.module.css'
import { type LinePoint, layoutLine } from './layoutLine.ts'
import { useElementWidth } from './useElementWidth.ts'

interface LineChartProps {
  readonly points: readonly LinePoint[]
  /** The time that is drawn, also where no point lies. */
  readonly fromMs: number
  readonly toMs: number
  readonly height: number
  /** What is drawn, for those who do not see it. */
  readonly label: string
  readonly write: (value: bigint) => string
}

const edge = 6

/** Money over time; what it was at a time is read where one points. */
export function LineChart({ points, fromMs, toMs, height, label, write }: LineChartProps) {
  const format = useFormatter()
  const ref = useRef<HTMLElement>(null)
  const width = useElementWidth(ref, 320)
  const [pointedAt, setPointedAt] = useState<number>()
  const { path, places } = layoutLine(points, fromMs, toMs, {
    left: edge,
    right: width - edge,
    top: edge,
    bottom: height - edge,
  })
  const [first] = points
  const last = points.at(-1)
  if (!first || !last) return null
  const when = (atMs: number) => format.dateTime(atMs, { dateStyle: 'medium', timeStyle: 'short' })
  const point = (event: PointerEvent<SVGSVGElement>) => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left
    let nearest = 0
    for (const [index, place] of places.entries()) {
      if (Math.abs(place.x - x) < Math.abs((places[nearest]?.x ?? 0) - x)) nearest = index
    }
    setPointedAt(nearest)
  }
  const pointed = pointedAt === undefined ? undefined : points[pointedAt]
  const place = pointedAt === undefined ? undefined : places[pointedAt]
  const end = places.at(-1)
  return (
    <figure ref={ref} className={styles.figure}>
      <svg
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        className={styles.chart}
        role="img"
        aria-label={`${label}: ${when(first.atMs)} ${write(first.value)} – ${when(last.atMs)} ${write(last.value)}`}
        onPointerMove={point}
        onPointerLeave={() => setPointedAt(undefined)}
      >
        <line x1={edge} x2={width - edge} y1={height - 1} y2={height - 1} className={styles.base} />
        <path d={path} className={styles.line} />
        {place && <line x1={place.x} x2={place.x} y1={0} y2={height} className={styles.cursor} />}
        {(place ?? end) && (
          <circle cx={(place ?? end)?.x} cy={(place ?? end)?.y} r={4} className={styles.dot} />
        )}
      </svg>
      <figcaption className={styles.read} aria-hidden="true">
        {pointed ? (
          <>
            <span>{when(pointed.atMs)}</span>
            <span>{write(pointed.value)}</span>
          </>
        ) : (
          <>
            <span>{when(first.atMs)}</span>
            <span>{when(last.atMs)}</span>
          </>
        )}
      </figcaption>
    </figure>
  )
}
