import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { AccountId } from '../../../shared/identity/identity.ts'
import { mainApi } from '../../api/mainApi.ts'
import { queries } from '../../api/queries.ts'
import { useAccounts } from '../../api/useAccounts.ts'
import { useAction } from '../../api/useAction.ts'
import { Button } from '../../design/Button.tsx'
import { EmptyState } from '../../design/EmptyState.tsx'
import { Notice } from '../../design/Notice.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'

interface EmptyPortfolioProps {
  readonly accountId: AccountId | undefined
  readonly onReceive: () => void
  readonly onOpenNetworks: () => void
}

/** Nothing is held: says how the first money comes in. */
export function EmptyPortfolio({ accountId, onReceive, onOpenNetworks }: EmptyPortfolioProps) {
  const t = useTranslations('portfolio')
  const errorText = useErrorText()
  const accounts = useAccounts()
  const chains = useQuery(queries.chains).data
  const [wasAsked, setAsked] = useState(false)
  const faucet = useAction(mainApi().chains.requestPracticeFunds)
  const enabled = chains?.filter((chain) => chain.enabled) ?? []
  const practiceChain = enabled.find((chain) => chain.hasFaucet)
  const account = accountId ?? accounts[0]?.id

  if (chains && enabled.length === 0) {
    return (
      <EmptyState
        title={t('noNetworks.title')}
        action={
          <Button variant="primary" onClick={onOpenNetworks}>
            {t('noNetworks.action')}
          </Button>
        }
      >
        {t('noNetworks.text')}
      </EmptyState>
    )
  }
  if (!practiceChain || account === undefined) {
    return (
      <EmptyState
        title={t('empty.realTitle')}
        action={
          <Button variant="primary" onClick={onReceive}>
            {t('empty.realAction')}
          </Button>
        }
      >
        {t('empty.realText')}
      </EmptyState>
    )
  }
  return (
    <EmptyState
      title={t('empty.practiceTitle')}
      action={
        <>
          <Button
            variant="primary"
            isBusy={faucet.isPending}
            onClick={async () => {
              const result = await faucet.run({ chainId: practiceChain.chainId, accountId: account })
              setAsked(result.ok)
            }}
          >
            {t('empty.practiceAction')}
          </Button>
          <span role="status">{wasAsked && t('empty.practiceSent')}</span>
          {faucet.error && (
            <Notice tone="attention" role="alert">
              {errorText(faucet.error)}
            </Notice>
          )}
        </>
      }
    >
      {t('empty.practiceText')}
    </EmptyState>
  )
}
