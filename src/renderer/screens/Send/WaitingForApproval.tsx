import { useTranslations } from 'use-intl'
import { Progress } from '../../design/Progress.tsx'
import styles from './TransferReview.module.css'

/** The decision is in the other window. */
export function WaitingForApproval() {
  const t = useTranslations('send.waiting')
  return (
    <section className={styles.review}>
      <h2 className={styles.sentence}>{t('title')}</h2>
      <Progress>{t('text')}</Progress>
    </section>
  )
}
