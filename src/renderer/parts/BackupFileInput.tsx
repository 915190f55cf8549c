import type { RefObject } from 'react'
import { useTranslations } from 'use-intl'
import { Field } from '../design/Field.tsx'
import { PasswordInput } from '../design/PasswordInput.tsx'
import { TextInput } from '../design/TextInput.tsx'
import { FileInput, readChosenFile } from './FileInput.tsx'

export interface BackupFileRefs {
  readonly file: RefObject<HTMLInputElement | null>
  readonly password: RefObject<HTMLInputElement | null>
  readonly code: RefObject<HTMLInputElement | null>
}

export interface TakenBackup {
  readonly file: Uint8Array<ArrayBuffer>
  readonly backupPassword: Uint8Array<ArrayBuffer>
  readonly code?: Uint8Array<ArrayBuffer>
}

interface BackupFileInputProps {
  readonly refs: BackupFileRefs
  readonly fileProblem: string | undefined
  readonly onEdit: () => void
}

/** A backup file, its password, and its code where it has one. */
export function BackupFileInput({ refs, fileProblem, onEdit }: BackupFileInputProps) {
  const t = useTranslations('common.backupFile')
  return (
    <>
      <FileInput
        inputRef={refs.file}
        label={t('file')}
        hint={t('fileHint')}
        error={fileProblem}
        accept=".minato-backup,.minato,.json"
        onChoose={onEdit}
      />
      <Field label={t('password')} hint={t('passwordHint')}>
        {(control) => <PasswordInput {...control} ref={refs.password} autoComplete="off" />}
      </Field>
      <Field label={t('code')} hint={t('codeHint')}>
        {(control) => <TextInput {...control} ref={refs.code} isMono />}
      </Field>
    </>
  )
}

/** Reads what was given; the code stays in its field, because it was typed from paper. */
export async function readBackup(refs: BackupFileRefs): Promise<TakenBackup | 'missing' | 'tooLarge'> {
  const file = await readChosenFile(refs.file.current)
  if (typeof file === 'string') return file
  const encoder = new TextEncoder()
  const code = refs.code.current?.value.trim() ?? ''
  return {
    file,
    backupPassword: encoder.encode(refs.password.current?.value ?? ''),
    ...(code === '' ? {} : { code: encoder.encode(code) }),
  }
}

/** Overwrites what was read. */
export function eraseBackup(taken: TakenBackup): void {
  taken.backupPassword.fill(0)
  taken.code?.fill(0)
}
