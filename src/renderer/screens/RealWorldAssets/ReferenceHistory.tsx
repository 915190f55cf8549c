import { useQuery } from '@tanstack/react-query'
import { useFormatter, useLocale, useTranslations } from 'use-intl'
import type { Address, ChainId } from '../../../shared/identity/identity.ts'
import { queries } from '../../api/queries.ts'
import { formatUsd } from '../../design/formatUsd.ts'
import styles from '../../parts/AssetTable.module.css'
import { layoutHistory } from './layoutHistory.ts'

const box = { left: 8, right: 332, top: 10, bottom: 92 }

/** What the reference has been: of a fund the value of a share, otherwise the price of the underlying. */
export function ReferenceHistory({
  asset,
}: {
  readonly asset: { readonly chainId: ChainId; readonly address: Address }
}) {
  const t = useTranslations('realWorldAssets.history')
  const locale = useLocale()
  const format = useFormatter()
  const { data } = useQuery(queries.assetHistory(asset))
  if (!data) return null
  const [first] = data.points
  const last = data.points.at(-1)
  if (!first || !last || data.points.length < 2) return <p className={styles.quiet}>{t('none')}</p>
  const layout = layoutHistory(data.points, box)
  const day = (ms: number) => format.dateTime(ms, { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <figure>
      <svg viewBox="0 0 340 100" className={styles.chart} role="img" aria-label={t('drawing')}>
        <line x1={box.left} x2={box.right} y1={box.bottom} y2={box.bottom} className={styles.grid} />
        <path d={layout} className={styles.line} />
      </svg>
      <figcaption className={styles.quiet}>
        {t('span', {
          from: formatUsd(first.usdE8, locale),
          start: day(first.atMs),
          to: formatUsd(last.usdE8, locale),
          end: day(last.atMs),
        })}{' '}
        {t(data.from)}
      </figcaption>
    </figure>
  )
}
