import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Allowance, RevocationPreview } from '../../../shared/contract/allowances.ts'
import type { SendOutcome } from '../../../shared/contract/transfers.ts'
import { mainApi } from '../../api/mainApi.ts'
import { queries } from '../../api/queries.ts'
import { useAction } from '../../api/useAction.ts'
import { useNameOf } from '../../api/useNameOf.ts'
import { Address } from '../../design/Address.tsx'
import { Amount } from '../../design/Amount.tsx'
import { Button } from '../../design/Button.tsx'
import { Facts } from '../../design/Facts.tsx'
import { Notice } from '../../design/Notice.tsx'
import { Progress } from '../../design/Progress.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import { TransactionOutcome } from '../../parts/TransactionOutcome.tsx'
import { WaitingForApproval } from '../../parts/WaitingForApproval.tsx'
import styles from './AllowancesScreen.module.css'

interface RevokePanelProps {
  readonly allowances: readonly Allowance[]
  readonly onViewActivity: (activityId: string) => void
  readonly onDone: () => void
}

/** What is about to end, what that costs, and what became of it. */
export function RevokePanel({ allowances, onViewActivity, onDone }: RevokePanelProps) {
  const t = useTranslations('allowances')
  const errorText = useErrorText()
  const chains = useQuery(queries.chains).data
  const [preview, setPreview] = useState<RevocationPreview>()
  const [outcome, setOutcome] = useState<SendOutcome>()
  const { run, error, isPending } = useAction(mainApi().allowances.previewRevocation)
  const revoking = useAction(mainApi().allowances.revoke)
  const ids = allowances.map(({ id }) => id).join('\n')
  useEffect(() => {
    let isCurrent = true
    void run({ ids: ids.split('\n') }).then((result) => {
      if (isCurrent && result.ok) setPreview(result.value)
    })
    return () => {
      isCurrent = false
    }
  }, [run, ids])
  const symbol = chains?.find(({ chainId }) => chainId === preview?.chainId)?.nativeSymbol ?? ''
  const failure = revoking.error ?? error

  if (outcome) {
    return (
      <TransactionOutcome
        outcome={outcome}
        screen="allowances"
        onView={onViewActivity}
        onAgain={onDone}
        onBack={onDone}
      />
    )
  }
  if (revoking.isPending) return <WaitingForApproval />
  return (
    <section className={styles.panel}>
      <h2>{t('revokeTitle', { count: allowances.length })}</h2>
      {allowances.map((allowance) => (
        <Facts
          key={allowance.id}
          rows={[
            {
              term: allowance.token.symbol,
              detail: <Spender allowance={allowance} />,
              isWide: true,
            },
          ]}
        />
      ))}
      {isPending && <Progress>{t('reading')}</Progress>}
      {preview && (
        <Facts
          rows={[
            { term: t('transactions'), detail: String(preview.transactions) },
            {
              term: t('fee'),
              detail: (
                <Amount
                  units={preview.maximumFee}
                  decimals={18}
                  symbol={symbol}
                  rounding="up"
                  maximumFractionDigits="significant"
                />
              ),
            },
          ]}
        />
      )}
      {failure && (
        <Notice tone="attention" role="alert">
          {errorText(failure)}
        </Notice>
      )}
      <div className={styles.actions}>
        <Button variant="quiet" onClick={onDone}>
          {t('clear')}
        </Button>
        <Button
          variant="primary"
          disabled={!preview}
          onClick={async () => {
            if (!preview) return
            const result = await revoking.run({ previewId: preview.previewId })
            if (result.ok) setOutcome(result.value)
          }}
        >
          {t('revoke')}
        </Button>
      </div>
    </section>
  )
}

function Spender({ allowance }: { readonly allowance: Allowance }) {
  const { name, source } = useNameOf()(allowance.spender, { name: allowance.spenderName, source: 'list' })
  return <Address address={allowance.spender} {...(source ? { name, nameFrom: source } : {})} />
}
