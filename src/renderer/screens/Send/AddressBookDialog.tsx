import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { createPortal } from 'react-dom'
import { useTranslations } from 'use-intl'
import { mainApi } from '../../api/mainApi.ts'
import { queries } from '../../api/queries.ts'
import { useAction } from '../../api/useAction.ts'
import { Address } from '../../design/Address.tsx'
import { Button } from '../../design/Button.tsx'
import { Dialog } from '../../design/Dialog.tsx'
import formStyles from '../../design/DialogForm.module.css'
import { Field } from '../../design/Field.tsx'
import { Icon } from '../../design/Icon.tsx'
import { Notice } from '../../design/Notice.tsx'
import { TextInput } from '../../design/TextInput.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import styles from './RecipientField.module.css'

interface AddressBookDialogProps {
  /** What is about to be saved, where there is something. */
  readonly initialAddress: string
  readonly onPick: (address: string) => void
  readonly onClose: () => void
}

/** Whom the user knows: to be chosen, added and removed. */
export function AddressBookDialog({ initialAddress, onPick, onClose }: AddressBookDialogProps) {
  const t = useTranslations('send.recipient')
  const errorText = useErrorText()
  const contacts = useQuery(queries.contacts).data ?? []
  const [draft, setDraft] = useState({ address: initialAddress, name: '', note: '' })
  const saving = useAction(mainApi().addressBook.save)
  const removing = useAction(mainApi().addressBook.remove)
  const error = saving.error ?? removing.error
  const save = async () => {
    const { note, ...rest } = draft
    const result = await saving.run({ ...rest, ...(note === '' ? {} : { note }) })
    if (result.ok) setDraft({ address: '', name: '', note: '' })
  }
  // Outside of the form that opens it: a form within a form is sent as the outer one.
  return createPortal(
    <Dialog title={t('book')} onClose={onClose}>
      <div className={formStyles.form}>
        {contacts.length === 0 ? (
          <p>{t('emptyBook')}</p>
        ) : (
          <ul className={styles.contacts}>
            {contacts.map((contact) => (
              <li key={contact.address} className={styles.contact}>
                <Address address={contact.address} name={contact.name} canCopy={false} look="short" />
                <span className={styles.contactNote}>{contact.note}</span>
                <Button
                  size="small"
                  aria-label={t('pick', { name: contact.name })}
                  onClick={() => onPick(contact.address)}
                >
                  <Icon name="send" size={15} />
                </Button>
                <Button
                  size="small"
                  variant="quiet"
                  aria-label={t('removeContact', { name: contact.name })}
                  onClick={() => void removing.run({ address: contact.address })}
                >
                  <Icon name="remove" size={15} />
                </Button>
              </li>
            ))}
          </ul>
        )}
        <form
          className={formStyles.form}
          aria-label={t('addContact')}
          onSubmit={(event) => {
            event.preventDefault()
            // React tells the form around the portal too.
            event.stopPropagation()
            void save()
          }}
        >
          <Field label={t('contactName')}>
            {(control) => (
              <TextInput
                {...control}
                maxLength={64}
                required
                value={draft.name}
                onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
              />
            )}
          </Field>
          <Field label={t('contactAddress')}>
            {(control) => (
              <TextInput
                {...control}
                isMono
                maxLength={300}
                required
                value={draft.address}
                onChange={(event) => setDraft({ ...draft, address: event.currentTarget.value })}
              />
            )}
          </Field>
          <Field label={t('contactNote')}>
            {(control) => (
              <TextInput
                {...control}
                maxLength={300}
                value={draft.note}
                onChange={(event) => setDraft({ ...draft, note: event.currentTarget.value })}
              />
            )}
          </Field>
          {error && (
            <Notice tone="attention" role="alert">
              {errorText(error)}
            </Notice>
          )}
          <div className={formStyles.actions}>
            <Button type="submit" variant="primary" isBusy={saving.isPending}>
              {t('saveContact')}
            </Button>
          </div>
        </form>
      </div>
    </Dialog>,
    document.body,
  )
}
