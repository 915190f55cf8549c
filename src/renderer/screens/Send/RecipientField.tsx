import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Recipient } from '../../../shared/contract/transfers.ts'
import type { ChainId } from '../../../shared/identity/identity.ts'
import { queries } from '../../api/queries.ts'
import { Address } from '../../design/Address.tsx'
import { Field } from '../../design/Field.tsx'
import { Notice } from '../../design/Notice.tsx'
import { Progress } from '../../design/Progress.tsx'
import { TextInput } from '../../design/TextInput.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import { useDebounced } from '../../parts/useDebounced.ts'
import styles from './RecipientField.module.css'

interface RecipientFieldProps {
  readonly recipient: string
  readonly chainId: ChainId | undefined
  readonly isMissing: boolean
  readonly onChange: (recipient: string) => void
}

/** Text that can already be looked up; anything shorter is somebody still typing. */
const looksComplete = /^(0x[0-9a-fA-F]{40,}|[^\s]+\.[^\s.]{2,})$/

/** To whom: an address or a name, looked up while it is typed, and shown in full once it is found. */
export function RecipientField({ recipient, chainId, isMissing, onChange }: RecipientFieldProps) {
  const t = useTranslations('send.recipient')
  const errorText = useErrorText()
  const [wasLeft, setLeft] = useState(false)
  const text = useDebounced(recipient.trim(), 300)
  const isSettled = text === recipient.trim()
  const canLookUp = chainId !== undefined && text !== '' && (looksComplete.test(text) || wasLeft)
  const lookup = useQuery({
    ...queries.recipient(chainId ?? (0 as ChainId), text),
    enabled: canLookUp,
  })
  const found = isSettled && canLookUp ? lookup.data : undefined
  const error = isSettled && canLookUp ? lookup.error : undefined
  return (
    <div className={styles.recipient}>
      <Field
        label={t('label')}
        hint={found ? undefined : t('hint')}
        error={
          error
            ? errorText(error)
            : isMissing
              ? errorText({ code: 'address.invalid', params: {} })
              : undefined
        }
      >
        {(control) => (
          <TextInput
            {...control}
            isMono={recipient.startsWith('0x')}
            value={recipient}
            maxLength={300}
            onBlur={() => setLeft(true)}
            onChange={(event) => {
              setLeft(false)
              onChange(event.currentTarget.value)
            }}
          />
        )}
      </Field>
      <div aria-live="polite">
        {lookup.isFetching && !found && <Progress>{t('resolving')}</Progress>}
        {found && <FoundRecipient recipient={found} />}
      </div>
    </div>
  )
}

function FoundRecipient({ recipient }: { readonly recipient: Recipient }) {
  const t = useTranslations('send.recipient')
  const { ownAccountName, ensName, address, isContract } = recipient
  return (
    <div className={styles.found}>
      <span className="visually-hidden">{t('resolved')}</span>
      <Address
        address={address}
        name={ownAccountName ?? ensName}
        nameFrom={ownAccountName === undefined ? 'ens' : 'account'}
        canCopy={false}
      />
      {isContract && <Notice tone="caution">{t('contract')}</Notice>}
    </div>
  )
}
