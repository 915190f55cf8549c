import { useId, useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { SwapExposure, SwapQuote, TolerancePoint } from '../../../shared/contract/swaps.ts'
import { largerOf } from '../../../shared/money/smallerOf.ts'
import { baseUnits } from '../../../shared/money/units.ts'
import { Button } from '../../design/Button.tsx'
import { joinSentences } from '../../design/joinSentences.ts'
import { formatBps } from '../../parts/formatTokenAmount.ts'
import { useAmounts } from '../../parts/useAmounts.tsx'
import type { SwapDraft } from './swapDraft.ts'
import styles from './ToleranceExplorer.module.css'

interface ToleranceExplorerProps {
  readonly quote: SwapQuote
  readonly points: SwapExposure['points']
  readonly onChange: (changes: Partial<SwapDraft>) => void
}

const width = 360
const height = 90

/** A slider over tolerances: what each offers an attacker, and how often it fails. It chooses nothing until told so. */
export function ToleranceExplorer({ quote, points, onChange }: ToleranceExplorerProps) {
  const t = useTranslations('swap.exposure')
  const locale = useLocale()
  const amounts = useAmounts()
  const id = useId()
  const own = Math.max(
    0,
    points.findIndex(({ toleranceBps }) => toleranceBps >= quote.toleranceBps),
  )
  const [tried, setTried] = useState<number>()
  const at = Math.min(tried ?? own, points.length - 1)
  const point = points[at]
  if (!point) return null
  const tolerance = formatBps(point.toleranceBps, locale)
  const mostProfit = points.reduce(
    (most, { attackerProfit }) => largerOf(most, attackerProfit),
    baseUnits(0n),
  )
  const mostFailureBps = Math.max(...points.map(({ failureBps }) => failureBps))
  return (
    <div className={styles.explorer}>
      <svg viewBox={`0 0 ${width} ${height}`} className={styles.chart} role="img" aria-label={t('chart')}>
        <path d={curve(points, ({ attackerProfit }) => Number(attackerProfit))} className={styles.profit} />
        <path d={curve(points, ({ failureBps }) => failureBps)} className={styles.failure} />
        <line
          x1={xOf(at, points.length)}
          x2={xOf(at, points.length)}
          y1="0"
          y2={height}
          className={styles.stem}
        />
      </svg>
      <p className={styles.legend}>
        <span className={styles.profitKey}>
          {t('profitCurve', { most: amounts.short(mostProfit, quote.sell, 'up') })}
        </span>
        <span className={styles.failureKey}>
          {t('failureCurve', { most: formatBps(mostFailureBps, locale) })}
        </span>
      </p>
      <label htmlFor={id} className={styles.label}>
        {t('slider')}
      </label>
      <input
        id={id}
        type="range"
        className={styles.slider}
        min={0}
        max={points.length - 1}
        value={at}
        aria-valuetext={tolerance}
        onChange={(event) => setTried(Number(event.currentTarget.value))}
      />
      <p className={styles.ends} aria-hidden="true">
        {[points[0], points.at(-1)].map(
          (end) => end && <span key={end.toleranceBps}>{formatBps(end.toleranceBps, locale)}</span>,
        )}
      </p>
      <p aria-live="polite" className={styles.said}>
        {joinSentences(
          point.attackerProfit > 0n
            ? t('takes', {
                tolerance,
                profit: amounts.short(point.attackerProfit, quote.sell, 'up'),
                loss: amounts.short(point.userLoss, quote.exact === 'sell' ? quote.buy : quote.sell, 'up'),
              })
            : t('nothing', { tolerance }),
          t('fails', { chance: formatBps(point.failureBps, locale) }),
        )}
      </p>
      {point.toleranceBps !== quote.toleranceBps && (
        <Button size="small" onClick={() => onChange({ slippage: point.toleranceBps })}>
          {t('use', { tolerance })}
        </Button>
      )}
    </div>
  )
}

const xOf = (at: number, count: number) => (width * at) / Math.max(1, count - 1)

function curve(points: readonly TolerancePoint[], value: (point: TolerancePoint) => number): string {
  const most = Math.max(...points.map(value)) || 1
  return points
    .map(
      (point, at) =>
        `${at === 0 ? 'M' : 'L'}${xOf(at, points.length)} ${height - 4 - (value(point) / most) * (height - 8)}`,
    )
    .join('')
}
