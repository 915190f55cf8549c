import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { ShelterBasket, ShelterLeg, ShelterPlan } from '../../../shared/contract/shelter.ts'
import type { Stablecoin } from '../../../shared/contract/stablecoins.ts'
import { type AccountId, type Address, type ChainId, tokenKey } from '../../../shared/identity/identity.ts'
import { mainApi } from '../../api/mainApi.ts'
import { queries } from '../../api/queries.ts'
import { selectHoldings } from '../../api/selectHoldings.ts'
import { useAction } from '../../api/useAction.ts'
import { useFiat } from '../../api/useFiat.ts'
import { Amount } from '../../design/Amount.tsx'
import { Badge } from '../../design/Badge.tsx'
import { Button } from '../../design/Button.tsx'
import { Checkbox } from '../../design/Checkbox.tsx'
import { Dialog } from '../../design/Dialog.tsx'
import { Facts } from '../../design/Facts.tsx'
import { Field } from '../../design/Field.tsx'
import { formatFiat } from '../../design/formatFiat.ts'
import { formatSignedBps } from '../../design/formatUsd.ts'
import { Notice } from '../../design/Notice.tsx'
import { SegmentedChoice } from '../../design/SegmentedChoice.tsx'
import { Select } from '../../design/Select.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import styles from '../../parts/AssetTable.module.css'
import { TokenAmount } from '../../parts/TokenAmount.tsx'
import { ShelterRuleForm } from './ShelterRuleForm.tsx'

interface ShelterDialogProps {
  readonly accountId: AccountId
  readonly chainId: ChainId
  readonly coins: readonly Stablecoin[]
  readonly onClose: () => void
}

/** Flight into stablecoins and back: the basket, what is moved, a preview of every leg, and its progress. */
export function ShelterDialog({ accountId, chainId, coins, onClose }: ShelterDialogProps) {
  const t = useTranslations('stablecoins.shelter')
  const basket = useQuery(queries.shelterBasket).data
  const kept = useQuery(queries.shelterPlan).data
  const [previewed, setPreviewed] = useState<ShelterPlan>()
  const [isComposing, setComposing] = useState(false)
  // What is under way comes before anything new.
  const plan = previewed ?? (kept && kept.status !== 'done' ? kept : undefined)
  const content = () => {
    if (basket === undefined || kept === undefined) return null
    if (plan) {
      const current = kept?.id === plan.id ? kept : plan
      return <PlanView plan={current} onForget={() => setPreviewed(undefined)} onClose={onClose} />
    }
    if (isComposing || basket === null) {
      return <BasketForm chainId={chainId} coins={coins} basket={basket} onDone={() => setComposing(false)} />
    }
    return (
      <MoveForm
        accountId={accountId}
        basket={basket}
        coins={coins}
        onCompose={() => setComposing(true)}
        onPreview={setPreviewed}
      />
    )
  }
  return (
    <Dialog title={t('title')} onClose={onClose}>
      <div className={styles.inspector}>{content()}</div>
    </Dialog>
  )
}

interface BasketFormProps {
  readonly chainId: ChainId
  readonly coins: readonly Stablecoin[]
  readonly basket: ShelterBasket | null
  readonly onDone: () => void
}

/** Further holdings that one plan takes along. */
const mostExtra = 5
const shares = [0, 10, 20, 25, 30, 40, 50, 60, 70, 75, 80, 90, 100]

function BasketForm({ chainId, coins, basket, onDone }: BasketFormProps) {
  const t = useTranslations('stablecoins.shelter')
  const locale = useLocale()
  const errorText = useErrorText()
  const client = useQueryClient()
  const save = useAction(mainApi().shelter.setBasket)
  const choices = coins.flatMap((coin) =>
    coin.readings.flatMap(({ token }) =>
      token.ref.chainId === chainId && token.ref.address !== 'native'
        ? [{ coin, address: token.ref.address }]
        : [],
    ),
  )
  const [weights, setWeights] = useState<ReadonlyMap<Address, number>>(
    () => new Map(basket?.parts.map(({ address, weightBps }) => [address, weightBps / 100]) ?? []),
  )
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0)
  const chosen = choices.filter(({ address }) => (weights.get(address) ?? 0) > 0)
  return (
    <form
      className={styles.inspector}
      onSubmit={async (event) => {
        event.preventDefault()
        const parts = chosen.map(({ address }) => ({ address, weightBps: (weights.get(address) ?? 0) * 100 }))
        const result = await save.run({ chainId, parts })
        if (!result.ok) return
        client.setQueryData(queries.shelterBasket.queryKey, result.value)
        onDone()
      }}
    >
      <p>{t('compose')}</p>
      <ul className={styles.list}>
        {choices.map(({ coin, address }) => (
          <li key={address}>
            <span className={styles.asset}>
              {coin.symbol}
              <Badge>{coin.currency}</Badge>
            </span>
            <Select
              aria-label={t('weightOf', { symbol: coin.symbol })}
              value={weights.get(address) ?? 0}
              onChange={(event) =>
                setWeights(new Map(weights).set(address, Number(event.currentTarget.value)))
              }
            >
              {shares.map((share) => (
                <option key={share} value={share}>
                  {new Intl.NumberFormat(locale, { style: 'percent' }).format(share / 100)}
                </option>
              ))}
            </Select>
          </li>
        ))}
      </ul>
      <Advice coins={chosen.map(({ coin }) => coin)} />
      {save.error && (
        <Notice tone="attention" role="alert">
          {errorText(save.error)}
        </Notice>
      )}
      <Button type="submit" variant="primary" disabled={total !== 100} isBusy={save.isPending}>
        {total === 100 ? t('keepBasket') : t('totalIs', { total: String(total) })}
      </Button>
    </form>
  )
}

/** What speaks against a basket: one issuer, one currency, all freezable, a broken peg, a thin market. */
function Advice({ coins }: { readonly coins: readonly Stablecoin[] }) {
  const t = useTranslations('stablecoins.shelter.advice')
  if (coins.length === 0) return null
  const issuerOf = (coin: Stablecoin) => coin.facts.find(({ topic }) => topic === 'issuer')?.value ?? coin.id
  const canFreeze = (coin: Stablecoin) =>
    coin.facts.some(({ topic, value }) => topic === 'freezePower' && value !== 'none')
  const broken = coins.filter(({ readings }) => readings.some(({ outside }) => outside !== undefined))
  const thin = coins.filter(({ readings }) =>
    readings.every(({ depthUsdE8 }) => depthUsdE8 < 10_000_000_000_000n),
  )
  const words = [
    ...(new Set(coins.map(issuerOf)).size === 1 ? [t('oneIssuer')] : []),
    ...(new Set(coins.map(({ currency }) => currency)).size === 1 ? [t('oneCurrency')] : []),
    ...(coins.every(canFreeze) ? [t('allFreezable')] : []),
    ...broken.map(({ symbol }) => t('offPeg', { symbol })),
    ...thin.map(({ symbol }) => t('thin', { symbol })),
  ]
  return words.length === 0 ? null : (
    <Notice tone="info">
      <ul>
        {words.map((word) => (
          <li key={word}>{word}</li>
        ))}
      </ul>
    </Notice>
  )
}

interface MoveFormProps {
  readonly accountId: AccountId
  readonly basket: ShelterBasket
  readonly coins: readonly Stablecoin[]
  readonly onCompose: () => void
  readonly onPreview: (plan: ShelterPlan) => void
}

function MoveForm({ accountId, basket, coins, onCompose, onPreview }: MoveFormProps) {
  const t = useTranslations('stablecoins.shelter')
  const locale = useLocale()
  const errorText = useErrorText()
  const portfolio = useQuery(queries.portfolio).data
  const [direction, setDirection] = useState<'in' | 'out' | 'rule'>('in')
  const [extraKeys, setExtraKeys] = useState<ReadonlySet<string>>(new Set())
  const [shareBps, setShareBps] = useState<number>(5_000)
  const preview = useAction(mainApi().shelter.preview)
  const inBasket = new Set(basket.parts.map(({ address }) => address.toLowerCase()))
  const choices = (portfolio ? selectHoldings(portfolio, accountId) : []).filter(
    ({ chainId, token, units }) =>
      chainId === basket.chainId &&
      (units > 0n || token.ref.address === 'native') &&
      !inBasket.has(token.ref.address.toLowerCase()),
  )
  const [chosenKey, setChosenKey] = useState<string>()
  const chosen = choices.find(({ key }) => key === chosenKey) ?? choices[0]
  const others = choices.filter(({ key }) => key !== chosen?.key)
  const extra = others.filter(({ key }) => extraKeys.has(key)).slice(0, mostExtra)
  const names = basket.parts.map(({ address, weightBps }) => {
    const coin = coins.find(({ contracts }) =>
      contracts.some((each) => tokenKey(each) === tokenKey({ chainId: basket.chainId, address })),
    )
    const share = new Intl.NumberFormat(locale, { style: 'percent' }).format(weightBps / 10_000)
    return `${coin?.symbol ?? address} ${share}`
  })
  return (
    <div className={styles.inspector}>
      <p>
        {t('basket', { parts: names.join(' · ') })}{' '}
        <Button size="small" variant="quiet" onClick={onCompose}>
          {t('change')}
        </Button>
      </p>
      <SegmentedChoice
        label={t('direction')}
        value={direction}
        options={[
          { value: 'in', label: t('in') },
          { value: 'out', label: t('out') },
          { value: 'rule', label: t('rule.title') },
        ]}
        onChange={setDirection}
      />
      {direction === 'rule' ? (
        <ShelterRuleForm accountId={accountId} choices={choices} />
      ) : (
        <form
          className={styles.inspector}
          onSubmit={async (event) => {
            event.preventDefault()
            if (!chosen) return
            const tokens = [chosen, ...(direction === 'in' ? extra : [])].map(
              ({ token }) => token.ref.address,
            )
            const result = await preview.run({ accountId, direction, tokens, shareBps })
            if (result.ok) onPreview(result.value)
          }}
        >
          <Field label={t(direction === 'in' ? 'from' : 'to')}>
            {(control) => (
              <Select
                {...control}
                value={chosen?.key ?? ''}
                onChange={(event) => setChosenKey(event.currentTarget.value)}
              >
                {choices.map(({ key, token }) => (
                  <option key={key} value={key}>
                    {token.symbol}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          {direction === 'in' && others.length > 0 && (
            <fieldset className={styles.choices}>
              <legend>{t('also')}</legend>
              {others.map(({ key, token }) => (
                <Checkbox
                  key={key}
                  isChecked={extraKeys.has(key)}
                  isDisabled={!extraKeys.has(key) && extra.length >= mostExtra}
                  onChange={(isChecked) => {
                    const next = new Set(extraKeys)
                    if (isChecked) next.add(key)
                    else next.delete(key)
                    setExtraKeys(next)
                  }}
                >
                  {token.symbol}
                </Checkbox>
              ))}
            </fieldset>
          )}
          <Field label={t('share')}>
            {(control) => (
              <Select
                {...control}
                value={shareBps}
                onChange={(event) => setShareBps(Number(event.currentTarget.value))}
              >
                {[1_000, 2_500, 5_000, 7_500, 10_000].map((share) => (
                  <option key={share} value={share}>
                    {new Intl.NumberFormat(locale, { style: 'percent' }).format(share / 10_000)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          {preview.error && (
            <Notice tone="attention" role="alert">
              {errorText(preview.error)}
            </Notice>
          )}
          <Button type="submit" variant="primary" isBusy={preview.isPending} disabled={!chosen}>
            {t('preview')}
          </Button>
        </form>
      )}
    </div>
  )
}

interface PlanViewProps {
  readonly plan: ShelterPlan
  readonly onForget: () => void
  readonly onClose: () => void
}

function PlanView({ plan, onForget, onClose }: PlanViewProps) {
  const t = useTranslations('stablecoins.shelter')
  const errorText = useErrorText()
  const client = useQueryClient()
  const run = useAction(mainApi().shelter.run)
  const abandon = useAction(mainApi().shelter.abandon)
  const failure = run.error ?? abandon.error
  const isMoving = plan.legs.some(({ status }) => status === 'sending' || status === 'sent')
  return (
    <>
      <p>{t(`plan.${plan.status}`)}</p>
      <ul className={styles.list}>
        {plan.legs.map((leg) => (
          <Leg key={`${tokenKey(leg.sell.ref)}-${tokenKey(leg.buy.ref)}`} leg={leg} />
        ))}
      </ul>
      <Totals legs={plan.legs} />
      {plan.status === 'previewed' && <p className={styles.quiet}>{t('protected')}</p>}
      {failure && (
        <Notice tone="attention" role="alert">
          {errorText(failure)}
        </Notice>
      )}
      <div className={styles.form}>
        {plan.status === 'done' ? (
          <Button variant="primary" onClick={onClose}>
            {t('close')}
          </Button>
        ) : (
          <>
            <Button
              variant="primary"
              isBusy={run.isPending || isMoving}
              onClick={async () => {
                const result = await run.run({ planId: plan.id })
                if (result.ok) client.setQueryData(queries.shelterPlan.queryKey, result.value)
              }}
            >
              {t(plan.status === 'previewed' ? 'start' : 'resume')}
            </Button>
            <Button
              variant="quiet"
              onClick={async () => {
                const result = await abandon.run({ planId: plan.id })
                if (!result.ok) return
                client.setQueryData(queries.shelterPlan.queryKey, null)
                onForget()
              }}
            >
              {t('abandon')}
            </Button>
          </>
        )}
      </div>
    </>
  )
}

/** What all legs cost together: in percent by what each moves, to the chain, and what sending them privately saves. */
function Totals({ legs }: { readonly legs: readonly ShelterLeg[] }) {
  const t = useTranslations('stablecoins.shelter')
  const locale = useLocale()
  const fiat = useFiat()
  const chains = useQuery(queries.chains).data
  const valued = legs.map((leg) => ({ leg, value: fiat.valueOf(leg.expected, leg.buy) }))
  const whole = valued.reduce((sum, { value }) => sum + (value ?? 0n), 0n)
  const lost = valued.reduce((sum, { leg, value }) => sum + (value ?? 0n) * BigInt(leg.costBps), 0n)
  const saved = legs.reduce((sum, leg) => sum + (fiat.valueOf(leg.publicLoss, leg.buy) ?? 0n), 0n)
  const fee = legs.reduce((sum, leg) => sum + leg.fee, 0n)
  // A shelter stays on one chain.
  const chain = chains?.find(({ chainId }) => chainId === legs[0]?.buy.ref.chainId)
  const coin = chain?.nativeSymbol ?? ''
  const money = (value: bigint) => formatFiat(value, { currency: fiat.currency, locale })
  if (valued.some(({ value }) => value === undefined) || whole === 0n) return null
  return (
    <Facts
      rows={[
        { term: t('total.receive'), detail: money(whole) },
        {
          term: t('total.cost'),
          detail: `${money(lost / 10_000n)} · ${formatSignedBps(Number((lost + whole - 1n) / whole), locale).replace('+', '')}`,
        },
        {
          term: t('total.fee'),
          detail: (
            <Amount
              units={fee}
              decimals={18}
              symbol={coin}
              rounding="up"
              maximumFractionDigits="significant"
            />
          ),
        },
        {
          term: t('total.attack'),
          detail: saved > 0n ? t('total.attackSaved', { amount: money(saved) }) : t('total.attackNone'),
        },
      ]}
    />
  )
}

const tones = {
  waiting: 'neutral',
  sending: 'neutral',
  sent: 'neutral',
  done: 'safe',
  halted: 'attention',
} as const

function Leg({ leg }: { readonly leg: ShelterLeg }) {
  const t = useTranslations('stablecoins.shelter')
  const locale = useLocale()
  const errorText = useErrorText()
  const amount = (units: bigint, token: ShelterLeg['buy']) => (
    <TokenAmount units={units} token={token} maximumFractionDigits={4} />
  )
  return (
    <li>
      <span>
        {amount(leg.units, leg.sell)} → {amount(leg.bought ?? leg.expected, leg.buy)}
        <span className={styles.quiet}>
          {' '}
          {leg.bought === undefined && (
            <>
              {t('least')} {amount(leg.minimum, leg.buy)} ·{' '}
            </>
          )}
          {t('cost', { cost: formatSignedBps(leg.costBps, locale).replace('+', '') })}
        </span>
        {leg.problem && <span className={styles.quiet}> {errorText(leg.problem)}</span>}
      </span>
      <Badge tone={tones[leg.status]}>{t(`legs.${leg.status}`)}</Badge>
    </li>
  )
}
