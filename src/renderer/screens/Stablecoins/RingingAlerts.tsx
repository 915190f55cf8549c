import { useQuery } from '@tanstack/react-query'
import { useFormatter, useLocale, useTranslations } from 'use-intl'
import { queries } from '../../api/queries.ts'
import { formatSignedBps } from '../../design/formatUsd.ts'
import { Notice } from '../../design/Notice.tsx'
import { useNow } from '../../design/useNow.ts'

/** The alerts that ring now, and since when. */
export function RingingAlerts() {
  const t = useTranslations('stablecoins.alerts')
  const locale = useLocale()
  const format = useFormatter()
  const now = useNow(10_000)
  const ringing = (useQuery(queries.stablecoinAlerts).data ?? []).filter(
    ({ raisedAtMs }) => raisedAtMs !== undefined,
  )
  return ringing.map(({ id, symbol, rule, raisedAtMs, raisedBps }) => (
    <Notice key={id} tone="attention" role="alert" title={t(`ringing.${rule.kind}`, { symbol })}>
      {raisedBps !== undefined && rule.kind === 'peg'
        ? `${t('raisedAt', { deviation: formatSignedBps(raisedBps, locale) })} `
        : null}
      {raisedAtMs !== undefined &&
        t('since', { age: format.relativeTime(raisedAtMs, Math.max(now, raisedAtMs)) })}
    </Notice>
  ))
}
