import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { OrderFillPreview, SignedOrder } from '../../../shared/contract/signedOrders.ts'
import type { SendOutcome } from '../../../shared/contract/transfers.ts'
import type { Account } from '../../../shared/contract/vault.ts'
import { isSameAddress } from '../../../shared/identity/identity.ts'
import { mainApi } from '../../api/mainApi.ts'
import { queries } from '../../api/queries.ts'
import { useAction } from '../../api/useAction.ts'
import { Button } from '../../design/Button.tsx'
import { Facts } from '../../design/Facts.tsx'
import { Field } from '../../design/Field.tsx'
import { formatFee } from '../../design/formatAmount.ts'
import { Notice } from '../../design/Notice.tsx'
import { Progress } from '../../design/Progress.tsx'
import { Select } from '../../design/Select.tsx'
import { TextInput } from '../../design/TextInput.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import { TransactionOutcome } from '../../parts/TransactionOutcome.tsx'
import { useAmounts } from '../../parts/useAmounts.tsx'
import { useDebounced } from '../../parts/useDebounced.ts'
import { WaitingForApproval } from '../../parts/WaitingForApproval.tsx'
import styles from './OrderDetails.module.css'

interface FillSignedOrderProps {
  readonly order: SignedOrder
  readonly accounts: readonly Account[]
  readonly nativeSymbol: string
  readonly onViewActivity: (activityId: string) => void
}

const typingPauseMs = 300

/** Fills somebody's order, as a whole or in part: what is paid, what comes, and what the pools would give instead. */
export function FillSignedOrder({ order, accounts, nativeSymbol, onViewActivity }: FillSignedOrderProps) {
  const t = useTranslations('orders.signed')
  const errorText = useErrorText()
  const usable = accounts.filter(({ address }) => !isSameAddress(address, order.maker))
  const [accountId, setAccountId] = useState(usable[0]?.id)
  const [amount, setAmount] = useState('')
  const settled = useDebounced(amount.trim(), typingPauseMs)
  const filling = useAction(mainApi().offers.fill)
  const [outcome, setOutcome] = useState<SendOutcome>()
  const wanted = settled === '' ? ('all' as const) : settled
  const preview = useQuery({
    ...queries.orderFill({ id: order.id, accountId: accountId ?? ('' as Account['id']), amount: wanted }),
    enabled: accountId !== undefined && !filling.isPending,
  })
  const { token } = order.receive
  if (filling.isPending) return <WaitingForApproval />
  if (outcome) {
    const goBack = () => setOutcome(undefined)
    return (
      <TransactionOutcome
        outcome={outcome}
        screen="orders.signed"
        onView={onViewActivity}
        onAgain={goBack}
        onBack={goBack}
      />
    )
  }
  const fill = async () => {
    if (accountId === undefined) return
    const result = await filling.run({ id: order.id, accountId, amount: wanted })
    if (!result.ok) return
    setOutcome(result.value)
    if (result.value.status === 'sent') setAmount('')
  }
  const error = filling.error ?? preview.error
  return (
    <section className={styles.actions} aria-label={t('fill')}>
      {usable.length > 1 && (
        <Field label={t('payFrom')}>
          {(control) => (
            <Select
              {...control}
              value={accountId}
              onChange={(event) => setAccountId(event.currentTarget.value as Account['id'])}
            >
              {usable.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      {order.fills !== 'whole' && (
        <Field label={t('payAmount', { token: token.symbol })} hint={t('payAll')}>
          {(control) => (
            <TextInput
              {...control}
              inputMode="decimal"
              value={amount}
              onChange={(event) => setAmount(event.currentTarget.value)}
            />
          )}
        </Field>
      )}
      {preview.data && <FillFacts preview={preview.data} nativeSymbol={nativeSymbol} />}
      {preview.isPending && accountId !== undefined && <Progress>{t('trying')}</Progress>}
      {error && (
        <Notice tone="attention" role="alert">
          {errorText(error)}
        </Notice>
      )}
      <Button
        variant="primary"
        disabled={!preview.data || preview.isFetching || preview.data.obstacle !== undefined}
        onClick={() => void fill()}
      >
        {t('fill')}
      </Button>
      <p className={styles.note}>{t('fillHint')}</p>
    </section>
  )
}

function FillFacts({ preview, nativeSymbol }: { preview: OrderFillPreview; nativeSymbol: string }) {
  const t = useTranslations('orders.signed')
  const to = useTranslations('orders')
  const locale = useLocale()
  const amounts = useAmounts()
  const { pay, receive, atMarket, obstacle } = preview
  const coin = (units: bigint) => formatFee(units, nativeSymbol, locale)
  return (
    <>
      <Facts
        rows={[
          { term: t('pay'), detail: amounts.short(pay.units, pay.token, 'up') },
          { term: t('get'), detail: amounts.short(receive.units, receive.token, 'down') },
          ...(atMarket === undefined
            ? []
            : [{ term: t('atMarket'), detail: amounts.short(atMarket, receive.token, 'down') }]),
          { term: to('facts.fee'), detail: coin(preview.expectedFee) },
        ]}
      />
      {atMarket !== undefined && atMarket > receive.units && (
        <Notice tone="caution">{t('marketBetter')}</Notice>
      )}
      {obstacle && (
        <Notice tone="attention">
          {to(obstacle === 'sellBalance' ? 'notes.balanceTooLow' : 'notes.feeBalanceTooLow', {
            coin: nativeSymbol,
          })}
        </Notice>
      )}
    </>
  )
}
