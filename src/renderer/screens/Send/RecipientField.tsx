import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Recipient } from '../../../shared/contract/transfers.ts'
import type { ChainId } from '../../../shared/identity/identity.ts'
import { findName } from '../../api/nameParty.ts'
import { queries } from '../../api/queries.ts'
import { Address, GroupedHex } from '../../design/Address.tsx'
import { Button } from '../../design/Button.tsx'
import { Field } from '../../design/Field.tsx'
import { Icon } from '../../design/Icon.tsx'
import { findExchangedCopy } from '../../design/lastCopied.ts'
import { Notice } from '../../design/Notice.tsx'
import { Progress } from '../../design/Progress.tsx'
import { TextInput } from '../../design/TextInput.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import { RecipientWarnings } from '../../parts/RecipientWarnings.tsx'
import { useDebounced } from '../../parts/useDebounced.ts'
import { AddressBookDialog } from './AddressBookDialog.tsx'
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
  const [isBookOpen, setBookOpen] = useState(false)
  const [exchanged, setExchanged] = useState<string>()
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
        aside={
          <Button size="small" variant="quiet" onClick={() => setBookOpen(true)}>
            <Icon name="accounts" size={15} />
            {t('book')}
          </Button>
        }
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
            onPaste={(event) => setExchanged(findExchangedCopy(event.clipboardData.getData('text')))}
            onChange={(event) => {
              setLeft(false)
              if (
                event.nativeEvent instanceof InputEvent &&
                event.nativeEvent.inputType !== 'insertFromPaste'
              )
                setExchanged(undefined)
              onChange(event.currentTarget.value)
            }}
          />
        )}
      </Field>
      <div aria-live="polite">
        {lookup.isFetching && !found && <Progress>{t('resolving')}</Progress>}
        {exchanged !== undefined && (
          <Notice tone="attention" role="alert">
            {t('exchanged')} <GroupedHex hex={exchanged} />
          </Notice>
        )}
        {found && <FoundRecipient recipient={found} onKeep={() => setBookOpen(true)} />}
      </div>
      {isBookOpen && (
        <AddressBookDialog
          initialAddress={found && found.contactName === undefined ? found.address : ''}
          onClose={() => setBookOpen(false)}
          onPick={(address) => {
            setBookOpen(false)
            setExchanged(undefined)
            onChange(address)
          }}
        />
      )}
    </div>
  )
}

interface FoundRecipientProps {
  readonly recipient: Recipient
  readonly onKeep: () => void
}

function FoundRecipient({ recipient, onKeep }: FoundRecipientProps) {
  const t = useTranslations('send.recipient')
  const { ownAccountName, contactName, address, isKnown } = recipient
  return (
    <div className={styles.found}>
      <span className="visually-hidden">{t('resolved')}</span>
      <Address address={address} {...findName(recipient)} canCopy={false} />
      <RecipientWarnings recipient={recipient} />
      {ownAccountName === undefined && contactName === undefined && (
        <div className={styles.contact}>
          <span className={styles.contactNote}>{isKnown ? '' : t('pastHint')}</span>
          <Button size="small" variant="quiet" onClick={onKeep}>
            <Icon name="plus" size={15} />
            {t('keep')}
          </Button>
        </div>
      )}
    </div>
  )
}
