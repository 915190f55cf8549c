import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import type { AccountId } from '../../../shared/identity/identity.ts'
import { queries } from '../../api/queries.ts'
import { useAccounts } from '../../api/useAccounts.ts'
import { GroupedHex } from '../../design/Address.tsx'
import { CopyButton } from '../../design/CopyButton.tsx'
import { Field } from '../../design/Field.tsx'
import { Notice } from '../../design/Notice.tsx'
import { Pane } from '../../design/Pane.tsx'
import { QrCode } from '../../design/QrCode.tsx'
import { Select } from '../../design/Select.tsx'
import styles from './ReceiveScreen.module.css'

/** Shows the address of an account, to be scanned, read out or copied. */
export function ReceiveScreen({ accountId }: { readonly accountId: AccountId | undefined }) {
  const t = useTranslations('receive')
  const format = useFormatter()
  const accounts = useAccounts()
  const enabled = useQuery(queries.chains).data?.filter((chain) => chain.enabled) ?? []
  const [chosenId, setChosenId] = useState(accountId)
  const account = accounts.find((candidate) => candidate.id === (chosenId ?? accountId)) ?? accounts[0]
  if (!account) return null
  return (
    <Pane title={t('title')}>
      <div className={styles.layout}>
        <QrCode text={account.address} label={t('qr', { address: account.address })} size={240} />
        <div className={styles.side}>
          <p className={styles.lead}>{t('lead')}</p>
          {accounts.length > 1 && (
            <Field label={t('account')}>
              {(control) => (
                <Select
                  {...control}
                  value={account.id}
                  onChange={(event) =>
                    setChosenId(accounts.find((candidate) => candidate.id === event.currentTarget.value)?.id)
                  }
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
          <section aria-label={t('address')} className={styles.address}>
            <h2 className={styles.name}>{account.name}</h2>
            <p data-testid="receive-address">
              <GroupedHex hex={account.address} />
            </p>
          </section>
          <div>
            <CopyButton text={account.address} what={t('address')} label={t('copy')} size="medium" />
          </div>
          {enabled.length > 0 && (
            <Notice tone="info">
              {t('warning', { networks: format.list(enabled.map((chain) => chain.name)) })}
              {enabled.some((chain) => chain.kind === 'practice') && ` ${t('practiceWarning')}`}
            </Notice>
          )}
        </div>
      </div>
    </Pane>
  )
}
