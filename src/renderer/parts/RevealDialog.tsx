import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Result } from '../../shared/errors/Result.ts'
import { eraseSecrets } from '../api/takeSecret.ts'
import { useAction } from '../api/useAction.ts'
import { Button } from '../design/Button.tsx'
import { Dialog } from '../design/Dialog.tsx'
import dialogStyles from '../design/DialogForm.module.css'
import { Notice } from '../design/Notice.tsx'
import { SecretText } from '../design/SecretText.tsx'
import { useHeldSecret } from '../design/useHeldSecret.ts'
import { CopySecretButton } from './CopySecretButton.tsx'
import { PasswordForm } from './PasswordForm.tsx'
import { type HiddenBecause, SecretSheet } from './SecretSheet.tsx'

interface RevealDialogProps {
  readonly title: string
  readonly warning: string
  readonly look: 'words' | 'text'
  readonly label: string
  readonly note?: string | undefined
  /** Of a second secret, where there may be one. */
  readonly secondLabel?: string
  readonly reveal: (password: Uint8Array<ArrayBuffer>) => Promise<Result<Uint8Array<ArrayBuffer>[]>>
  readonly onClose: () => void
}

/** Seconds for which a secret is in sight: enough to write down 24 words. */
export const revealSeconds = 120

/** Shows a secret after the password, with a warning before it, for a limited time. */
export function RevealDialog(props: RevealDialogProps) {
  const { title, warning, look, label, note, secondLabel, reveal, onClose } = props
  const t = useTranslations('common.secret')
  const held = useHeldSecret<Uint8Array<ArrayBuffer>[]>()
  const [hidden, setHidden] = useState<HiddenBecause>()
  const [hasSecond, setHasSecond] = useState(false)
  const action = useAction(reveal)
  const submit = async (password: Uint8Array<ArrayBuffer>) => {
    setHidden(undefined)
    // `action` keeps the outcome out of its state: only whether it runs and its failure.
    const result = await action.run(password)
    eraseSecrets(password)
    if (!result.ok) return
    setHasSecond(result.value.length > 1)
    held.hold(result.value)
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <Notice tone="attention" title={warning}>
        {t('never')}
      </Notice>
      {held.isHeld ? (
        <>
          <SecretSheet
            seconds={revealSeconds}
            onHide={(because) => {
              held.release()
              setHidden(because)
            }}
          >
            <SecretText read={() => held.ref.current?.[0]} label={label} look={look} testId="secret" />
            {hasSecond && (
              <div>
                <p>{secondLabel}</p>
                <SecretText read={() => held.ref.current?.[1]} label={secondLabel ?? label} look="text" />
              </div>
            )}
            <CopySecretButton read={() => held.ref.current?.[0]} />
          </SecretSheet>
          {note && <Notice tone="caution">{note}</Notice>}
          <div className={dialogStyles.actions}>
            <Button variant="primary" onClick={onClose}>
              {t('hide')}
            </Button>
          </div>
        </>
      ) : (
        <>
          {hidden && (
            <Notice tone="info" role="status">
              {t(`hidden.${hidden}`)}
            </Notice>
          )}
          <PasswordForm
            submit={t('reveal')}
            isBusy={action.isPending}
            error={action.error}
            onSubmit={(password) => void submit(password)}
            onCancel={onClose}
          />
        </>
      )}
    </Dialog>
  )
}
