import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { Allowance } from '../../../shared/contract/allowances.ts'
import type { Failure } from '../../../shared/errors/Result.ts'
import type { AccountId } from '../../../shared/identity/identity.ts'
import { mainApi } from '../../api/mainApi.ts'
import { queries } from '../../api/queries.ts'
import { useAccounts } from '../../api/useAccounts.ts'
import { useAction } from '../../api/useAction.ts'
import { useChainNames } from '../../api/useChainNames.ts'
import { useFiat } from '../../api/useFiat.ts'
import { Button } from '../../design/Button.tsx'
import { EmptyState } from '../../design/EmptyState.tsx'
import { formatInteger } from '../../design/formatAmount.ts'
import { Notice } from '../../design/Notice.tsx'
import { Pane } from '../../design/Pane.tsx'
import { Skeleton } from '../../design/Skeleton.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import { DelegationNotices } from '../../parts/DelegationNotices.tsx'
import styles from './AllowancesScreen.module.css'
import { AllowanceTable } from './AllowanceTable.tsx'
import { RevokePanel } from './RevokePanel.tsx'

interface AllowancesScreenProps {
  readonly accountId: AccountId | undefined
  readonly onViewActivity: (activityId: string) => void
}

/** Who may take what from the accounts, what that puts at risk, and taking it back. */
export function AllowancesScreen({ accountId, onViewActivity }: AllowancesScreenProps) {
  const t = useTranslations('allowances')
  const tc = useTranslations('common')
  const locale = useLocale()
  const errorText = useErrorText()
  const chainName = useChainNames()
  const fiat = useFiat()
  const { data, error, isFetching, refetch } = useQuery(queries.allowances(accountId))
  /** As they were when they were chosen: what became of them is told when they are in the list no more. */
  const [chosen, setChosen] = useState<readonly Allowance[]>([])
  const client = useQueryClient()
  const further = useAction(mainApi().allowances.list)
  const accounts = useAccounts().filter(({ id }) => accountId === undefined || id === accountId)
  const lookFurther = async () => {
    const result = await further.run({
      reachesFurther: true,
      ...(accountId === undefined ? {} : { accountId }),
    })
    if (result.ok) client.setQueryData(queries.allowances(accountId).queryKey, result.value)
  }
  const unfinished = (data?.chains ?? []).filter(({ completeSince }) => completeSince > 0n)
  const worthOf = ({ atRisk, token }: Allowance) => fiat.valueOf(atRisk, token)
  const sorted = [...(data?.allowances ?? [])].sort(
    (a, b) => weightOf(b, worthOf(b)) - weightOf(a, worthOf(a)) || compare(worthOf(b), worthOf(a)),
  )
  const [first] = chosen
  /** What can go under one approval: the same account on the same chain. */
  const mayJoin = ({ chainId, accountId: of }: Allowance) =>
    !first || (first.chainId === chainId && first.accountId === of)

  /** The node's own word, where it gave one. */
  const reasonOf = (refusal: Failure) =>
    typeof refusal.params.reason === 'string' ? `“${refusal.params.reason}”` : errorText(refusal)

  const content = () => {
    if (error) {
      return (
        <Notice tone="attention" role="alert">
          {errorText(error)}
        </Notice>
      )
    }
    if (!data) return <Skeleton rows={6} label={tc('loading')} />
    if (sorted.length === 0) return <EmptyState title={t('empty.title')}>{t('empty.text')}</EmptyState>
    return (
      <AllowanceTable
        allowances={sorted}
        chosen={chosen.map(({ id }) => id)}
        mayJoin={mayJoin}
        onToggle={(allowance) =>
          setChosen((current) => {
            const others = current.filter(({ id }) => id !== allowance.id)
            return others.length < current.length ? others : [...current, allowance]
          })
        }
      />
    )
  }
  return (
    <Pane
      title={t('title')}
      aside={
        <Button size="small" isBusy={isFetching} onClick={() => void refetch()}>
          {t('refresh')}
        </Button>
      }
      {...(sorted.length === 0 && chosen.length === 0
        ? {}
        : {
            inspector: {
              label: t('inspector'),
              content:
                chosen.length > 0 ? (
                  <RevokePanel
                    key={chosen.map(({ id }) => id).join()}
                    allowances={chosen}
                    onViewActivity={onViewActivity}
                    onDone={() => setChosen([])}
                  />
                ) : (
                  <EmptyState title={t('noSelection.title')}>{t('noSelection.text')}</EmptyState>
                ),
            },
          })}
    >
      <p className={styles.intro}>{t('intro')}</p>
      {data?.failures.map(({ chainId, error: failure }) => (
        <Notice key={chainId} tone="caution">
          {t('failed', { network: chainName(chainId), reason: errorText(failure) })}
        </Notice>
      ))}
      {accounts.map((account) => (
        <DelegationNotices key={account.id} account={account} isNamed />
      ))}
      {content()}
      {unfinished.length > 0 && (
        <footer className={styles.past}>
          {unfinished.map(({ chainId, completeSince, refusal }) => (
            <p key={chainId}>
              {t('since', { network: chainName(chainId), block: formatInteger(completeSince, locale) })}{' '}
              {refusal && t('refused', { reason: reasonOf(refusal) })}
            </p>
          ))}
          <Button size="small" isBusy={further.isPending} onClick={() => void lookFurther()}>
            {t('further')}
          </Button>
          {further.error && (
            <Notice tone="attention" role="alert">
              {errorText(further.error)}
            </Notice>
          )}
        </footer>
      )}
    </Pane>
  )
}

/** What lies there to be taken first, then what is only possible. */
function weightOf(allowance: Allowance, value: bigint | undefined): number {
  if (allowance.atRisk === 0n) return 0
  return value === undefined ? 1 : 2
}

const compare = (a = 0n, b = 0n): number => (a < b ? -1 : a > b ? 1 : 0)
