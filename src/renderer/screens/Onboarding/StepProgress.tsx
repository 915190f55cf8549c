import { useTranslations } from 'use-intl'
import type { Beginning } from './OnboardingScreen.tsx'
import styles from './StepProgress.module.css'

type Stage = 'phrase' | 'backup' | 'password' | 'kit' | 'lock'

interface StepProgressProps {
  readonly beginning: Beginning
  readonly step: 'phrase' | 'check' | 'import' | 'restore' | 'password' | 'kit' | 'lock'
}

/** Where one is in the steps; a practice wallet has no phrase to learn. */
export function StepProgress({ beginning, step }: StepProgressProps) {
  const t = useTranslations('onboarding')
  const first: readonly Stage[] =
    beginning === 'practice' ? [] : beginning === 'restore' ? ['backup'] : ['phrase']
  const shown: readonly Stage[] = [...first, 'password', 'kit', 'lock']
  const current: Stage =
    step === 'restore' ? 'backup' : step === 'check' || step === 'import' ? 'phrase' : step
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
