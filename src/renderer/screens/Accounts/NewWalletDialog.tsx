import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { PhraseDraft } from '../../../shared/contract/vault.ts'
import type { WalletId } from '../../../shared/identity/identity.ts'
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
import { TextInput } from '../../design/TextInput.tsx'
import { useHeldSecret } from '../../design/useHeldSecret.ts'
import { useErrorText } from '../../i18n/useErrorText.ts'
import { revealSeconds } from '../../parts/RevealDialog.tsx'
import { SecretSheet } from '../../parts/SecretSheet.tsx'

interface NewWalletDialogProps {
  readonly onClose: () => void
  readonly onSaid: (sentence: string) => void
  readonly onMade: (walletId: WalletId) => void
}

/** Another wallet with a phrase of its own: words shown, some of them asked for, then made. */
export function NewWalletDialog({ onClose, onSaid, onMade }: NewWalletDialogProps) {
  const t = useTranslations('accounts.newWallet')
  const tp = useTranslations('onboarding.phrase')
  const tk = useTranslations('onboarding.check')
  const tc = useTranslations('common')
  const errorText = useErrorText()
  const formRef = useRef<HTMLFormElement>(null)
  const phrase = useHeldSecret<Uint8Array<ArrayBuffer>>()
  const [draft, setDraft] = useState<Pick<PhraseDraft, 'draftId' | 'confirmPositions'>>()
  const [step, setStep] = useState<'begin' | 'words' | 'check'>('begin')
  const [length, setLength] = useState<12 | 24>(12)
  const make = useAction(mainApi().vault.draftPhrase)
  const create = useAction(mainApi().vault.createWallet)

  const draw = async () => {
    const result = await make.run({ words: length })
    if (!result.ok) return
    const { draftId, confirmPositions } = result.value
    phrase.hold(result.value.phrase)
    setDraft({ draftId, confirmPositions: [...confirmPositions].sort((a, b) => a - b) })
    setStep('words')
  }
  const submit = async () => {
    const typedIn = (name: string) =>
      formRef.current?.querySelector<HTMLInputElement>(`input[name="${name}"]`)?.value.trim() ?? ''
    const confirmations = (draft?.confirmPositions ?? []).map((position) => ({
      position,
      word: new TextEncoder().encode(typedIn(`word-${position}`).normalize('NFKD').toLowerCase()),
    }))
    const name = typedIn('name')
    const result = await create.run({
      draftId: draft?.draftId ?? '',
      confirmations,
      ...(name === '' ? {} : { name }),
    })
    eraseSecrets(...confirmations.map(({ word }) => word))
    if (!result.ok) return
    onSaid(t('made', { name: result.value.name }))
    onMade(result.value.id)
    onClose()
  }
  return (
    <Dialog title={t('title')} onClose={onClose}>
      {step === 'begin' && (
        <>
          <p>{t('lead')}</p>
          <SegmentedChoice
            label={tp('length')}
            value={length}
            options={([12, 24] as const).map((count) => ({
              value: count,
              label: tp('words', { count: String(count) }),
            }))}
            onChange={setLength}
          />
          {make.error && (
            <Notice tone="attention" role="alert">
              {errorText(make.error)}
            </Notice>
          )}
          <div className={dialogStyles.actions}>
            <Button onClick={onClose}>{tc('cancel')}</Button>
            <Button variant="primary" isBusy={make.isPending} onClick={() => void draw()}>
              {tp('make')}
            </Button>
          </div>
        </>
      )}
      {step === 'words' && (
        <>
          <p>{tp('lead')}</p>
          {phrase.isHeld ? (
            <SecretSheet seconds={revealSeconds * 2} onHide={() => phrase.release()}>
              <SecretText read={() => phrase.ref.current} label={tp('list')} look="words" testId="secret" />
            </SecretSheet>
          ) : (
            <Notice tone="info" role="status">
              {t('gone')}
            </Notice>
          )}
          <div className={dialogStyles.actions}>
            {!phrase.isHeld && (
              <Button isBusy={make.isPending} onClick={() => void draw()}>
                {t('another')}
              </Button>
            )}
            <Button
              variant="primary"
              onClick={() => {
                phrase.release()
                setStep('check')
              }}
            >
              {tp('written')}
            </Button>
          </div>
        </>
      )}
      {step === 'check' && draft && (
        <form
          ref={formRef}
          className={dialogStyles.form}
          onSubmit={(event) => {
            event.preventDefault()
            if (!create.isPending) void submit()
          }}
        >
          <p>{tk('lead')}</p>
          {draft.confirmPositions.map((position) => (
            <Field key={position} label={tk('word', { position: String(position) })}>
              {(control) => <TextInput {...control} name={`word-${position}`} isMono />}
            </Field>
          ))}
          <Field label={t('name')}>
            {(control) => <TextInput {...control} name="name" maxLength={64} />}
          </Field>
          {create.error && (
            <Notice tone="attention" role="alert">
              {errorText(create.error)}
            </Notice>
          )}
          <div className={dialogStyles.actions}>
            <Button onClick={() => void draw()} isBusy={make.isPending}>
              {t('another')}
            </Button>
            <Button variant="primary" type="submit" isBusy={create.isPending}>
              {t('submit')}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  )
}
