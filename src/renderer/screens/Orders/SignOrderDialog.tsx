import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { SignedOrder } from '../../../shared/contract/signedOrders.ts'
import {
  type AccountId,
  type Address,
  addressSchema,
  type ChainId,
} from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import { mainApi } from '../../api/mainApi.ts'
import { useAction } from '../../api/useAction.ts'
import { Button } from '../../design/Button.tsx'
import { Checkbox } from '../../design/Checkbox.tsx'
import { Dialog } from '../../design/Dialog.tsx'
import dialogStyles from '../../design/DialogForm.module.css'
import { Field } from '../../design/Field.tsx'
import { Notice } from '../../design/Notice.tsx'
import { Select } from '../../design/Select.tsx'
import { TextInput } from '../../design/TextInput.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import { useAmounts } from '../../parts/useAmounts.tsx'
import { WaitingForApproval } from '../../parts/WaitingForApproval.tsx'

/** What a signed order begins with: both tokens, and the amounts as they would be typed. */
export interface SignedOrderDraft {
  readonly give: Token
  readonly giveAmount: string
  readonly receive: Token
  readonly receiveAmount: string
}

interface SignOrderDialogProps {
  readonly draft: SignedOrderDraft
  readonly accountId: AccountId
  readonly chainId: ChainId
  /** What may be asked for instead. */
  readonly tokens: readonly Token[]
  readonly onSigned: (orders: readonly SignedOrder[]) => void
  readonly onClose: () => void
}

const hourMs = 3_600_000
const durations = { hour: hourMs, day: 24 * hourMs, week: 7 * 24 * hourMs, month: 30 * 24 * hourMs } as const
type Duration = keyof typeof durations
const isContract = (token: Token): token is Token & { ref: { address: Address } } =>
  token.ref.address !== 'native'

/** Signs an order now, so that anybody who is given it may fill it, also while this app is closed. */
export function SignOrderDialog(props: SignOrderDialogProps) {
  const { draft, accountId, chainId, tokens, onSigned, onClose } = props
  const t = useTranslations('orders')
  const ts = useTranslations('orders.signed')
  const tc = useTranslations('common')
  const amounts = useAmounts()
  const errorText = useErrorText()
  const signing = useAction(mainApi().offers.create)
  const [amount, setAmount] = useState(draft.giveAmount)
  const [receive, setReceive] = useState(draft.receiveAmount)
  const [duration, setDuration] = useState<Duration>('week')
  const [isWhole, setWhole] = useState(false)
  const [onlyFor, setOnlyFor] = useState('')
  const [otherToken, setOtherToken] = useState('')
  const [otherAmount, setOtherAmount] = useState('')
  const [problem, setProblem] = useState<'rejected' | 'address' | 'coin'>()
  const others = tokens
    .filter(isContract)
    .filter(({ ref }) => ref.address !== draft.give.ref.address && ref.address !== draft.receive.ref.address)
  const submit = async () => {
    const taker = onlyFor.trim()
    const only = taker === '' ? undefined : addressSchema.safeParse(taker)
    if (only && !only.success) return setProblem('address')
    if (!isContract(draft.give) || !isContract(draft.receive)) return setProblem('coin')
    const alternative = others.find(({ ref }) => ref.address === otherToken)
    const result = await signing.run({
      accountId,
      chainId,
      give: draft.give.ref.address,
      amount: amounts.toRequest(amount, draft.give) || '0',
      receive: [
        { token: draft.receive.ref.address, amount: amounts.toRequest(receive, draft.receive, 'up') || '0' },
        ...(alternative
          ? [
              {
                token: alternative.ref.address,
                amount: amounts.toRequest(otherAmount, alternative, 'up') || '0',
              },
            ]
          : []),
      ],
      expiresAtMs: Date.now() + durations[duration],
      fills: isWhole || alternative ? 'whole' : 'parts',
      ...(only?.success ? { onlyFor: only.data } : {}),
    })
    if (!result.ok) return setProblem(undefined)
    if (result.value.status === 'signed') return onSigned(result.value.orders)
    setProblem('rejected')
  }
  return (
    <Dialog title={ts('signTitle')} onClose={onClose}>
      {signing.isPending ? (
        <WaitingForApproval />
      ) : (
        <form
          className={dialogStyles.form}
          onSubmit={(event) => {
            event.preventDefault()
            void submit()
          }}
        >
          <p>{ts('signText')}</p>
          <Field label={t('give')} hint={draft.give.symbol}>
            {(control) => (
              <TextInput
                {...control}
                inputMode="decimal"
                value={amount}
                onChange={(event) => setAmount(event.currentTarget.value)}
              />
            )}
          </Field>
          <Field label={ts('get')} hint={draft.receive.symbol}>
            {(control) => (
              <TextInput
                {...control}
                inputMode="decimal"
                value={receive}
                onChange={(event) => setReceive(event.currentTarget.value)}
              />
            )}
          </Field>
          <Field label={t('lasts')}>
            {(control) => (
              <Select
                {...control}
                value={duration}
                onChange={(event) => setDuration(event.currentTarget.value as Duration)}
              >
                {(Object.keys(durations) as Duration[]).map((name) => (
                  <option key={name} value={name}>
                    {t(`duration.${name}`)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <details>
            <summary>{t('more')}</summary>
            <div className={dialogStyles.form}>
              <Checkbox isChecked={isWhole || otherToken !== ''} onChange={setWhole}>
                {ts('whole')}
              </Checkbox>
              <Field label={ts('onlyFor')} hint={ts('onlyForHint')}>
                {(control) => (
                  <TextInput
                    {...control}
                    value={onlyFor}
                    onChange={(event) => setOnlyFor(event.currentTarget.value)}
                  />
                )}
              </Field>
              <Field label={ts('alternative')} hint={ts('alternativeHint')}>
                {(control) => (
                  <Select
                    {...control}
                    value={otherToken}
                    onChange={(event) => setOtherToken(event.currentTarget.value)}
                  >
                    <option value="">{ts('noAlternative')}</option>
                    {others.map(({ ref, symbol }) => (
                      <option key={ref.address} value={ref.address}>
                        {symbol}
                      </option>
                    ))}
                  </Select>
                )}
              </Field>
              {otherToken !== '' && (
                <Field label={ts('alternativeAmount')}>
                  {(control) => (
                    <TextInput
                      {...control}
                      inputMode="decimal"
                      value={otherAmount}
                      onChange={(event) => setOtherAmount(event.currentTarget.value)}
                    />
                  )}
                </Field>
              )}
            </div>
          </details>
          {(signing.error || problem) && (
            <Notice tone={problem === 'rejected' ? 'info' : 'attention'} role="alert">
              {signing.error ? errorText(signing.error) : problem && ts(`problems.${problem}`)}
            </Notice>
          )}
          <div className={dialogStyles.actions}>
            <Button onClick={onClose}>{tc('cancel')}</Button>
            <Button type="submit" variant="primary">
              {ts('sign')}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  )
}
