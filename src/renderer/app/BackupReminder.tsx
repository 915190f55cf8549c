import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { needsBackup } from '../api/needsBackup.ts'
import { queries } from '../api/queries.ts'
import { Button } from '../design/Button.tsx'
import { Notice } from '../design/Notice.tsx'
import styles from './BackupReminder.module.css'

interface BackupReminderProps {
  readonly isHidden: boolean
  readonly onOpen: () => void
}

/** Stands above every screen until each wallet's backup was checked; may be put off until the next unlocking. */
export function BackupReminder({ isHidden, onOpen }: BackupReminderProps) {
  const t = useTranslations('backups.reminder')
  const [isPutOff, setPutOff] = useState(false)
  const count = useQuery(queries.wallets).data?.filter(needsBackup).length ?? 0
  if (count === 0 || isHidden || isPutOff) return null
  return (
    <div className={styles.reminder}>
      <Notice
        tone="caution"
        title={t('title', { count })}
        action={
          <span className={styles.actions}>
            <Button size="small" variant="quiet" onClick={() => setPutOff(true)}>
              {t('later')}
            </Button>
            <Button size="small" onClick={onOpen}>
              {t('action')}
            </Button>
          </span>
        }
      >
        {t('text')}
      </Notice>
    </div>
  )
}
