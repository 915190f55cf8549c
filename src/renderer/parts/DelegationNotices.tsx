import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Delegations } from '../../shared/contract/delegations.ts'
import type { SendOutcome } from '../../shared/contract/transfers.ts'
import type { Account } from '../../shared/contract/vault.ts'
import { mainApi } from '../api/mainApi.ts'
import { queries } from '../api/queries.ts'
import { useAction } from '../api/useAction.ts'
import { useChainNames } from '../api/useChainNames.ts'
import { Address } from '../design/Address.tsx'
import { Button } from '../design/Button.tsx'
import { Notice } from '../design/Notice.tsx'
import { useErrorText } from '../i18n/useErrorText.ts'

interface DelegationNoticesProps {
  readonly account: Account
  /** Whether the account's name has to be told, where it does not stand above already. */
  readonly isNamed?: boolean
}

/** Contracts that act for the account on chain (EIP-7702), each with the way to take that back; nothing where there are none. */
export function DelegationNotices({ account, isNamed = false }: DelegationNoticesProps) {
  const found = useQuery(queries.delegations(account.id)).data
  return found?.delegations.map((delegation) => (
    <DelegationNotice key={delegation.chainId} account={account} delegation={delegation} isNamed={isNamed} />
  ))
}

interface DelegationNoticeProps {
  readonly account: Account
  readonly isNamed: boolean
  readonly delegation: Delegations['delegations'][number]
}

function DelegationNotice({ account, isNamed, delegation }: DelegationNoticeProps) {
  const t = useTranslations('accounts.delegation')
  const errorText = useErrorText()
  const chainName = useChainNames()
  const { chainId, delegate } = delegation
  const takeBack = useAction(mainApi().delegations.takeBack)
  const [status, setStatus] = useState<SendOutcome['status']>()
  const submit = async () => {
    setStatus(undefined)
    const result = await takeBack.run({ accountId: account.id, chainId })
    if (result.ok) setStatus(result.value.status)
  }
  return (
    <Notice
      tone="attention"
      title={`${isNamed ? `${account.name} · ` : ''}${t('title', { network: chainName(chainId) })}`}
      action={
        account.isWatchOnly || status === 'sent' ? undefined : (
          <Button size="small" isBusy={takeBack.isPending} onClick={() => void submit()}>
            {t('takeBack')}
          </Button>
        )
      }
    >
      <p>{t('text')}</p>
      <Address address={delegate} />
      <p role="status">
        {takeBack.isPending && t('waiting')}
        {status !== undefined && t(status)}
        {takeBack.error && errorText(takeBack.error)}
      </p>
    </Notice>
  )
}
