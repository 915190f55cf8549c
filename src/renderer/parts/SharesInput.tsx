import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../design/Button.tsx'
import { Field } from '../design/Field.tsx'
import { Icon } from '../design/Icon.tsx'
import { SegmentedChoice } from '../design/SegmentedChoice.tsx'
import { TextArea } from '../design/TextArea.tsx'
import { TextInput } from '../design/TextInput.tsx'
import styles from './SharesInput.module.css'

export interface TakenShares {
  readonly shares: Uint8Array<ArrayBuffer>[]
  readonly holds: 'phrase' | 'masterSecret'
  readonly sharesPassphrase?: Uint8Array<ArrayBuffer>
}

interface SharesInputProps {
  readonly error: string | undefined
}

/** SLIP-39 shares as they are typed from paper, as many as are at hand. Uncontrolled: `takeShares` reads them from the form. */
export function SharesInput({ error }: SharesInputProps) {
  const t = useTranslations('common.shares')
  const [fields, setFields] = useState<readonly number[]>([1, 2])
  const [holds, setHolds] = useState<TakenShares['holds']>('phrase')
  const addField = () => setFields((known) => [...known, Math.max(...known) + 1])
  return (
    <div className={styles.shares}>
      <SegmentedChoice
        label={t('holds.label')}
        value={holds}
        options={(['phrase', 'masterSecret'] as const).map((value) => ({
          value,
          label: t(`holds.${value}`),
        }))}
        onChange={setHolds}
      />
      <input type="hidden" name="holds" value={holds} />
      {fields.map((field, index) => (
        <Field
          key={field}
          label={t('share', { index: String(index + 1) })}
          hint={index === 0 ? t('hint') : undefined}
          error={index === fields.length - 1 ? error : undefined}
          aside={
            fields.length > 1 ? (
              <button
                type="button"
                className={styles.leaveOut}
                aria-label={t('leaveOut', { index: String(index + 1) })}
                onClick={() => setFields((known) => known.filter((other) => other !== field))}
              >
                <Icon name="close" size={14} />
              </button>
            ) : undefined
          }
        >
          {(control) => <TextArea {...control} name="share" rows={3} className={styles.share} />}
        </Field>
      ))}
      <div>
        <Button size="small" onClick={addField}>
          <Icon name="plus" size={16} />
          {t('another')}
        </Button>
      </div>
      <Field label={t('passphrase')} hint={t('passphraseHint')}>
        {(control) => <TextInput {...control} name="sharesPassphrase" type="password" />}
      </Field>
    </div>
  )
}

/** Reads the shares out of a form that holds a `SharesInput`; nothing where all are empty. The fields stay as typed. */
export function readShares(form: HTMLFormElement | null): TakenShares | undefined {
  if (!form) return undefined
  const encoder = new TextEncoder()
  const shares = [...form.querySelectorAll<HTMLTextAreaElement>('textarea[name="share"]')]
    .map((field) => field.value.normalize('NFKD').toLowerCase().split(/\s+/).filter(Boolean).join(' '))
    .filter((text) => text !== '')
    .map((text) => encoder.encode(text))
  if (shares.length === 0) return undefined
  const passphrase = form.querySelector<HTMLInputElement>('input[name="sharesPassphrase"]')?.value ?? ''
  const holds = form.querySelector<HTMLInputElement>('input[name="holds"]')?.value
  return {
    shares,
    holds: holds === 'masterSecret' ? 'masterSecret' : 'phrase',
    ...(passphrase === '' ? {} : { sharesPassphrase: encoder.encode(passphrase) }),
  }
}

/** Overwrites shares that were read. */
export function eraseShares(taken: TakenShares | undefined): void {
  for (const share of taken?.shares ?? []) share.fill(0)
  taken?.sharesPassphrase?.fill(0)
}
