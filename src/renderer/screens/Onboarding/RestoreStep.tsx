import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Failure } from '../../../shared/errors/Result.ts'
import { Button } from '../../design/Button.tsx'
import { Notice } from '../../design/Notice.tsx'
import { SegmentedChoice } from '../../design/SegmentedChoice.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import { BackupFileInput, readBackup, type TakenBackup } from '../../parts/BackupFileInput.tsx'
import { readShares, SharesInput, type TakenShares } from '../../parts/SharesInput.tsx'
import stepStyles from './Step.module.css'
import { Step } from './Step.tsx'

/** What a vault is restored from. */
export type Restored =
  | { readonly kind: 'file'; readonly taken: TakenBackup }
  | { readonly kind: 'shares'; readonly taken: TakenShares }

interface RestoreStepProps {
  readonly error: Failure | undefined
  readonly onBack: () => void
  /** The bytes belong to the one who is called, who overwrites them. */
  readonly onTaken: (restored: Restored) => void
}

/** Takes a backup file or shares; the signer judges them once the password for this machine is chosen. */
export function RestoreStep({ error, onBack, onTaken }: RestoreStepProps) {
  const t = useTranslations('onboarding.restore')
  const tc = useTranslations('common')
  const errorText = useErrorText()
  const formRef = useRef<HTMLFormElement>(null)
  const refs = {
    file: useRef<HTMLInputElement>(null),
    password: useRef<HTMLInputElement>(null),
    code: useRef<HTMLInputElement>(null),
  }
  const [kind, setKind] = useState<Restored['kind']>('file')
  const [problem, setProblem] = useState<string>()
  const submit = async () => {
    if (kind === 'shares') {
      const taken = readShares(formRef.current)
      if (!taken) return setProblem(tc('shares.missing'))
      return onTaken({ kind, taken })
    }
    const taken = await readBackup(refs)
    if (typeof taken === 'string') return setProblem(tc(`file.${taken}`))
    onTaken({ kind, taken })
  }
  return (
    <Step title={t('heading')} lead={t('lead')}>
      <form
        ref={formRef}
        className={stepStyles.form}
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        {error && (
          <Notice tone="attention" role="alert">
            {errorText(error)}
          </Notice>
        )}
        <SegmentedChoice
          label={t('what')}
          value={kind}
          options={(['file', 'shares'] as const).map((value) => ({ value, label: t(`kinds.${value}`) }))}
          onChange={(next) => {
            setKind(next)
            setProblem(undefined)
          }}
        />
        {kind === 'file' ? (
          <BackupFileInput refs={refs} fileProblem={problem} onEdit={() => setProblem(undefined)} />
        ) : (
          <SharesInput error={problem} />
        )}
        <div className={stepStyles.actions}>
          <Button variant="quiet" onClick={onBack}>
            {tc('back')}
          </Button>
          <Button variant="primary" type="submit">
            {tc('continue')}
          </Button>
        </div>
      </form>
    </Step>
  )
}
