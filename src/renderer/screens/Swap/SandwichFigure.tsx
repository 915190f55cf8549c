import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { SandwichDrawing } from '../../../shared/contract/swaps.ts'
import { layoutSandwich } from './layoutSandwich.ts'
import styles from './SandwichFigure.module.css'

const frame = { left: 14, right: 346, top: 40, bottom: 124 }
const steps = ['before', 'yours', 'after'] as const

/** What a sandwich does to the price, or what the trade alone does where none pays or nobody sees it; to scale. */
export function SandwichFigure({ drawing }: { readonly drawing: SandwichDrawing }) {
  const t = useTranslations('swap.sandwich')
  const layout = useMemo(() => layoutSandwich(drawing, frame), [drawing])
  const { isAttacked } = drawing
  return (
    <svg
      className={styles.figure}
      viewBox="0 0 360 170"
      role="img"
      aria-label={t(isAttacked ? 'drawing' : 'shelteredDrawing')}
    >
      <line x1={frame.left} y1={layout.limit} x2={frame.right} y2={layout.limit} className={styles.limit} />
      <text x={frame.left} y={layout.limit - 6} className={styles.start}>
        {t('limit')}
      </text>
      <line x1={frame.left} y1="140" x2={frame.right} y2="140" className={styles.axis} />
      {layout.rest.map((path) => (
        <path key={path} d={path} className={styles.quiet} />
      ))}
      {layout.moves.map(({ by, path, middle }, index) => (
        <g key={path}>
          <path d={path} className={by === 'own' ? styles.own : styles.attacker} />
          <text x={middle} y="158" className={styles.label}>
            {t(isAttacked ? (steps[index] ?? 'yours') : 'onlyYours')}
          </text>
        </g>
      ))}
      <text x={frame.left} y="16" className={styles.start}>
        {t('price')}
      </text>
    </svg>
  )
}
