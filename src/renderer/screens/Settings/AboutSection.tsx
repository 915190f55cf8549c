import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { queries } from '../../api/queries.ts'
import { Facts } from '../../design/Facts.tsx'
import { Mark } from '../../design/Mark.tsx'
import styles from './SettingsScreen.module.css'

/** What this is, and which of it. */
export function AboutSection() {
  const t = useTranslations('settings.about')
  const info = useQuery(queries.appInfo).data
  if (!info) return null
  return (
    <div className={styles.form}>
      <span>
        <Mark size={56} />
      </span>
      <p className={styles.lead}>{t('words')}</p>
      <Facts
        rows={[
          { term: t('version'), detail: info.version },
          { term: t('host'), detail: t(`hosts.${info.host}`) },
          { term: t('platform'), detail: info.platform },
          { term: t('licence'), detail: 'Apache-2.0' },
        ]}
      />
    </div>
  )
}
