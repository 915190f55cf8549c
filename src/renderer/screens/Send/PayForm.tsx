import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { PaymentRequest } from '../../../shared/contract/payments.ts'
import type { Account } from '../../../shared/contract/vault.ts'
import type { Failure } from '../../../shared/errors/Result.ts'
import type { AccountId, ChainId } from '../../../shared/identity/identity.ts'
import { useChainNames } from '../../api/useChainNames.ts'
import { Button } from '../../design/Button.tsx'
import { Field } from '../../design/Field.tsx'
import { Notice } from '../../design/Notice.tsx'
import { Select } from '../../design/Select.tsx'
import { TextInput } from '../../design/TextInput.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import { readAmount } from '../../parts/readAmount.ts'
import { RecipientField } from './RecipientField.tsx'
import styles from './SendForm.module.css'

/** The form as it is filled in. */
export interface PayDraft {
  readonly accountId: AccountId | undefined
  readonly chainId: ChainId | undefined
  readonly currency: string | undefined
  readonly amount: string
  readonly recipient: string
  /** Address of the coin that shall arrive; `auto` lets the app choose. */
  readonly coin: string
}

/** A stablecoin by which a currency can be paid on a chain. */
export interface PayCoin {
  readonly chainId: ChainId
  readonly currency: string
  readonly symbol: string
  readonly address: NonNullable<PaymentRequest['coin']>
}

interface PayFormProps {
  readonly draft: PayDraft
  readonly coins: readonly PayCoin[]
  readonly accounts: readonly Account[]
  readonly isBusy: boolean
  readonly isLocked: boolean
  readonly error: Failure | undefined
  readonly onChange: (changes: Partial<PayDraft>) => void
  readonly onPlan: (request: PaymentRequest) => void
}

/** How much of which currency, to whom; the rest is found. */
export function PayForm({ draft, coins, accounts, isBusy, isLocked, error, onChange, onPlan }: PayFormProps) {
  const t = useTranslations('send.pay')
  const ts = useTranslations('send')
  const errorText = useErrorText()
  const chainName = useChainNames()
  const [wasTried, setTried] = useState(false)
  const chains = [...new Set(coins.map(({ chainId }) => chainId))]
  const chainId = chains.find((each) => each === draft.chainId) ?? chains[0]
  const here = coins.filter((coin) => coin.chainId === chainId)
  const currencies = [...new Set(here.map(({ currency }) => currency))].sort()
  const currency = currencies.find((each) => each === draft.currency) ?? currencies[0]
  const coin = here.find(({ address }) => address === draft.coin)
  const account = accounts.find(({ id }) => id === draft.accountId) ?? accounts[0]
  const units = readAmount(draft.amount, 8)
  const isAmountWrong = (wasTried || draft.amount !== '') && (units === undefined || units === 0n)

  const submit = () => {
    setTried(true)
    if (isBusy || isLocked || !account || chainId === undefined || currency === undefined) return
    if (!units || draft.recipient.trim() === '') return
    onPlan({
      accountId: account.id,
      chainId,
      currency,
      amount: draft.amount.trim(),
      recipient: draft.recipient.trim(),
      channel: 'private',
      ...(coin ? { coin: coin.address } : {}),
    })
  }
  return (
    <form
      className={styles.form}
      aria-label={t('form')}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <fieldset className={styles.fields} disabled={isLocked}>
        {accounts.length > 1 && (
          <Field label={ts('from')}>
            {(control) => (
              <Select
                {...control}
                value={account?.id}
                onChange={(event) => {
                  const { value } = event.currentTarget
                  onChange({ accountId: accounts.find(({ id }) => id === value)?.id })
                }}
              >
                {accounts.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        )}
        {chains.length > 1 && (
          <Field label={ts('preview.network')}>
            {(control) => (
              <Select
                {...control}
                value={chainId}
                onChange={(event) => {
                  const { value } = event.currentTarget
                  onChange({ chainId: chains.find((each) => String(each) === value), coin: 'auto' })
                }}
              >
                {chains.map((each) => (
                  <option key={each} value={each}>
                    {chainName(each)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        )}
        <Field label={t('currency')}>
          {(control) => (
            <Select
              {...control}
              value={currency}
              onChange={(event) => onChange({ currency: event.currentTarget.value })}
            >
              {currencies.map((each) => (
                <option key={each} value={each}>
                  {each}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field
          label={ts('amount.label')}
          error={isAmountWrong ? errorText({ code: 'amount.invalid', params: {} }) : undefined}
        >
          {(control) => (
            <TextInput
              {...control}
              inputMode="decimal"
              placeholder="0.00"
              maxLength={60}
              value={draft.amount}
              onChange={(event) => onChange({ amount: event.currentTarget.value })}
            />
          )}
        </Field>
        <RecipientField
          recipient={draft.recipient}
          chainId={chainId}
          isMissing={wasTried && draft.recipient.trim() === ''}
          onChange={(recipient) => onChange({ recipient })}
        />
        <Field label={t('coin')} hint={t('coinHint')}>
          {(control) => (
            <Select
              {...control}
              value={coin?.address ?? 'auto'}
              onChange={(event) => onChange({ coin: event.currentTarget.value })}
            >
              <option value="auto">{t('auto')}</option>
              {here.map(({ address, symbol, currency: followed }) => (
                <option key={address} value={address}>
                  {symbol} · {followed}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </fieldset>
      {error && (
        <Notice tone="attention" role="alert">
          {errorText(error)}
        </Notice>
      )}
      <div>
        <Button type="submit" variant="primary" size="large" isBusy={isBusy} disabled={isLocked}>
          {t('plan')}
        </Button>
      </div>
    </form>
  )
}
