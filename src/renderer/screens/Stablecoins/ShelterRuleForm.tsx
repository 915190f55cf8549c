import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormatter, useLocale, useTranslations } from 'use-intl'
import type { ShelterArming, ShelterRule, ShelterRulePreview } from '../../../shared/contract/shelter.ts'
import type { AccountId } from '../../../shared/identity/identity.ts'
import { mainApi } from '../../api/mainApi.ts'
import { queries } from '../../api/queries.ts'
import type { Holding } from '../../api/selectHoldings.ts'
import { useAction } from '../../api/useAction.ts'
import { Badge } from '../../design/Badge.tsx'
import { Button } from '../../design/Button.tsx'
import { Field } from '../../design/Field.tsx'
import { Notice } from '../../design/Notice.tsx'
import { Select } from '../../design/Select.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import styles from '../../parts/AssetTable.module.css'
import { TokenAmount } from '../../parts/TokenAmount.tsx'

interface ShelterRuleFormProps {
  readonly accountId: AccountId
  readonly choices: readonly Holding[]
}

const falls = [500, 1_000, 1_500, 2_000, 3_000, 5_000]
const shares = [1_000, 2_500, 5_000, 7_500, 10_000]
const durations = [1, 7, 30, 90]

/** The flight that begins by itself when a price falls: armed here, filled as orders, and ended here. */
export function ShelterRuleForm({ accountId, choices }: ShelterRuleFormProps) {
  const t = useTranslations('stablecoins.shelter.rule')
  const ts = useTranslations('stablecoins.shelter')
  const locale = useLocale()
  const errorText = useErrorText()
  const client = useQueryClient()
  const rule = useQuery(queries.shelterRule).data
  const [tokenKey, setTokenKey] = useState<string>()
  const [fallBps, setFallBps] = useState(1_000)
  const [shareBps, setShareBps] = useState(5_000)
  const [days, setDays] = useState(1)
  const [asked, setAsked] = useState<{ arming: ShelterArming; preview: ShelterRulePreview }>()
  const previewing = useAction(mainApi().shelter.previewRule)
  const arming = useAction(mainApi().shelter.arm)
  const percent = (bps: number) => new Intl.NumberFormat(locale, { style: 'percent' }).format(bps / 10_000)
  const chosen = choices.find(({ key }) => key === tokenKey) ?? choices[0]
  const error = previewing.error ?? arming.error
  if (rule) return <ArmedRule rule={rule} symbol={symbolOf(choices, rule)} />

  const number = (
    label: string,
    value: number,
    of: readonly number[],
    write: (each: number) => string,
    set: (next: number) => void,
  ) => (
    <Field label={label}>
      {(control) => (
        <Select
          {...control}
          value={value}
          onChange={(event) => {
            set(Number(event.currentTarget.value))
            setAsked(undefined)
          }}
        >
          {of.map((each) => (
            <option key={each} value={each}>
              {write(each)}
            </option>
          ))}
        </Select>
      )}
    </Field>
  )
  return (
    <form
      className={styles.inspector}
      onSubmit={async (event) => {
        event.preventDefault()
        if (!chosen) return
        const request = { accountId, token: chosen.token.ref.address, fallBps, shareBps, days }
        const result = await previewing.run(request)
        if (result.ok) setAsked({ arming: request, preview: result.value })
      }}
    >
      <p>{t('explain')}</p>
      <Field label={t('token')}>
        {(control) => (
          <Select
            {...control}
            value={chosen?.key ?? ''}
            onChange={(event) => {
              setTokenKey(event.currentTarget.value)
              setAsked(undefined)
            }}
          >
            {choices.map(({ key, token }) => (
              <option key={key} value={key}>
                {token.symbol}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {number(t('falls'), fallBps, falls, percent, setFallBps)}
      {number(t('within'), days, durations, (count) => t('days', { count }), setDays)}
      {number(t('share'), shareBps, shares, percent, setShareBps)}
      {asked && (
        <>
          <ul className={styles.list}>
            {asked.preview.legs.map(({ base, quote, size, minimumReceived }) => (
              <li key={quote.symbol}>
                <span>
                  <TokenAmount units={size} token={base} maximumFractionDigits={4} /> → {ts('least')}{' '}
                  <TokenAmount units={minimumReceived} token={quote} maximumFractionDigits={2} />
                </span>
              </li>
            ))}
          </ul>
          {asked.preview.leftOut.length > 0 && (
            <Notice tone="info">{t('leftOut', { symbols: asked.preview.leftOut.join(', ') })}</Notice>
          )}
          <p className={styles.quiet}>{t('limits', { count: asked.preview.legs.length })}</p>
        </>
      )}
      {error && (
        <Notice tone="attention" role="alert">
          {errorText(error)}
        </Notice>
      )}
      {asked ? (
        <Button
          variant="primary"
          isBusy={arming.isPending}
          onClick={async () => {
            const result = await arming.run(asked.arming)
            if (!result.ok) return
            // What was previewed is armed: after disarming, prices are asked anew.
            setAsked(undefined)
            client.setQueryData(queries.shelterRule.queryKey, result.value)
          }}
        >
          {t('arm')}
        </Button>
      ) : (
        <Button type="submit" variant="primary" isBusy={previewing.isPending} disabled={!chosen}>
          {ts('preview')}
        </Button>
      )}
    </form>
  )
}

function ArmedRule({ rule, symbol }: { readonly rule: ShelterRule; readonly symbol: string }) {
  const t = useTranslations('stablecoins.shelter.rule')
  const locale = useLocale()
  const format = useFormatter()
  const errorText = useErrorText()
  const client = useQueryClient()
  const disarming = useAction(mainApi().shelter.disarm)
  const open = useQuery(queries.openOrders).data
  const waiting = open?.filter(({ id }) => rule.orderIds.includes(id)) ?? []
  const percent = (bps: number) => new Intl.NumberFormat(locale, { style: 'percent' }).format(bps / 10_000)
  return (
    <div className={styles.inspector}>
      <p>
        {t('armed', { share: percent(rule.shareBps), symbol, fall: percent(rule.fallBps) })}{' '}
        {t('since', {
          from: format.dateTime(rule.createdAtMs, { dateStyle: 'medium', timeStyle: 'short' }),
          until: format.dateTime(rule.createdAtMs + rule.days * 86_400_000, {
            dateStyle: 'medium',
            timeStyle: 'short',
          }),
        })}
      </p>
      {open && (
        <p>
          <Badge tone={waiting.length > 0 ? 'safe' : 'neutral'}>
            {t('state', {
              waiting: String(waiting.length),
              all: String(rule.orderIds.length),
            })}
          </Badge>
        </p>
      )}
      <p className={styles.quiet}>{t('whereShown')}</p>
      {disarming.error && (
        <Notice tone="attention" role="alert">
          {errorText(disarming.error)}
        </Notice>
      )}
      <Button
        isBusy={disarming.isPending}
        onClick={async () => {
          const result = await disarming.run()
          if (result.ok) client.setQueryData(queries.shelterRule.queryKey, null)
        }}
      >
        {t('disarm')}
      </Button>
    </div>
  )
}

function symbolOf(choices: readonly Holding[], { token }: ShelterRule): string {
  return choices.find((choice) => choice.token.ref.address === token)?.token.symbol ?? token
}
