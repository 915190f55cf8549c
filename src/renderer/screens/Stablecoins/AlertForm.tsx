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
import { TextInput } from '../../design/TextInput.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import styles from '../../parts/AssetTable.module.css'
import { readAmount } from '../../parts/readAmount.ts'

const kinds = ['peg', 'depth', 'freeze'] as const
type Kind = (typeof kinds)[number]

/** What is proposed, as it would be typed. */
const proposals = { peg: '0.5', depth: '100000' } as const

/** The rule that a limit as typed makes; `undefined` while it is none that can be kept. */
function readRule(kind: Kind, limit: string): StablecoinAlert['rule'] | undefined {
  if (kind === 'freeze') return { kind }
  if (kind === 'depth') {
    const minimumUsdE8 = readAmount(limit, 8)
    return minimumUsdE8 ? { kind, minimumUsdE8 } : undefined
  }
  const bps = Number(readAmount(limit, 2) ?? 0n)
  return bps >= 1 && bps <= 5_000 ? { kind, bps } : undefined
}

interface AlertFormProps {
  readonly coin: { readonly chainId: ChainId; readonly address: Address }
}

/** The alerts of one coin: those set, and a new one. */
export function AlertForm({ coin }: AlertFormProps) {
  const t = useTranslations('stablecoins.alerts')
  const errorText = useErrorText()
  const client = useQueryClient()
  const [kind, setKind] = useState<Kind>('peg')
  const [limit, setLimit] = useState<string>(proposals.peg)
  const rule = readRule(kind, limit)
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
          if (!rule) return
          const result = await add.run({ coin, rule })
          if (result.ok) keep(result.value)
        }}
      >
        <Field label={t('tellMe')}>
          {(control) => (
            <Select
              {...control}
              value={kind}
              onChange={(event) => {
                const next = kinds.find((each) => each === event.currentTarget.value) ?? 'peg'
                setKind(next)
                if (next !== 'freeze') setLimit(proposals[next])
              }}
            >
              {kinds.map((each) => (
                <option key={each} value={each}>
                  {t(`kinds.${each}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        {kind !== 'freeze' && (
          <Field label={t(`limits.${kind}`)} error={rule ? undefined : t(`limitWrong.${kind}`)}>
            {(control) => (
              <TextInput
                {...control}
                inputMode="decimal"
                maxLength={20}
                value={limit}
                onChange={(event) => setLimit(event.currentTarget.value)}
              />
            )}
          </Field>
        )}
        <Button type="submit" isBusy={add.isPending} disabled={!rule}>
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
