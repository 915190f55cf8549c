import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { CreatedVault, Protection } from '../../../shared/contract/vault.ts'
import type { Failure } from '../../../shared/errors/Result.ts'
import { mainApi } from '../../api/mainApi.ts'
import { queries } from '../../api/queries.ts'
import { applyVaultStatus } from '../../api/subscribeToEvents.ts'
import { eraseSecrets } from '../../api/takeSecret.ts'
import { useAction } from '../../api/useAction.ts'
import { HarbourView } from './HarbourView.tsx'
import { ImportStep } from './ImportStep.tsx'
import { LockStep } from './LockStep.tsx'
import styles from './OnboardingScreen.module.css'
import { PasswordStep } from './PasswordStep.tsx'
import { PhraseCheckStep } from './PhraseCheckStep.tsx'
import { PhraseStep } from './PhraseStep.tsx'
import type { ConfirmedWord, DraftedPhrase } from './phraseWords.ts'
import { RecoveryKitStep } from './RecoveryKitStep.tsx'
import { StepProgress } from './StepProgress.tsx'
import { WelcomeStep } from './WelcomeStep.tsx'

export type Beginning = 'practice' | 'create' | 'import'
type Step = 'welcome' | 'phrase' | 'check' | 'import' | 'password' | 'kit' | 'lock'

/** Secrets on their way into the vault. In a ref rather than in state, and overwritten once they are there. */
interface Secrets {
  draft?: DraftedPhrase
  confirmations?: readonly ConfirmedWord[]
  phrase?: Uint8Array<ArrayBuffer>
}

/** The first run: choose, then one step for each thing to know. */
export function OnboardingScreen({ onDone }: { readonly onDone: () => void }) {
  const t = useTranslations('onboarding')
  const client = useQueryClient()
  const appInfo = useQuery(queries.appInfo).data
  const secrets = useRef<Secrets>({})
  const [beginning, setBeginning] = useState<Beginning>('create')
  const [step, setStep] = useState<Step>('welcome')
  const [kit, setKit] = useState<Uint8Array<ArrayBuffer>>()
  const [phraseError, setPhraseError] = useState<Failure>()

  const forget = () => {
    eraseSecrets(secrets.current.draft?.phrase, secrets.current.phrase)
    eraseSecrets(...(secrets.current.confirmations ?? []).map((confirmation) => confirmation.word))
    secrets.current = {}
  }
  const begin = (chosen: Beginning) => {
    forget()
    create.clearError()
    setPhraseError(undefined)
    setBeginning(chosen)
    setStep(chosen === 'create' ? 'phrase' : chosen === 'import' ? 'import' : 'password')
  }
  const backToWelcome = () => {
    forget()
    setStep('welcome')
  }

  const create = useAction((password: Uint8Array<ArrayBuffer>, protection: Protection) => {
    const { draft, confirmations, phrase } = secrets.current
    const { vault } = mainApi()
    if (beginning === 'practice') return vault.createPractice({ password, protection })
    if (beginning === 'import') {
      return vault.createFromPhrase({ phrase: phrase ?? new Uint8Array(), password, protection })
    }
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
    }
  }
  const finish = async (created: CreatedVault) => {
    forget()
    const status = await mainApi().vault.getStatus()
    if (status.ok) applyVaultStatus(client, status.value)
    setKit(created.recoveryKit)
    setStep(created.recoveryKit ? 'kit' : 'lock')
  }
  const leaveKit = () => {
    eraseSecrets(kit)
    setKit(undefined)
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
              draft={secrets.current.draft}
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
              onTyped={(phrase) => {
                eraseSecrets(secrets.current.phrase)
                secrets.current.phrase = phrase
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
              onBack={beginning === 'import' ? () => setStep('import') : backToWelcome}
              onRestart={() => begin(beginning)}
            />
          )}
          {step === 'kit' && kit && (
            <RecoveryKitStep kit={kit} isPractice={beginning === 'practice'} onDone={leaveKit} />
          )}
          {step === 'lock' && <LockStep onDone={onDone} />}
        </div>
      </main>
    </div>
  )
}
