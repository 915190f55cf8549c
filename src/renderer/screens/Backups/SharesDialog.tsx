import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Wallet } from '../../../shared/contract/vault.ts'
import { mainApi } from '../../api/mainApi.ts'
import { eraseSecrets } from '../../api/takeSecret.ts'
import { useAction } from '../../api/useAction.ts'
import { Button } from '../../design/Button.tsx'
import { Dialog } from '../../design/Dialog.tsx'
import dialogStyles from '../../design/DialogForm.module.css'
import { Field } from '../../design/Field.tsx'
import { Notice } from '../../design/Notice.tsx'
import { SecretText } from '../../design/SecretText.tsx'
import { SegmentedChoice } from '../../design/SegmentedChoice.tsx'
import { Select } from '../../design/Select.tsx'
import { useHeldSecret } from '../../design/useHeldSecret.ts'
import { PasswordForm } from '../../parts/PasswordForm.tsx'
import { PrintButtons } from '../../parts/PrintButtons.tsx'
import { useCoverOnBlur } from '../../parts/useCoverOnBlur.ts'
import { useSecretShown } from '../../parts/useSecretShown.ts'
import styles from './SharesDialog.module.css'

interface SharesDialogProps {
  readonly wallets: readonly Wallet[]
  readonly onClose: () => void
  readonly onCheck: () => void
}

const shareCounts = Array.from({ length: 15 }, (_, index) => index + 2)

/** Splits a phrase into shares, and shows one at a time, so that each can get a place of its own. */
export function SharesDialog({ wallets, onClose, onCheck }: SharesDialogProps) {
  const t = useTranslations('backups.shares')
  const [walletId, setWalletId] = useState(wallets[0]?.id)
  const [scheme, setScheme] = useState<'twoOfThree' | 'free'>('twoOfThree')
  const [free, setFree] = useState({ threshold: 3, count: 5 })
  const [made, setMade] = useState<{ readonly count: number; readonly threshold: number }>()
  const [isDone, setDone] = useState(false)
  const shares = useHeldSecret<Uint8Array<ArrayBuffer>[]>()
  const split = useAction(mainApi().vault.createShares)
  const chosen = scheme === 'free' ? free : { threshold: 2, count: 3 }
  const wallet = wallets.find(({ id }) => id === walletId)

  const submit = async (password: Uint8Array<ArrayBuffer>) => {
    if (walletId === undefined) return eraseSecrets(password)
    const result = await split.run({ walletId, password, ...chosen })
    eraseSecrets(password)
    if (!result.ok) return
    shares.hold(result.value.shares)
    setMade(chosen)
  }
  const finish = () => {
    shares.release()
    setDone(true)
  }
  return (
    <Dialog title={t('action')} onClose={onClose}>
      {isDone && <Done onClose={onClose} onCheck={onCheck} />}
      {!isDone && made && shares.isHeld && (
        <OneShareAtATime read={(index) => shares.ref.current?.[index]} {...made} onFinish={finish} />
      )}
      {!isDone && !shares.isHeld && (
        <PasswordForm
          submit={t('submit')}
          isBusy={split.isPending}
          error={split.error}
          onSubmit={(password) => void submit(password)}
          onCancel={onClose}
        >
          {wallets.length > 1 && (
            <Field label={t('wallet')}>
              {(control) => (
                <Select
                  {...control}
                  value={walletId}
                  onChange={(event) =>
                    setWalletId(wallets.find(({ id }) => id === event.currentTarget.value)?.id)
                  }
                >
                  {wallets.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          )}
          <SegmentedChoice
            label={t('scheme')}
            value={scheme}
            options={(['twoOfThree', 'free'] as const).map((value) => ({ value, label: t(value) }))}
            onChange={setScheme}
          />
          {scheme === 'free' && (
            <div className={styles.numbers}>
              <NumberField
                label={t('needed')}
                value={free.threshold}
                choices={shareCounts.filter((count) => count <= free.count)}
                onChange={(threshold) => setFree((known) => ({ ...known, threshold }))}
              />
              <NumberField
                label={t('total')}
                value={free.count}
                choices={shareCounts}
                onChange={(count) =>
                  setFree((known) => ({ count, threshold: Math.min(known.threshold, count) }))
                }
              />
            </div>
          )}
          <p>{t('explain', { needed: String(chosen.threshold), total: String(chosen.count) })}</p>
          {wallet?.passphrase !== undefined && <Notice tone="caution">{t('passphraseToo')}</Notice>}
        </PasswordForm>
      )}
    </Dialog>
  )
}

function Done({ onClose, onCheck }: Pick<SharesDialogProps, 'onClose' | 'onCheck'>) {
  const t = useTranslations('backups.shares')
  const tc = useTranslations('common')
  return (
    <>
      <Notice tone="safe" role="status">
        {t('done')}
      </Notice>
      <div className={dialogStyles.actions}>
        <Button onClick={onClose}>{tc('close')}</Button>
        <Button variant="primary" onClick={onCheck}>
          {t('check')}
        </Button>
      </div>
    </>
  )
}

interface OneShareAtATimeProps {
  readonly read: (index: number) => Uint8Array<ArrayBuffer> | undefined
  readonly count: number
  readonly threshold: number
  readonly onFinish: () => void
}

function OneShareAtATime({ read, count, threshold, onFinish }: OneShareAtATimeProps) {
  const t = useTranslations('backups.shares')
  const [index, setIndex] = useState(0)
  const [isCovered, setCovered] = useState(false)
  const headingRef = useRef<HTMLHeadingElement>(null)
  useSecretShown(!isCovered)
  useCoverOnBlur(() => setCovered(true))
  const go = (next: number) => {
    setIndex(next)
    setCovered(false)
    headingRef.current?.focus()
  }
  const place = { index: String(index + 1), total: String(count) }
  return (
    <>
      <div className={styles.sheet} data-print="sheet">
        <h3 ref={headingRef} tabIndex={-1} className={styles.heading}>
          {t('one', place)}
        </h3>
        <p className={styles.needed}>{t('explain', { needed: String(threshold), total: String(count) })}</p>
        {isCovered ? (
          <div className={styles.covered}>
            <p role="status">{t('covered')}</p>
            <Button onClick={() => setCovered(false)}>{t('uncover')}</Button>
          </div>
        ) : (
          <SecretText
            key={index}
            read={() => read(index)}
            label={t('words', { index: place.index })}
            look="words"
            testId="share"
          />
        )}
      </div>
      <p>{t('oneLead')}</p>
      <div className={dialogStyles.actions}>
        <PrintButtons fileName={t('fileName', place)} isDisabled={isCovered} />
        {index > 0 && <Button onClick={() => go(index - 1)}>{t('previous')}</Button>}
        {index < count - 1 ? (
          <Button variant="primary" onClick={() => go(index + 1)}>
            {t('next')}
          </Button>
        ) : (
          <Button variant="primary" onClick={onFinish}>
            {t('finish')}
          </Button>
        )}
      </div>
    </>
  )
}

interface NumberFieldProps {
  readonly label: string
  readonly value: number
  readonly choices: readonly number[]
  readonly onChange: (value: number) => void
}

function NumberField({ label, value, choices, onChange }: NumberFieldProps) {
  return (
    <Field label={label}>
      {(control) => (
        <Select {...control} value={value} onChange={(event) => onChange(Number(event.currentTarget.value))}>
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {choice}
            </option>
          ))}
        </Select>
      )}
    </Field>
  )
}
