import { useFormatter, useLocale, useTranslations } from 'use-intl'
import type { PegHistory } from '../../../shared/contract/stablecoins.ts'
import { formatSignedBps } from '../../design/formatUsd.ts'
import styles from '../../parts/AssetTable.module.css'
import { layoutPegChart } from './layoutPegChart.ts'

const width = 340
const height = 150
const box = { left: 48, right: 332, top: 8, bottom: 142 }

/** The course of a coin's peg with its bands, and in words how long it was outside of them. */
export function PegChart({ history }: { readonly history: PegHistory }) {
  const t = useTranslations('stablecoins.chart')
  const locale = useLocale()
  const format = useFormatter()
  const { samples, bands, watchedMs } = history
  if (samples.length < 2) return <p className={styles.quiet}>{t('tooFew')}</p>
  const layout = layoutPegChart(samples, box)
  const time = (ms: number) =>
    ms < 3_600_000
      ? format.number(Math.ceil(ms / 60_000), { style: 'unit', unit: 'minute', unitDisplay: 'long' })
      : format.number(ms / 3_600_000, {
          style: 'unit',
          unit: 'hour',
          unitDisplay: 'long',
          maximumFractionDigits: 1,
        })
  // One that is beyond a band at the newest sample has been there for no time yet.
  const isOutside = (bandBps: number) => samples.some(({ deviationBps }) => Math.abs(deviationBps) > bandBps)
  return (
    <figure>
      <svg viewBox={`0 0 ${width} ${height}`} className={styles.chart} role="img" aria-label={t('drawing')}>
        {layout.bands.map(({ bps, top, height: tall }) => (
          <rect
            key={bps}
            x={box.left}
            y={top}
            width={box.right - box.left}
            height={tall}
            className={styles.band}
          />
        ))}
        <line x1={box.left} x2={box.right} y1={layout.zero} y2={layout.zero} className={styles.grid} />
        {layout.ticks.map(({ bps, at }) => (
          <text key={bps} x={box.left - 4} y={at + 4} textAnchor="end">
            {formatSignedBps(bps, locale)}
          </text>
        ))}
        <path d={layout.line} className={styles.line} />
      </svg>
      <figcaption className={styles.quiet}>
        {t('watched', { time: time(watchedMs) })}{' '}
        {bands.map(({ bandBps, outsideMs }) =>
          isOutside(bandBps)
            ? `${t('outside', { band: formatSignedBps(bandBps, locale), time: time(outsideMs) })} `
            : null,
        )}
        {!bands.some(({ bandBps }) => isOutside(bandBps)) && t('neverOutside')}
      </figcaption>
    </figure>
  )
}
