import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { StablecoinAlert } from '../../../shared/contract/stablecoins.ts'
import type { Address, ChainId } from '../../../shared/identity/identity.ts'
import { mainApi } from '../../api/mainApi.ts'
import { queries } from '../../api/queries.ts'
import { useAction } from '../../api/useAction.ts'
import { Button } from '../../design/Button.tsx'
import { Field } from '../../design/Field.tsx'
import { formatSignedBps, formatUsd } from '../../design/formatUsd.ts'
import { Notice } from '../../design/Notice.tsx'
import { Select } from '../../design/Select.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import styles from '../../parts/AssetTable.module.css'

const choices = {
  peg25: { kind: 'peg', bps: 25 },
  peg50: { kind: 'peg', bps: 50 },
  peg100: { kind: 'peg', bps: 100 },
  depth: { kind: 'depth', minimumUsdE8: 10_000_000_000_000n },
  freeze: { kind: 'freeze' },
} as const
type Choice = keyof typeof choices

interface AlertFormProps {
  readonly coin: { readonly chainId: ChainId; readonly address: Address }
}

/** The alerts of one coin: those set, and a new one. */
export function AlertForm({ coin }: AlertFormProps) {
  const t = useTranslations('stablecoins.alerts')
  const errorText = useErrorText()
  const client = useQueryClient()
  const [choice, setChoice] = useState<Choice>('peg50')
  const alerts = useQuery(queries.stablecoinAlerts).data ?? []
  const own = alerts.filter(
    (alert) => alert.coin.address === coin.address && alert.coin.chainId === coin.chainId,
  )
  const add = useAction(mainApi().stablecoins.addAlert)
  const remove = useAction(mainApi().stablecoins.removeAlert)
  const describe = useAlertWords()
  const keep = (list: StablecoinAlert[]) => client.setQueryData(queries.stablecoinAlerts.queryKey, list)
  const failure = add.error ?? remove.error
  return (
    <>
      <ul className={styles.list}>
        {own.map((alert) => (
          <li key={alert.id}>
            {describe(alert.rule)}
            <Button
              size="small"
              variant="quiet"
              aria-label={t('removeWhat', { what: describe(alert.rule) })}
              onClick={async () => {
                const result = await remove.run({ id: alert.id })
                if (result.ok) keep(result.value)
              }}
            >
              {t('remove')}
            </Button>
          </li>
        ))}
      </ul>
      <form
        className={styles.form}
        onSubmit={async (event) => {
          event.preventDefault()
          const result = await add.run({ coin, rule: choices[choice] })
          if (result.ok) keep(result.value)
        }}
      >
        <Field label={t('tellMe')}>
          {(control) => (
            <Select
              {...control}
              value={choice}
              onChange={(event) => setChoice(event.currentTarget.value as Choice)}
            >
              {Object.entries(choices).map(([key, rule]) => (
                <option key={key} value={key}>
                  {describe(rule)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Button type="submit" isBusy={add.isPending}>
          {t('add')}
        </Button>
      </form>
      {failure && (
        <Notice tone="attention" role="alert">
          {errorText(failure)}
        </Notice>
      )}
    </>
  )
}

function useAlertWords(): (rule: StablecoinAlert['rule']) => string {
  const t = useTranslations('stablecoins.alerts')
  const locale = useLocale()
  return (rule) => {
    switch (rule.kind) {
      case 'peg':
        return t('rules.peg', { distance: formatSignedBps(rule.bps, locale).replace('+', '') })
      case 'depth':
        return t('rules.depth', { amount: formatUsd(rule.minimumUsdE8, locale) })
      case 'freeze':
        return t('rules.freeze')
    }
  }
}
