import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { HoldOut } from '../../../shared/contract/realWorldAssets.ts'
import type { AccountId, Address, ChainId } from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import { queries } from '../../api/queries.ts'
import { Button } from '../../design/Button.tsx'
import { Facts } from '../../design/Facts.tsx'
import { Field } from '../../design/Field.tsx'
import { Notice } from '../../design/Notice.tsx'
import { Select } from '../../design/Select.tsx'
import { Skeleton } from '../../design/Skeleton.tsx'
import { TextInput } from '../../design/TextInput.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import styles from '../../parts/AssetTable.module.css'
import { TokenAmount } from '../../parts/TokenAmount.tsx'
import { useAmounts } from '../../parts/useAmounts.tsx'

interface HoldOutSectionProps {
  readonly asset: { readonly chainId: ChainId; readonly address: Address }
  readonly token: Token
  readonly accountId: AccountId | undefined
}

/** A price in money, of six digits after the point at most. */
const priceDigits = 6
const pricePattern = /^\d*\.?\d{0,6}$/
const shares = [2_500, 5_000, 6_667, 7_500, 9_000, 10_000] as const

/** What it would cost to collect a share of the whole, and who could refuse. */
export function HoldOutSection({ asset, token, accountId }: HoldOutSectionProps) {
  const t = useTranslations('realWorldAssets.holdOut')
  const tc = useTranslations('common')
  const locale = useLocale()
  const amounts = useAmounts()
  const errorText = useErrorText()
  const [thresholdBps, setThresholdBps] = useState<number>(7_500)
  const [isOpen, setOpen] = useState(false)
  const [offers, setOffers] = useState<{ amount: string; price: string }[]>([])
  const { data, error, isFetching } = useQuery({
    ...queries.holdOut(
      asset,
      accountId,
      thresholdBps,
      offers.map((offer) => ({
        amount: amounts.toRequest(offer.amount, token),
        price: amounts.priceToRequest(
          offer.price,
          token,
          { ...token, ref: { ...token.ref, address: 'native' } },
          priceDigits,
        ),
      })),
    ),
    enabled: isOpen,
  })
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  return (
    <section>
      <h3 className={styles.subtitle}>{t('title')}</h3>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          setOpen(true)
        }}
      >
        <Field label={t('share')}>
          {(control) => (
            <Select
              {...control}
              value={thresholdBps}
              onChange={(event) => setThresholdBps(Number(event.currentTarget.value))}
            >
              {shares.map((share) => (
                <option key={share} value={share}>
                  {percent.format(share / 10_000)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        {!isOpen && <Button type="submit">{t('compute')}</Button>}
      </form>
      <OfferForm token={token} offers={offers} onChange={setOffers} />
      {isOpen && isFetching && !data && <Skeleton rows={3} label={tc('loading')} />}
      {error && (
        <Notice tone="attention" role="alert">
          {errorText(error)}
        </Notice>
      )}
      {data && (
        <>
          <CostCurve holdOut={data} />
          <Facts
            rows={[
              {
                term: t('cost'),
                detail:
                  data.costToThreshold === undefined
                    ? t('notForSale')
                    : money(data.money, data.costToThreshold),
              },
              ...(data.missing > 0n ? [{ term: t('missing'), detail: money(token, data.missing) }] : []),
              ...(data.blockingHolders === undefined
                ? [{ term: t('blockers'), detail: t('nobodyCanBlock') }]
                : [
                    {
                      term: t('blockers'),
                      detail: t('blocking', { count: data.blockingHolders }),
                    },
                  ]),
            ]}
          />
        </>
      )}
    </section>
  )
}

interface OfferFormProps {
  readonly token: Token
  readonly offers: readonly { readonly amount: string; readonly price: string }[]
  readonly onChange: (offers: { amount: string; price: string }[]) => void
}

/** Who is known to sell, how much and for how much each: it counts beside the pools. */
function OfferForm({ token, offers, onChange }: OfferFormProps) {
  const t = useTranslations('realWorldAssets.holdOut')
  const amounts = useAmounts()
  const [amount, setAmount] = useState('')
  const [price, setPrice] = useState('')
  const isComplete =
    (amounts.read(amount, token) ?? 0n) > 0n && /[1-9]/.test(price) && pricePattern.test(price.trim())
  return (
    <details>
      <summary>{t('offers', { count: String(offers.length) })}</summary>
      <ul className={styles.list}>
        {offers.map((offer, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two offers may be the same, and only the last one is ever added.
          <li key={index}>
            {t('offer', { ...offer, symbol: token.symbol })}
            <Button
              size="small"
              variant="quiet"
              onClick={() => onChange(offers.filter((_, at) => at !== index))}
            >
              {t('removeOffer')}
            </Button>
          </li>
        ))}
      </ul>
      <div className={styles.form}>
        <Field label={t('offerAmount', { symbol: token.symbol })}>
          {(control) => (
            <TextInput
              {...control}
              inputMode="decimal"
              maxLength={40}
              value={amount}
              onChange={(event) => setAmount(event.currentTarget.value)}
            />
          )}
        </Field>
        <Field label={t('offerPrice')}>
          {(control) => (
            <TextInput
              {...control}
              inputMode="decimal"
              maxLength={40}
              value={price}
              onChange={(event) => setPrice(event.currentTarget.value)}
            />
          )}
        </Field>
        <Button
          disabled={!isComplete || offers.length >= 50}
          onClick={() => {
            onChange([...offers, { amount: amount.trim(), price: price.trim() }])
            setAmount('')
            setPrice('')
          }}
        >
          {t('addOffer')}
        </Button>
      </div>
    </details>
  )
}

function money(token: Token, units: bigint) {
  return <TokenAmount units={units} token={token} maximumFractionDigits={2} rounding="up" />
}

const box = { left: 52, right: 332, top: 8, bottom: 112 }

function CostCurve({ holdOut }: { readonly holdOut: HoldOut }) {
  const t = useTranslations('realWorldAssets.holdOut')
  const locale = useLocale()
  const amounts = useAmounts()
  const { curve, money: token } = holdOut
  const last = curve.at(-1)
  if (!last || last.cost === 0n) return null
  const top = last.shareBps
  const points = [{ shareBps: 0, cost: 0n }, ...curve].map(({ shareBps, cost }) => ({
    x: box.left + (shareBps / Math.max(top, 1)) * (box.right - box.left),
    // Drawn, not told: a number is exact enough.
    y: box.bottom - (Number(cost) / Number(last.cost)) * (box.bottom - box.top),
  }))
  const compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumSignificantDigits: 3 })
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  return (
    <svg viewBox="0 0 340 132" className={styles.chart} role="img" aria-label={t('drawing')}>
      <line x1={box.left} x2={box.right} y1={box.bottom} y2={box.bottom} className={styles.grid} />
      <path
        d={points
          .map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`)
          .join('')}
        className={styles.line}
      />
      <text x={4} y={box.top + 8}>
        {`${compact.format(Number(last.cost) / 10 ** amounts.drawnDecimals(token))} ${token.symbol}`}
      </text>
      <text x={box.left - 4} y={box.bottom} textAnchor="end">
        0
      </text>
      <text x={box.right} y={128} textAnchor="end">
        {percent.format(top / 10_000)}
      </text>
    </svg>
  )
}
