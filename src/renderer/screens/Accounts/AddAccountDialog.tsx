import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { DerivedAddress, Wallet } from '../../../shared/contract/vault.ts'
import { mainApi } from '../../api/mainApi.ts'
import { useAction } from '../../api/useAction.ts'
import { Button } from '../../design/Button.tsx'
import { Checkbox } from '../../design/Checkbox.tsx'
import { Dialog } from '../../design/Dialog.tsx'
import dialogStyles from '../../design/DialogForm.module.css'
import { Field } from '../../design/Field.tsx'
import { Notice } from '../../design/Notice.tsx'
import { SegmentedChoice } from '../../design/SegmentedChoice.tsx'
import { TextInput } from '../../design/TextInput.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import styles from './AddressList.module.css'
import { checkTemplate, type PathStyle, PathStyleFields, templateOf } from './PathStyleFields.tsx'

interface AddAccountDialogProps {
  readonly wallet: Wallet
  readonly onClose: () => void
  readonly onSaid: (sentence: string) => void
}

/** Addresses that are looked up at a time. */
const pageSize = 10

/** The next account, or chosen ones from any path style. */
export function AddAccountDialog({ wallet, onClose, onSaid }: AddAccountDialogProps) {
  const t = useTranslations('accounts.add')
  const [mode, setMode] = useState<'next' | 'choose'>('next')
  return (
    <Dialog title={t('title')} onClose={onClose}>
      <SegmentedChoice
        label={t('mode')}
        value={mode}
        options={(['next', 'choose'] as const).map((value) => ({ value, label: t(`modes.${value}`) }))}
        onChange={setMode}
      />
      {mode === 'next' ? (
        <NextAccountForm wallet={wallet} onClose={onClose} onSaid={onSaid} />
      ) : (
        <ChosenAccountsForm wallet={wallet} onClose={onClose} onSaid={onSaid} />
      )}
    </Dialog>
  )
}

function NextAccountForm({ wallet, onClose, onSaid }: AddAccountDialogProps) {
  const t = useTranslations('accounts.add')
  const tc = useTranslations('common')
  const errorText = useErrorText()
  const nameRef = useRef<HTMLInputElement>(null)
  const add = useAction(mainApi().vault.addAccount)
  const submit = async () => {
    const name = nameRef.current?.value.trim() ?? ''
    const result = await add.run({ walletId: wallet.id, ...(name === '' ? {} : { name }) })
    if (!result.ok) return
    onSaid(t('added', { name: result.value.name }))
    onClose()
  }
  return (
    <form
      className={dialogStyles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (!add.isPending) void submit()
      }}
    >
      <p>{t('lead', { wallet: wallet.name })}</p>
      <Field label={t('name')} error={add.error && errorText(add.error)}>
        {(control) => <TextInput {...control} ref={nameRef} maxLength={64} />}
      </Field>
      <div className={dialogStyles.actions}>
        <Button onClick={onClose}>{tc('cancel')}</Button>
        <Button variant="primary" type="submit" isBusy={add.isPending}>
          {t('action')}
        </Button>
      </div>
    </form>
  )
}

function ChosenAccountsForm({ wallet, onClose, onSaid }: AddAccountDialogProps) {
  const t = useTranslations('accounts.add')
  const errorText = useErrorText()
  const [style, setStyle] = useState<PathStyle>('bip44')
  const customRef = useRef<HTMLInputElement>(null)
  const [isTemplateWrong, setTemplateWrong] = useState(false)
  const [addresses, setAddresses] = useState<readonly DerivedAddress[]>([])
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const derive = useAction(mainApi().vault.deriveAddresses)
  const add = useAction(mainApi().vault.addAccounts)

  const show = async (start: number) => {
    const pathTemplate = templateOf(style, customRef.current)
    const isWrong = !checkTemplate(pathTemplate)
    setTemplateWrong(isWrong)
    if (isWrong) return
    const result = await derive.run({ walletId: wallet.id, pathTemplate, start, count: pageSize })
    if (result.ok) setAddresses((known) => (start === 0 ? result.value : [...known, ...result.value]))
  }
  const submit = async () => {
    const result = await add.run({ walletId: wallet.id, paths: [...chosen] })
    if (!result.ok) return
    onSaid(t('addedMany', { count: result.value.length }))
    onClose()
  }
  const error = derive.error ?? add.error
  return (
    <form
      className={dialogStyles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (!add.isPending && chosen.size > 0) void submit()
      }}
    >
      <PathStyleFields
        style={style}
        customRef={customRef}
        isWrong={isTemplateWrong}
        onStyle={(next) => {
          setStyle(next)
          setAddresses([])
          setChosen(new Set())
          setTemplateWrong(false)
        }}
      />
      {addresses.length > 0 && (
        <ul className={styles.addresses} aria-label={t('addresses')}>
          {addresses.map((address) => (
            <li key={address.path} className={styles.line}>
              <Checkbox
                isChecked={address.accountId !== undefined || chosen.has(address.path)}
                isDisabled={address.accountId !== undefined}
                onChange={(isChosen) =>
                  setChosen((known) => {
                    const next = new Set(known)
                    if (isChosen) next.add(address.path)
                    else next.delete(address.path)
                    return next
                  })
                }
              >
                <span className={styles.hex}>{address.address}</span>
                <span className={styles.path}>
                  {address.path}
                  {address.accountId !== undefined && ` · ${t('known')}`}
                </span>
              </Checkbox>
            </li>
          ))}
        </ul>
      )}
      {error && (
        <Notice tone="attention" role="alert">
          {errorText(error)}
        </Notice>
      )}
      <div className={dialogStyles.actions}>
        <Button isBusy={derive.isPending} onClick={() => void show(addresses.length)}>
          {addresses.length === 0 ? t('show') : t('more')}
        </Button>
        <Button variant="primary" type="submit" disabled={chosen.size === 0} isBusy={add.isPending}>
          {t('addMany', { count: chosen.size })}
        </Button>
      </div>
    </form>
  )
}
