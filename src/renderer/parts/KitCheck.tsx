import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../design/Button.tsx'
import dialogStyles from '../design/DialogForm.module.css'
import { Field } from '../design/Field.tsx'
import { TextInput } from '../design/TextInput.tsx'
import { PaperCode } from './PaperCode.tsx'

interface KitCheckProps {
  readonly read: () => Uint8Array<ArrayBuffer> | undefined
  readonly onRight: () => void
}

/** Shows a recovery kit for paper, then covers it and has it typed back. */
export function KitCheck({ read, onRight }: KitCheckProps) {
  const t = useTranslations('backups.kit')
  const [isChecking, setChecking] = useState(false)
  const [isWrong, setWrong] = useState(false)
  const fieldRef = useRef<HTMLInputElement>(null)
  const check = () => {
    const kit = read()
    const isRight =
      kit !== undefined && plain(fieldRef.current?.value ?? '') === plain(new TextDecoder().decode(kit))
    setWrong(!isRight)
    if (isRight) onRight()
    else fieldRef.current?.focus()
  }
  if (!isChecking) {
    return (
      <>
        <PaperCode
          read={read}
          label={t('code')}
          lead={t('keep')}
          qrLabel={t('qr')}
          testId="recovery-kit-code"
        />
        <div className={dialogStyles.actions}>
          <Button variant="primary" onClick={() => setChecking(true)}>
            {t('written')}
          </Button>
        </div>
      </>
    )
  }
  return (
    <form
      className={dialogStyles.form}
      onSubmit={(event) => {
        event.preventDefault()
        check()
      }}
    >
      <Field label={t('check')} hint={t('checkHint')} error={isWrong ? t('checkWrong') : undefined}>
        {(control) => (
          <TextInput {...control} ref={fieldRef} isMono autoFocus onInput={() => setWrong(false)} />
        )}
      </Field>
      <div className={dialogStyles.actions}>
        <Button onClick={() => setChecking(false)}>{t('again')}</Button>
        <Button variant="primary" type="submit">
          {t('checkSubmit')}
        </Button>
      </div>
    </form>
  )
}

/** As the signer reads it: case, gaps and the look-alikes that its alphabet leaves out do not matter. */
function plain(code: string): string {
  return code
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s\p{Pd}_.]/gu, '')
    .replace(/^minato1/, '')
    .replaceAll('o', '0')
    .replaceAll(/[i1]/g, 'l')
}
