import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { CreatedVault, Protection } from '../../../shared/contract/vault.ts'
import type { Failure } from '../../../shared/errors/Result.ts'
import { mainApi } from '../../api/mainApi.ts'
import { queries } from '../../api/queries.ts'
import { applyVaultStatus } from '../../api/subscribeToEvents.ts'
import { eraseSecrets } from '../../api/takeSecret.ts'
import { useAction } from '../../api/useAction.ts'
import { useHeldSecret } from '../../design/useHeldSecret.ts'
import { eraseBackup } from '../../parts/BackupFileInput.tsx'
import type { PassphraseChoice } from '../../parts/PassphraseFields.tsx'
import { eraseShares } from '../../parts/SharesInput.tsx'
import { HarbourView } from './HarbourView.tsx'
import { ImportStep } from './ImportStep.tsx'
import { LockStep } from './LockStep.tsx'
import styles from './OnboardingScreen.module.css'
import { PasswordStep } from './PasswordStep.tsx'
import { PhraseCheckStep } from './PhraseCheckStep.tsx'
import { PhraseStep } from './PhraseStep.tsx'
import type { ConfirmedWord, DraftedPhrase } from './phraseWords.ts'
import { RecoveryKitStep } from './RecoveryKitStep.tsx'
import { type Restored, RestoreStep } from './RestoreStep.tsx'
import { StepProgress } from './StepProgress.tsx'
import { WelcomeStep } from './WelcomeStep.tsx'

export type Beginning = 'practice' | 'create' | 'import' | 'restore'
type Step = 'welcome' | 'phrase' | 'check' | 'import' | 'restore' | 'password' | 'kit' | 'lock'

/** Secrets on their way into the vault. In a ref rather than in state, and overwritten once they are there. */
interface Secrets {
  draft?: DraftedPhrase
  confirmations?: readonly ConfirmedWord[]
  phrase?: Uint8Array<ArrayBuffer>
  passphrase?: PassphraseChoice | undefined
  restored?: Restored
}

/** The first run: choose, then one step for each thing to know. */
export function OnboardingScreen({ onDone }: { readonly onDone: () => void }) {
  const t = useTranslations('onboarding')
  const client = useQueryClient()
  const appInfo = useQuery(queries.appInfo).data
  const secrets = useRef<Secrets>({})
  const [beginning, setBeginning] = useState<Beginning>('create')
  const [step, setStep] = useState<Step>('welcome')
  const kit = useHeldSecret<Uint8Array<ArrayBuffer>>()
  const [phraseError, setPhraseError] = useState<Failure>()

  // Whoever leaves this screen by any other way leaves nothing behind either.
  useEffect(() => () => eraseAll(secrets.current), [])
  const forget = () => {
    eraseAll(secrets.current)
    secrets.current = {}
  }
  const begin = (chosen: Beginning) => {
    forget()
    create.clearError()
    setPhraseError(undefined)
    setBeginning(chosen)
    setStep(firstSteps[chosen])
  }
  const backToWelcome = () => {
    forget()
    setStep('welcome')
  }

  const create = useAction((password: Uint8Array<ArrayBuffer>, protection: Protection) => {
    const { draft, confirmations, phrase, passphrase, restored } = secrets.current
    const { vault } = mainApi()
    if (beginning === 'practice') return vault.createPractice({ password, protection })
    if (beginning === 'import') {
      return vault.createFromPhrase({
        phrase: phrase ?? new Uint8Array(),
        ...passphrase,
        password,
        protection,
      })
    }
    if (restored?.kind === 'file') return vault.restoreBackup({ ...restored.taken, password, protection })
    if (restored?.kind === 'shares')
      return vault.createFromShares({ ...restored.taken, password, protection })
    return vault.create({
      draftId: draft?.draftId ?? '',
      confirmations: [...(confirmations ?? [])],
      password,
      protection,
    })
  })

  const protect = async (password: Uint8Array<ArrayBuffer>, protection: Protection) => {
    const result = await create.run(password, protection)
    eraseSecrets(password)
    if (result.ok) await finish(result.value)
    else if (beginning === 'import' && result.error.code.startsWith('phrase.')) {
      setPhraseError(result.error)
      setStep('import')
    } else if (beginning === 'restore' && faultsOfBackup.test(result.error.code)) {
      setPhraseError(result.error)
      setStep('restore')
    }
  }
  const finish = async (created: CreatedVault) => {
    forget()
    const status = await mainApi().vault.getStatus()
    if (status.ok) applyVaultStatus(client, status.value)
    if (created.recoveryKit) kit.hold(created.recoveryKit)
    setStep(created.recoveryKit ? 'kit' : 'lock')
  }
  const leaveKit = () => {
    kit.release()
    setStep('lock')
  }

  return (
    <div className={styles.screen}>
      <div className={styles.view}>
        <HarbourView label={t('harbourPicture')} />
      </div>
      <main className={styles.panel}>
        <div className={styles.step} key={step}>
          {step !== 'welcome' && <StepProgress beginning={beginning} step={step} />}
          {step === 'welcome' && (
            <WelcomeStep isPracticeAvailable={appInfo?.practiceAvailable ?? false} onChoose={begin} />
          )}
          {step === 'phrase' && (
            <PhraseStep
              read={() => secrets.current.draft}
              onDraft={(draft) => {
                eraseSecrets(secrets.current.draft?.phrase)
                secrets.current.draft = draft
              }}
              onBack={backToWelcome}
              onWritten={() => setStep('check')}
            />
          )}
          {step === 'check' && secrets.current.draft && (
            <PhraseCheckStep
              draft={secrets.current.draft}
              onBack={() => setStep('phrase')}
              onConfirmed={(confirmations) => {
                secrets.current.confirmations = confirmations
                setStep('password')
              }}
            />
          )}
          {step === 'import' && (
            <ImportStep
              typed={secrets.current.phrase}
              error={phraseError}
              onBack={backToWelcome}
              onTyped={(phrase, passphrase) => {
                eraseSecrets(secrets.current.phrase, secrets.current.passphrase?.passphrase)
                secrets.current.phrase = phrase
                secrets.current.passphrase = passphrase
                setPhraseError(undefined)
                create.clearError()
                setStep('password')
              }}
            />
          )}
          {step === 'restore' && (
            <RestoreStep
              error={phraseError}
              onBack={backToWelcome}
              onTaken={(restored) => {
                eraseRestored(secrets.current.restored)
                secrets.current.restored = restored
                setPhraseError(undefined)
                create.clearError()
                setStep('password')
              }}
            />
          )}
          {step === 'password' && (
            <PasswordStep
              isPractice={beginning === 'practice'}
              isBusy={create.isPending}
              error={create.error}
              onSubmit={protect}
              onBack={
                beginning === 'import' || beginning === 'restore' ? () => setStep(beginning) : backToWelcome
              }
              onRestart={() => begin(beginning)}
            />
          )}
          {step === 'kit' && kit.isHeld && (
            <RecoveryKitStep
              read={() => kit.ref.current}
              isPractice={beginning === 'practice'}
              onDone={leaveKit}
            />
          )}
          {step === 'lock' && <LockStep onDone={onDone} />}
        </div>
      </main>
    </div>
  )
}

const firstSteps = { practice: 'password', create: 'phrase', import: 'import', restore: 'restore' } as const

/** Failures that are of the backup, not of the password for this machine. */
const faultsOfBackup = /^(?:backup|shares|phrase)\./

function eraseAll({ draft, confirmations = [], phrase, passphrase, restored }: Secrets): void {
  eraseSecrets(draft?.phrase, phrase, passphrase?.passphrase, ...confirmations.map(({ word }) => word))
  eraseRestored(restored)
}

function eraseRestored(restored: Restored | undefined): void {
  if (restored?.kind === 'file') eraseBackup(restored.taken)
  else eraseShares(restored?.taken)
}
