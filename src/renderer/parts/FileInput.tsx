import { type RefObject, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../design/Button.tsx'
import { Field } from '../design/Field.tsx'
import { Icon } from '../design/Icon.tsx'
import styles from './FileInput.module.css'

interface FileInputProps {
  readonly inputRef: RefObject<HTMLInputElement | null>
  readonly label: string
  readonly hint: string
  readonly error: string | undefined
  /** File names that are offered first, as the browser takes them: `.json`. */
  readonly accept: string
  readonly onChoose: () => void
}

/** Chooses one file. It is read when the form is sent, and never leaves this machine. */
export function FileInput({ inputRef, label, hint, error, accept, onChoose }: FileInputProps) {
  const t = useTranslations('common.file')
  const [name, setName] = useState<string>()
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <span className={styles.line}>
          <input
            ref={inputRef}
            type="file"
            hidden
            accept={accept}
            data-testid="file-input"
            onChange={(event) => {
              setName(event.currentTarget.files?.[0]?.name)
              onChoose()
            }}
          />
          <Button
            id={control.id}
            aria-describedby={control['aria-describedby']}
            onClick={() => inputRef.current?.click()}
          >
            <Icon name="paper" size={16} />
            {name === undefined ? t('choose') : t('chooseAnother')}
          </Button>
          <span className={styles.name} role="status">
            {name}
          </span>
        </span>
      )}
    </Field>
  )
}

/** No backup or keystore of ours comes near this; more would only fill the memory. */
const maximumBytes = 16 * 1024 * 1024

/** The chosen file's bytes; why there are none otherwise. */
export async function readChosenFile(
  input: HTMLInputElement | null,
): Promise<Uint8Array<ArrayBuffer> | 'missing' | 'tooLarge'> {
  const file = input?.files?.[0]
  if (!file) return 'missing'
  if (file.size > maximumBytes) return 'tooLarge'
  return new Uint8Array(await file.arrayBuffer())
}
