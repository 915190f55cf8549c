import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Portfolio } from '../../../shared/contract/portfolio.ts'
import { feeSpeeds, type TransferRequest } from '../../../shared/contract/transfers.ts'
import type { Account } from '../../../shared/contract/vault.ts'
import type { Failure } from '../../../shared/errors/Result.ts'
import { selectHoldings } from '../../api/selectHoldings.ts'
import { Button } from '../../design/Button.tsx'
import { Field } from '../../design/Field.tsx'
import { Notice } from '../../design/Notice.tsx'
import { SegmentedChoice } from '../../design/SegmentedChoice.tsx'
import { Select } from '../../design/Select.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import { useAmounts } from '../../parts/useAmounts.tsx'
import { AmountField } from './AmountField.tsx'
import { RecipientField } from './RecipientField.tsx'
import styles from './SendForm.module.css'
import { TokenPicker } from './TokenPicker.tsx'
import type { TransferDraft } from './transferDraft.ts'

interface SendFormProps {
  readonly draft: TransferDraft
  readonly portfolio: Portfolio
  readonly accounts: readonly Account[]
  readonly isBusy: boolean
  /** There is a review beside the form, with the next step in it. */
  readonly isReviewed: boolean
  /** An approval is open: what it shows must not change beneath it. */
  readonly isLocked: boolean
  readonly error: Failure | undefined
  readonly onChange: (changes: Partial<TransferDraft>) => void
  readonly onReview: (request: TransferRequest) => void
}

/** Who, what, how much, to whom, how fast. */
export function SendForm({
  draft,
  portfolio,
  accounts,
  isBusy,
  isReviewed,
  isLocked,
  error,
  onChange,
  onReview,
}: SendFormProps) {
  const t = useTranslations('send')
  const amounts = useAmounts()
  const errorText = useErrorText()
  const [wasTried, setTried] = useState(false)
  const account = chooseAccount(draft, portfolio, accounts)
  const holdings = account ? selectHoldings(portfolio, account.id).filter((entry) => entry.units > 0n) : []
  const holding = holdings.find((entry) => entry.key === draft.tokenKey)
  const amountError = holding && amounts.check(draft.amount.trim(), holding.token, holding.units)

  const submit = () => {
    if (isBusy || isLocked) return
    setTried(true)
    if (!account || !holding || amountError || draft.recipient.trim() === '') return
    onReview({
      accountId: account.id,
      token: holding.token.ref,
      amount: amounts.toRequest(draft.amount, holding.token),
      recipient: draft.recipient.trim(),
      speed: draft.speed,
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
          <Field label={t('from')}>
            {(control) => (
              <Select
                {...control}
                value={account?.id}
                onChange={(event) => {
                  const chosen = accounts.find((candidate) => candidate.id === event.currentTarget.value)
                  onChange({ accountId: chosen?.id })
                }}
              >
                {accounts.map((candidate) => (
                  <option key={candidate.id} value={candidate.id}>
                    {candidate.name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        )}
        <TokenPicker
          holdings={holdings}
          selected={holding}
          isMissing={wasTried && !holding}
          onSelect={(tokenKey) => onChange({ tokenKey, amount: '' })}
        />
        <AmountField
          amount={draft.amount}
          holding={holding}
          error={
            wasTried || (amountError?.code !== 'amount.invalid' && draft.amount !== '')
              ? amountError
              : undefined
          }
          onChange={(amount) => onChange({ amount })}
        />
        <RecipientField
          recipient={draft.recipient}
          chainId={holding?.chainId}
          isMissing={wasTried && draft.recipient.trim() === ''}
          onChange={(recipient) => onChange({ recipient })}
        />
        <SegmentedChoice
          label={t('speed.label')}
          value={draft.speed}
          options={feeSpeeds.map((speed) => ({ value: speed, label: t(`speed.${speed}`) }))}
          onChange={(speed) => onChange({ speed })}
        />
      </fieldset>
      {error && (
        <Notice tone="attention" role="alert">
          {errorText(error)}
        </Notice>
      )}
      <div>
        <Button
          type="submit"
          variant={isReviewed ? 'secondary' : 'primary'}
          size="large"
          isBusy={isBusy}
          disabled={isLocked}
        >
          {t('review')}
        </Button>
      </div>
    </form>
  )
}

/** The chosen account, or the first that holds the chosen token, or the first that holds anything. */
function chooseAccount(
  draft: TransferDraft,
  portfolio: Portfolio,
  accounts: readonly Account[],
): Account | undefined {
  const chosen = accounts.find((account) => account.id === draft.accountId)
  if (chosen) return chosen
  const holds = (account: Account, key: string | undefined) =>
    selectHoldings(portfolio, account.id).some(
      (entry) => entry.units > 0n && (key === undefined || entry.key === key),
    )
  return accounts.find((account) => holds(account, draft.tokenKey)) ?? accounts[0]
}
