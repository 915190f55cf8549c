import { type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { OrderPreview } from '../../../shared/contract/orders.ts'
import type { Portfolio } from '../../../shared/contract/portfolio.ts'
import { type AccountId, type ChainId, tokenKey } from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import { selectHoldings } from '../../api/selectHoldings.ts'
import { Button } from '../../design/Button.tsx'
import { Checkbox } from '../../design/Checkbox.tsx'
import { Field } from '../../design/Field.tsx'
import { Icon } from '../../design/Icon.tsx'
import { SegmentedChoice } from '../../design/SegmentedChoice.tsx'
import { Select } from '../../design/Select.tsx'
import { TextInput } from '../../design/TextInput.tsx'
import { TokenMark } from '../../design/TokenMark.tsx'
import { AssetDialog } from '../../parts/AssetDialog.tsx'
import { useAmounts } from '../../parts/useAmounts.tsx'
import { formatPlainPrice, formatPrice } from './formatOrder.ts'
import styles from './OrderTicket.module.css'
import {
  checkDraft,
  chooseToken,
  type DraftField,
  type Duration,
  durationsOf,
  givenOf,
  hasField,
  type Interval,
  intervals,
  type OrderDraft,
  type OrderType,
  orderTypes,
} from './orderDraft.ts'

interface OrderTicketProps {
  readonly draft: OrderDraft
  readonly portfolio: Portfolio
  readonly accountId: AccountId
  readonly chainId: ChainId
  readonly tokens: readonly Token[]
  /** Where the market is, once it is known for this pair. */
  readonly market: OrderPreview['marketPrice']
  /** An approval is open: what it shows must not change beneath it. */
  readonly isLocked: boolean
  readonly onChange: (changes: Partial<OrderDraft>) => void
}

const percents = { distance: '99.99', tolerance: '50' } as const

/** What is to be traded, when, and under which conditions. */
export function OrderTicket(props: OrderTicketProps) {
  const { draft, portfolio, accountId, chainId, tokens, market, isLocked, onChange } = props
  const t = useTranslations('orders')
  const amounts = useAmounts()
  const [picking, setPicking] = useState<'base' | 'quote'>()
  const holdings = selectHoldings(portfolio, accountId).filter((holding) => holding.chainId === chainId)
  const { base, quote, type } = draft
  const given = givenOf(draft)
  const held = given && (holdings.find(({ key }) => key === tokenKey(given.ref))?.units ?? 0n)
  const problems = checkDraft(draft)
  const problemOf = (field: DraftField) => {
    const problem = problems[field]
    if (problem === 'percent')
      return t('invalid.percent', { most: percents[field === 'distance' ? 'distance' : 'tolerance'] })
    return problem && t(`invalid.${problem}`)
  }
  const number = (
    field: DraftField,
    label: string,
    extra: { aside?: ReactNode; hint?: ReactNode; unit?: string } = {},
  ) =>
    hasField(type, field) && (
      <Field label={label} aside={extra.aside} hint={extra.hint} error={problemOf(field)}>
        {(control) => (
          <span className={styles.withUnit}>
            <TextInput
              {...control}
              inputMode="decimal"
              value={field === 'amount' && draft.amount === 'max' ? t('all') : draft[field]}
              onFocus={(event) => draft[field] === 'max' && event.currentTarget.select()}
              onChange={(event) => {
                const typed = event.currentTarget.value
                onChange({ [field]: draft[field] === 'max' ? typed.replace(/[^\d.]/g, '') : typed })
              }}
            />
            {extra.unit && <span className={styles.unit}>{extra.unit}</span>}
          </span>
        )}
      </Field>
    )
  const per = base && quote ? t('per', { quote: quote.symbol, base: base.symbol }) : undefined
  const priceLabel =
    type === 'bracket'
      ? t('entry')
      : type === 'limit' || type === 'oneCancelsOther'
        ? t('price')
        : t('priceOptional')
  return (
    <form className={styles.form} aria-label={t('form')} onSubmit={(event) => event.preventDefault()}>
      <fieldset className={styles.ticket} disabled={isLocked}>
        <div className={styles.pair}>
          <PairButton
            label={t('asset')}
            choose={t('chooseAsset')}
            token={base}
            onPick={() => setPicking('base')}
          />
          <PairButton
            label={t('money')}
            choose={t('chooseMoney')}
            token={quote}
            onPick={() => setPicking('quote')}
          />
        </div>
        <div className={styles.kind}>
          <Field label={t('type')} hint={t(`about.${type}`)}>
            {(control) => (
              <Select
                {...control}
                value={type}
                onChange={(event) => onChange({ type: event.currentTarget.value as OrderType })}
              >
                {orderTypes.map((name) => (
                  <option key={name} value={name}>
                    {t(`types.${name}`)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          {type !== 'bracket' && (
            <SegmentedChoice
              label={t('side')}
              value={draft.side}
              options={[
                { value: 'sell', label: t('sell') },
                { value: 'buy', label: t('buy') },
              ]}
              onChange={(side) => onChange({ side, amount: '' })}
            />
          )}
        </div>
        <div className={styles.numbers}>
          {number('amount', t('give'), {
            ...(given ? { unit: given.symbol } : {}),
            aside: given && held !== undefined && (
              <span className={styles.held}>
                {t('balance', { amount: amounts.short(held, given, 'down') })}
                <Button
                  size="small"
                  variant="quiet"
                  aria-pressed={draft.amount === 'max'}
                  disabled={held === 0n}
                  onClick={() => onChange({ amount: draft.amount === 'max' ? '' : 'max' })}
                >
                  {t('max')}
                </Button>
              </span>
            ),
          })}
          {number('trigger', type === 'oneCancelsOther' ? t('stopTrigger') : t('trigger'), {
            ...(per ? { unit: per } : {}),
          })}
          {number('price', priceLabel, {
            ...(per ? { unit: per } : {}),
            aside: market && base && quote && (
              <Button
                size="small"
                variant="quiet"
                title={t('useMarket')}
                onClick={() => onChange({ price: formatPlainPrice(market, { base, quote }, amounts) })}
              >
                {t('market', { price: formatPrice(market, { base, quote }, amounts) })}
              </Button>
            ),
          })}
          {number('stopPrice', t('stopPrice'), { ...(per ? { unit: per } : {}) })}
          {number('takeProfit', t('takeProfitPrice'), { ...(per ? { unit: per } : {}) })}
          {number('stopLoss', t('stopLossPrice'), { ...(per ? { unit: per } : {}) })}
          {number('distance', t('distance'), { unit: '%', hint: t('distanceHint') })}
          {number('slices', t('slices'))}
          {type === 'schedule' && (
            <Field label={t('interval')}>
              {(control) => (
                <Select
                  {...control}
                  value={draft.interval}
                  onChange={(event) => onChange({ interval: event.currentTarget.value as Interval })}
                >
                  {(Object.keys(intervals) as Interval[]).map((name) => (
                    <option key={name} value={name}>
                      {t(`intervals.${name}`)}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          )}
          <Field label={t('lasts')}>
            {(control) => (
              <Select
                {...control}
                value={draft.duration}
                onChange={(event) => onChange({ duration: event.currentTarget.value as Duration })}
              >
                {durationsOf(type).map((name) => (
                  <option key={name} value={name}>
                    {t(`duration.${name}`)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        </div>
        <details className={styles.more}>
          <summary>{t('more')}</summary>
          <div className={styles.conditions}>
            {number('minimumFill', t('minimumFill'), { ...(given ? { unit: given.symbol } : {}) })}
            {number('tolerance', t('tolerance'), { unit: '%', hint: t('toleranceHint') })}
            {type === 'limit' && (
              <Checkbox isChecked={draft.postOnly} onChange={(postOnly) => onChange({ postOnly })}>
                {t('postOnly')}
              </Checkbox>
            )}
            {type === 'schedule' && (
              <>
                <Checkbox isChecked={draft.isRandom} onChange={(isRandom) => onChange({ isRandom })}>
                  {t('jitter')}
                </Checkbox>
                <Checkbox isChecked={draft.carriesOver} onChange={(carriesOver) => onChange({ carriesOver })}>
                  {t('carriesOver')}
                </Checkbox>
              </>
            )}
            <Checkbox isChecked={draft.allowPublic} onChange={(allowPublic) => onChange({ allowPublic })}>
              {t('allowPublic')}
            </Checkbox>
          </div>
        </details>
      </fieldset>
      {picking && (
        <AssetDialog
          chainId={chainId}
          holdings={holdings}
          tokens={tokens}
          onClose={() => setPicking(undefined)}
          onSelect={(token) => {
            setPicking(undefined)
            onChange(chooseToken(draft, picking, token))
          }}
        />
      )}
    </form>
  )
}

interface PairButtonProps {
  readonly label: string
  readonly choose: string
  readonly token: Token | undefined
  readonly onPick: () => void
}

function PairButton({ label, choose, token, onPick }: PairButtonProps) {
  return (
    <div className={styles.side}>
      <span className={styles.label} aria-hidden="true">
        {label}
      </span>
      <button type="button" className={styles.token} aria-haspopup="dialog" onClick={onPick}>
        <span className="visually-hidden">{token ? `${label}: ${token.symbol}` : choose}</span>
        {token && <TokenMark symbol={token.symbol} assetClass={token.assetClass} />}
        <span className={styles.symbol} aria-hidden="true">
          {token?.symbol ?? choose}
        </span>
        <span className={styles.name} aria-hidden="true">
          {token?.name}
        </span>
        <Icon name="chevron" size={16} />
      </button>
    </div>
  )
}
