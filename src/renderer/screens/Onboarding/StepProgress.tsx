import { useTranslations } from 'use-intl'
import type { Beginning } from './OnboardingScreen.tsx'
import styles from './StepProgress.module.css'

const stages = ['phrase', 'password', 'kit', 'lock'] as const
type Stage = (typeof stages)[number]

interface StepProgressProps {
  readonly beginning: Beginning
  readonly step: 'phrase' | 'check' | 'import' | 'password' | 'kit' | 'lock'
}

/** Where one is in the steps; a practice wallet has no phrase to learn. */
export function StepProgress({ beginning, step }: StepProgressProps) {
  const t = useTranslations('onboarding')
  const shown: readonly Stage[] = beginning === 'practice' ? stages.slice(1) : stages
  const current: Stage = step === 'check' || step === 'import' ? 'phrase' : step
  const index = shown.indexOf(current)
  return (
    <ol
      className={styles.steps}
      aria-label={t('progress', { step: String(index + 1), total: String(shown.length) })}
    >
      {shown.map((stage, position) => (
        <li
          key={stage}
          className={styles.step}
          aria-current={stage === current ? 'step' : undefined}
          data-state={position < index ? 'done' : position === index ? 'current' : 'ahead'}
        >
          {t(`steps.${stage}`)}
        </li>
      ))}
    </ol>
  )
}
