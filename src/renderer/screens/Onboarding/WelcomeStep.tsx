import { useTranslations } from 'use-intl'
import { Badge } from '../../design/Badge.tsx'
import { Mark } from '../../design/Mark.tsx'
import type { Beginning } from './OnboardingScreen.tsx'
import styles from './WelcomeStep.module.css'

interface WelcomeStepProps {
  readonly isPracticeAvailable: boolean
  readonly onChoose: (beginning: Beginning) => void
}

/** Says what this is, and asks how to begin. */
export function WelcomeStep({ isPracticeAvailable, onChoose }: WelcomeStepProps) {
  const t = useTranslations('onboarding')
  const choices = isPracticeAvailable
    ? (['practice', 'create', 'import', 'restore'] as const)
    : (['create', 'import', 'restore'] as const)
  return (
    <>
      <header className={styles.identity}>
        <Mark size={56} />
        <div>
          <h1 className={styles.name}>
            Minato <span lang="ja">港</span>
          </h1>
          <p className={styles.tagline}>{t('tagline')}</p>
        </div>
      </header>
      <p className={styles.intro}>{t('intro')}</p>
      <section className={styles.choices} aria-label={t('choose')}>
        <h2 className={styles.question}>{t('choose')}</h2>
        {choices.map((choice) => (
          <button key={choice} type="button" className={styles.choice} onClick={() => onChoose(choice)}>
            <span className={styles.title}>
              {t(`${choice}.title`)}
              {choice === 'practice' && <Badge tone="safe">{t('practice.badge')}</Badge>}
            </span>
            <span className={styles.text}>{t(`${choice}.text`)}</span>
          </button>
        ))}
      </section>
    </>
  )
}
