import { useLocale, useTranslations } from 'use-intl'
import { formatSignedBps } from '../../design/formatUsd.ts'
import styles from '../../parts/AssetTable.module.css'
import { layoutPremium } from './layoutPremium.ts'

const left = 12
const right = 328

/** How far an asset trades from what it stands for, on a scale of a tenth either way. */
export function PremiumGauge({ premiumBps }: { readonly premiumBps: number }) {
  const t = useTranslations('realWorldAssets.gauge')
  const locale = useLocale()
  const at = left + layoutPremium(premiumBps) * (right - left)
  const middle = (left + right) / 2
  const summary = t(premiumBps === 0 ? 'fair' : premiumBps > 0 ? 'above' : 'below', {
    distance: formatSignedBps(Math.abs(premiumBps), locale).replace('+', ''),
  })
  return (
    <figure>
      <svg viewBox="0 0 340 52" className={styles.chart} role="img" aria-label={summary}>
        <rect x={left} y={18} width={right - left} height={8} rx={4} className={styles.band} />
        <line x1={middle} x2={middle} y1={10} y2={34} className={styles.markFair} />
        <circle cx={at} cy={22} r={7} className={styles.mark} />
        <text x={left} y={46}>
          {formatSignedBps(-1_000, locale)}
        </text>
        <text x={middle} y={46} textAnchor="middle">
          {t('worth')}
        </text>
        <text x={right} y={46} textAnchor="end">
          {formatSignedBps(1_000, locale)}
        </text>
      </svg>
      <figcaption>{summary}</figcaption>
    </figure>
  )
}
