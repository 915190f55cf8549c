import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { StablecoinAlert } from '../../shared/contract/stablecoins.ts'
import { mainApi } from '../api/mainApi.ts'
import { queries } from '../api/queries.ts'
import { Button } from '../design/Button.tsx'
import { formatSignedBps } from '../design/formatUsd.ts'
import { Notice } from '../design/Notice.tsx'
import { useAge } from '../design/useAge.ts'

interface RingingAlertsProps {
  /** Absent where one is there already. */
  readonly onOpen: (() => void) | undefined
}

/** The alerts that ring now, and since when, on every screen; each is told through the system once when it begins. */
export function RingingAlerts({ onOpen }: RingingAlertsProps) {
  const t = useTranslations('stablecoins.alerts')
  const ageOf = useAge()
  const alerts = useQuery(queries.stablecoinAlerts).data ?? []
  const describe = useRingingWords()
  const describeRef = useRef(describe)
  useEffect(() => {
    describeRef.current = describe
  })
  useEffect(
    () =>
      mainApi().stablecoins.alertsChanged(({ alerts: changed, raised }) => {
        for (const alert of changed.filter(({ id }) => raised.includes(id))) {
          void mainApi().app.notify(describeRef.current(alert))
        }
      }),
    [],
  )
  return alerts.map((alert) => {
    const { id, raisedAtMs } = alert
    if (raisedAtMs === undefined) return null
    const { title, body } = describe(alert)
    return (
      <Notice
        key={id}
        tone="attention"
        role="alert"
        title={title}
        action={
          onOpen && (
            <Button size="small" onClick={onOpen}>
              {t('open')}
            </Button>
          )
        }
      >
        {body} {t('since', { age: ageOf(raisedAtMs) })}
      </Notice>
    )
  })
}

function useRingingWords(): (alert: StablecoinAlert) => { title: string; body: string } {
  const t = useTranslations('stablecoins.alerts')
  const locale = useLocale()
  return ({ symbol, rule, raisedBps }) => ({
    title: t(`ringing.${rule.kind}`, { symbol }),
    body:
      raisedBps !== undefined && rule.kind === 'peg'
        ? t('raisedAt', { deviation: formatSignedBps(raisedBps, locale) })
        : '',
  })
}
