import { useTranslations } from 'use-intl'
import { Progress } from '../design/Progress.tsx'
import styles from './Outcome.module.css'

/** The decision is in the other window. */
export function WaitingForApproval() {
  const t = useTranslations('common.waiting')
  return (
    <section className={styles.outcome}>
      <h2 className={styles.title}>{t('title')}</h2>
      <Progress>{t('text')}</Progress>
    </section>
  )
}
