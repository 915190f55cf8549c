import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { queries } from '../../api/queries.ts'
import { Button } from '../../design/Button.tsx'
import { joinClasses } from '../../design/joinClasses.ts'
import { Mark } from '../../design/Mark.tsx'
import { Notice } from '../../design/Notice.tsx'
import styles from './UnlockScreen.module.css'

/** Says that the vault file cannot be read, that nothing was done to it, and what helps. */
export function DamagedVaultScreen() {
  const t = useTranslations('unlock.damaged')
  const { refetch, isFetching } = useQuery(queries.vaultStatus)
  return (
    <main className={styles.screen}>
      <div className={joinClasses(styles.card, styles.wide)}>
        <header className={styles.head}>
          <Mark size={48} />
          <h1 className={styles.title}>{t('title')}</h1>
        </header>
        <Notice tone="attention" role="alert">
          {t('lead')}
        </Notice>
        <h2 className={styles.subtitle}>{t('stepsTitle')}</h2>
        <ol className={styles.steps}>
          <li>{t('step1')}</li>
          <li>{t('step2')}</li>
          <li>{t('step3')}</li>
        </ol>
        <Button isBusy={isFetching} onClick={() => void refetch()}>
          {t('check')}
        </Button>
      </div>
    </main>
  )
}
