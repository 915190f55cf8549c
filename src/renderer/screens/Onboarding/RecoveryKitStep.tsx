import { useTranslations } from 'use-intl'
import { Button } from '../../design/Button.tsx'
import { KitCheck } from '../../parts/KitCheck.tsx'
import { Step } from './Step.tsx'

interface RecoveryKitStepProps {
  readonly read: () => Uint8Array<ArrayBuffer> | undefined
  readonly isPractice: boolean
  readonly onDone: () => void
}

/** Shows the keychain's secret for paper, once, and asks for some of it again. */
export function RecoveryKitStep({ read, isPractice, onDone }: RecoveryKitStepProps) {
  const t = useTranslations('onboarding.kit')
  return (
    <Step title={t('title')} lead={t('lead')}>
      <KitCheck
        read={read}
        onRight={onDone}
        aside={
          isPractice && (
            <Button variant="quiet" onClick={onDone}>
              {t('skip')}
            </Button>
          )
        }
      />
    </Step>
  )
}
